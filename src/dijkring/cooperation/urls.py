# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.cooperation.views import carrying, cbw_tests, councils, ours, proposals, register

app_name = "cooperation"
urlpatterns = [
    path("samenwerkingen/", register.cooperations, name="cooperations"),
    path("samenwerkingen/voorstellen/", proposals.propose, name="propose"),
    path("samenwerkingen/<int:pk>/", register.cooperation, name="cooperation"),
    path("samenwerkingen/<int:pk>/wijzigen/", proposals.change, name="change"),
    path("samenwerkingen/<int:pk>/intrekken/", proposals.withdraw, name="withdraw"),
    path("samenwerkingen/<int:pk>/deelnemer/", proposals.add_participant, name="add_participant"),
    path("samenwerkingen/<int:pk>/taak/", proposals.add_task, name="add_task"),
    path("samenwerkingen/<int:pk>/plek/", proposals.add_seat, name="add_seat"),
    path(
        "samenwerkingen/deelnemer/<int:pk>/weg/",
        proposals.remove_participant,
        name="remove_participant",
    ),
    path("samenwerkingen/taak/<int:pk>/weg/", proposals.remove_task, name="remove_task"),
    path("samenwerkingen/plek/<int:pk>/weg/", proposals.remove_seat, name="remove_seat"),
    path("samenwerkingen/<int:pk>/onze-kant/", ours.record, name="record"),
    path("samenwerkingen/<int:pk>/document/", ours.attach, name="attach"),
    path("samenwerkingen/document/<int:pk>/weg/", ours.detach, name="detach"),
    path("samenwerkingen/<int:pk>/raad/", councils.council, name="council"),
    path("samenwerkingen/<int:pk>/raad/<slug:kind>/", councils.document, name="council_document"),
    path("samenwerkingen/<int:pk>/cbw-toets/", cbw_tests.begin, name="begin_test"),
    path("cbw-toets/<int:pk>/", cbw_tests.test, name="test"),
    path("cbw-toets/<int:pk>/vraag/<slug:question>/", cbw_tests.question, name="question"),
    path("cbw-toets/<int:pk>/afronden/", cbw_tests.finish, name="finish_test"),
    path("cbw-toets/<int:pk>/weggooien/", cbw_tests.discard, name="discard_test"),
    path("cbw-toets/<int:pk>/vertellen/", cbw_tests.publish, name="publish_test"),
    path("cbw-toets/<int:pk>/document/<slug:kind>/", cbw_tests.document, name="test_document"),
    path("keten/", carrying.chain, name="chain"),
]
