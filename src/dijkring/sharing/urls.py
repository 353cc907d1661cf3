# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from dijkring.sharing.views import agreements, handovers, registers

app_name = "sharing"
urlpatterns = [
    path("delen/", agreements.agreements, name="agreements"),
    path("delen/nieuw/", agreements.new, name="new"),
    path("delen/inzage/", registers.looks, name="looks"),
    path("delen/mandaten/", registers.mandates, name="mandates"),
    path("delen/mandaten/nieuw/", registers.new_mandate, name="new_mandate"),
    path("delen/mandaten/<int:pk>/intrekken/", registers.withdraw_mandate, name="withdraw_mandate"),
    path("delen/overdrachten/", handovers.handovers, name="handovers"),
    path("delen/overdrachten/<int:pk>/", handovers.handover, name="handover"),
    path("delen/overdrachten/<int:pk>/opnieuw/", handovers.retry, name="retry"),
    path("delen/<int:pk>/", agreements.agreement, name="agreement"),
    path("delen/<int:pk>/wijzigen/", agreements.change, name="change"),
    path("delen/<int:pk>/ondertekenen/", agreements.sign, name="sign"),
    path("delen/<int:pk>/beeindigen/", agreements.end, name="end"),
]
