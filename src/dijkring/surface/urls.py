# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.surface.imported_urls import paths as imported_paths
from dijkring.surface.views import certificates, findings, requests, schedules, scores, systems
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
    path("internetmeting/systemen/", systems.systems, name="systems"),
    path("internetmeting/systemen/toevoegen/", systems.add_system, name="add_system"),
    path("internetmeting/systemen/indelen/", systems.place, name="place"),
    path("internetmeting/systemen/<int:pk>/", systems.system, name="system"),
    path("internetmeting/systemen/<int:pk>/wijzigen/", systems.change_system, name="change_system"),
    path(
        "internetmeting/systemen/<int:pk>/nagekeken/", systems.review_system, name="review_system"
    ),
    path("internetmeting/systemen/<int:pk>/afvoeren/", systems.retire_system, name="retire_system"),
    path("internetmeting/<int:pk>/rol/", systems.part, name="part"),
    path("internetmeting/verzoeken/", requests.requests, name="requests"),
    path("internetmeting/verzoeken/nieuw/", requests.new_request, name="new_request"),
    path("internetmeting/verzoeken/delen/", requests.share_answers, name="share_answers"),
    path("internetmeting/verzoeken/niet-delen/", requests.stop_sharing, name="stop_sharing"),
    path("internetmeting/verzoeken/<int:pk>/", requests.mend_request, name="request"),
    path(
        "internetmeting/verzoeken/<int:pk>/blad.<slug:kind>",
        requests.request_sheet,
        name="request_sheet",
    ),
    path(
        "internetmeting/verzoeken/<int:pk>/intrekken/",
        requests.withdraw_request,
        name="withdraw_request",
    ),
    *imported_paths,
]
