# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.workplace.views import filters, search

app_name = "workplace"
urlpatterns = [
    path("zoeken/", search.search, name="search"),
    path("filters/", filters.overview, name="filters"),
    path("filters/bewaren/", filters.keep, name="keep_filter"),
    path("filters/<int:pk>/wijzigen/", filters.change, name="change_filter"),
    path("filters/<int:pk>/weg/", filters.remove, name="remove_filter"),
    path("filters/<int:pk>/eerst/", filters.open_with, name="open_with"),
]
