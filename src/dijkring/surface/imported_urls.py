# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of what was taken over from others."""

from django.urls import path

from dijkring.surface.views import imported

paths = [
    path("internetmeting/overgenomen/", imported.imports, name="imports"),
    path("internetmeting/overgenomen/<int:pk>/", imported.import_page, name="import"),
    path("internetmeting/overgenomen/<int:pk>/ongedaan/", imported.undo_import, name="undo_import"),
    path("internetmeting/overgenomen/<int:pk>/weg/", imported.cancel_import, name="cancel_import"),
    path("internetmeting/overgenomen/nieuw/<slug:kind>/", imported.import_file, name="import_file"),
]
