# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of what comes in and goes out, and of the software of systems."""

from django.urls import path

from dijkring.landscape.views import components, exports, imports

paths = [
    path("landschap/inlezen/", imports.imports, name="imports"),
    path("landschap/inlezen/nieuw/", imports.import_file, name="import_file"),
    path("landschap/inlezen/<int:pk>/", imports.import_page, name="import"),
    path("landschap/inlezen/<int:pk>/ongedaan/", imports.undo_import, name="undo_import"),
    path("landschap/inlezen/<int:pk>/weg/", imports.cancel_import, name="cancel_import"),
    path("landschap/meenemen/", exports.exports, name="exports"),
    path("landschap/meenemen/<slug:kind>/", exports.export, name="export"),
    path("landschap/software/", components.components, name="components"),
    path("landschap/<int:pk>/software/", components.of_system, name="components_of"),
]
