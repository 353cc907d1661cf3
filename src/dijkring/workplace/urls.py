# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.workplace.views import drafts, filters, guides, search, statement, theme

app_name = "workplace"
urlpatterns = [
    path("zoeken/", search.search, name="search"),
    path("hulp/", guides.own, name="help"),
    path("hulp/<slug:name>/", guides.guide, name="guide"),
    path("filters/", filters.overview, name="filters"),
    path("filters/bewaren/", filters.keep, name="keep_filter"),
    path("filters/<int:pk>/wijzigen/", filters.change, name="change_filter"),
    path("filters/<int:pk>/weg/", filters.remove, name="remove_filter"),
    path("filters/<int:pk>/eerst/", filters.open_with, name="open_with"),
    path("vormgeving/", theme.theme, name="theme"),
    path("vormgeving/voorbeeld/", theme.preview, name="preview"),
    path("vormgeving/voorbeeld.css", theme.preview_sheet, name="preview_sheet"),
    path("vormgeving/neutraal/", theme.reset, name="reset_theme"),
    path("vormgeving/stijl.css", theme.style_sheet, name="style_sheet"),
    path("vormgeving/logo.png", theme.logo, name="logo"),
    path("toegankelijkheid/verklaring/", statement.statement, name="statement"),
    path("concept/", drafts.save, name="save_draft"),
    path("concept/weg/", drafts.forget, name="forget_draft"),
]
