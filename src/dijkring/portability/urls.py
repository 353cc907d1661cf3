# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.portability.views import overview, sheets, whole

app_name = "portability"
urlpatterns = [
    path("uitwisselen/", overview.overview, name="overview"),
    path("uitwisselen/oscal/<int:framework>/<str:name>", overview.oscal, name="oscal"),
    path(
        "uitwisselen/lijsten/<slug:register>.<str:kind>",
        sheets.register_sheet,
        name="register_sheet",
    ),
    path("uitwisselen/lijsten/<slug:register>/terug/", sheets.bring_back, name="bring_back"),
    path("uitwisselen/terug/<int:pk>/", sheets.returned, name="returned"),
    path("uitwisselen/terug/<int:pk>/vervallen/", sheets.drop, name="drop"),
    path("uitwisselen/geheel/", whole.export, name="export"),
    path("uitwisselen/geheel/<int:pk>/", whole.exported, name="exported"),
    path("uitwisselen/geheel/<int:pk>/bestand/", whole.download, name="download"),
    path("uitwisselen/binnenhalen/", whole.bring_in, name="bring_in"),
    path("uitwisselen/binnenhalen/<int:pk>/", whole.brought_in, name="brought_in"),
    path("uitwisselen/mensen/", whole.newcomers, name="newcomers"),
    path("uitwisselen/mensen/<int:pk>/uitnodigen/", whole.invite, name="invite"),
    path("uitwisselen/mensen/<int:pk>/dezelfde/", whole.confirm_person, name="confirm_person"),
]
