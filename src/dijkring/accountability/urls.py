# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.accountability.views import exposure, others, reports

app_name = "accountability"
urlpatterns = [
    path("vandaag/", reports.today, name="today"),
    path("landelijk/", reports.national, name="national"),
    path("gedeeld/", others.shared_list, name="shared_list"),
    path("gedeeld/<slug:giver>/", others.shared, name="shared"),
    path(
        "gedeeld/<slug:giver>/standen/<int:framework>/",
        others.shared_standings,
        name="shared_standings",
    ),
    path("gedeeld/<slug:giver>/feiten/", others.shared_facts, name="shared_facts"),
    path("gedeeld/<slug:giver>/oordelen/", others.shared_judgements, name="shared_judgements"),
    path("gedeeld/<slug:giver>/acties/", others.shared_actions, name="shared_actions"),
    path("gedeeld/<slug:giver>/blootstelling/", others.shared_exposure, name="shared_exposure"),
    path("blootgesteld/", exposure.exposed, name="exposed"),
    path("vergelijking/", others.comparison, name="comparison"),
    path("raad/", reports.reports, name="reports"),
    path("raad/nieuw/", reports.new_report, name="new_report"),
    path("raad/<int:pk>/", reports.report, name="report"),
    path("raad/<int:pk>/stap/<str:to>/", reports.move, name="move"),
    path("raad/<int:pk>/openbaar.<str:kind>", reports.public_part, name="public_part"),
    path("raad/<int:pk>/bijlage/", reports.annex, name="annex"),
    path("raad/<int:pk>/bijlage.<str:kind>", reports.annex_part, name="annex_part"),
]
