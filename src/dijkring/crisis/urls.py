# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

from dijkring.crisis import crises_urls, partners_urls

app_name = "crisis"
urlpatterns: list[URLPattern] = [*crises_urls.urlpatterns, *partners_urls.urlpatterns]
