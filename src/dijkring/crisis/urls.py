# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

app_name = "crisis"
urlpatterns: list[URLPattern] = []
