# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.workplace.views import search

app_name = "workplace"
urlpatterns = [
    path("zoeken/", search.search, name="search"),
]
