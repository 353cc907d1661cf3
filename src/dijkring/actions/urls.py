# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.actions.views import calendar, handing_over, proposals, register

app_name = "actions"
urlpatterns = [
    path("acties/", register.actions, name="actions"),
    path("acties/nieuw/", register.new, name="new"),
    path("acties/<int:pk>/", register.action, name="action"),
    path("acties/<int:pk>/wijzigen/", register.change, name="change"),
    path("acties/<int:pk>/opmerking/", register.comment, name="comment"),
    path("acties/<int:pk>/stap/<slug:to>/", register.move, name="move"),
    path("acties/<int:pk>/overdragen/", handing_over.hand_over, name="hand_over"),
    path("acties/voorstellen/", proposals.proposals, name="proposals"),
    path("acties/voorstellen/<int:pk>/", proposals.proposal, name="proposal"),
    path("acties/voorstellen/<int:pk>/aannemen/", proposals.accept, name="accept"),
    path("acties/voorstellen/<int:pk>/afwijzen/", proposals.decline, name="decline"),
    path("agenda/", calendar.calendar, name="calendar"),
]
