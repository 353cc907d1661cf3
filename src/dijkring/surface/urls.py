# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.surface.imported_urls import paths as imported_paths
from dijkring.surface.systems_urls import paths as systems_paths
from dijkring.surface.views import certificates, findings, lookalikes, schedules, scores
from dijkring.surface.views import domains as views

app_name = "surface"
urlpatterns = [
    path("internetmeting/", views.domains, name="domains"),
    path("internetmeting/aanmelden/", views.register, name="register"),
    path("internetmeting/meten/", views.measure, name="measure"),
    path("internetmeting/planning/", schedules.schedule, name="schedule"),
    path("internetmeting/<int:pk>/", views.domain, name="domain"),
    path("internetmeting/<int:pk>/meten/", views.measure_domain, name="measure_domain"),
    path("internetmeting/<int:pk>/bevoegdheid/", views.authority, name="authority"),
    path("internetmeting/<int:pk>/verklaring/", views.statement, name="statement"),
    path("internetmeting/<int:pk>/wijzigen/", views.change, name="change"),
    path("internetmeting/<int:pk>/afvoeren/", views.remove, name="remove"),
    path("internetmeting/<int:pk>/afvoeren/bevestigen/", views.confirm_removal, name="confirm"),
    path("internetmeting/certificaten/", certificates.certificates, name="certificates"),
    path("internetmeting/score/", scores.score, name="score"),
    path("internetmeting/bevindingen/", findings.findings, name="findings"),
    path("internetmeting/bevindingen/aanvaarden/", findings.accept, name="accept"),
    path("internetmeting/bevindingen/uitzetten/", findings.hand_out, name="hand_out"),
    path("internetmeting/bevindingen/<int:pk>/", findings.finding, name="finding"),
    path("internetmeting/lijkt-op-ons/", lookalikes.lookalikes, name="lookalikes"),
    path("internetmeting/lijkt-op-ons/zoeken/", lookalikes.look_for_names, name="look_for_names"),
    path("internetmeting/lijkt-op-ons/<int:pk>/", lookalikes.lookalike, name="lookalike"),
    path("internetmeting/lijkt-op-ons/<int:pk>/oordeel/", lookalikes.judge_name, name="judge_name"),
    *imported_paths,
    *systems_paths,
]
