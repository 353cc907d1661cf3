# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.controls.views import applicability, frameworks, imports, look_again

app_name = "controls"
urlpatterns = [
    path("normen/", frameworks.frameworks, name="frameworks"),
    path("normen/<int:pk>/", frameworks.framework, name="framework"),
    path("normen/eisen/<int:pk>/", frameworks.requirement, name="requirement"),
    path("normen/importeren/", imports.upload, name="import"),
    path("normen/importeren/<str:reference>/", imports.preview, name="import_preview"),
    path("normen/importeren/<str:reference>/annuleren/", imports.cancel, name="import_cancel"),
    path("opnieuw-bekijken/", look_again.to_do, name="look_again"),
    path("opnieuw-bekijken/<int:pk>/", look_again.looked, name="looked"),
    path("verklaring-van-toepasselijkheid/", applicability.statement, name="applicability"),
    path("verklaring-van-toepasselijkheid/besluit/", applicability.decide, name="decide"),
    path("verklaring-van-toepasselijkheid/akkoord/", applicability.approve, name="approve"),
    path("verklaring-van-toepasselijkheid/pdf/", applicability.pdf, name="download_applicability"),
]
