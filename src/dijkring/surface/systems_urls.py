# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of systems, requests to suppliers and the registration under the Cbw."""

from django.urls import path

from dijkring.surface.views import registrations, requests, systems

paths = [
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
    path("internetmeting/registratie/", registrations.registration, name="registration"),
    path(
        "internetmeting/registratie/vastleggen/",
        registrations.record_registration,
        name="record_registration",
    ),
    path("internetmeting/registratie/gegevens/", registrations.cbw_details, name="cbw_details"),
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
]
