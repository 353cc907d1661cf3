# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ways in, who is on call and the webhooks tell the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, leaving
from dijkring.core.access import Role
from dijkring.evidence.panels import FACT_SLOT
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import intake as hung
from dijkring.incidents.panels.incidents import IMPACT, INQUIRY, slot
from dijkring.incidents.selectors import intake, oncall
from dijkring.incidents.services import noticing, ways_in, webhooks
from dijkring.incidents.services import oncall as oncall_services
from dijkring.sharing.panels import HANDOVER_SLOT
from dijkring.ui import panels


def register() -> None:
    """Register rights, what is due, the panels, and what happens when somebody leaves."""
    access.register(ways_in.RIGHT, _("Keep the ways in for incidents"), {Role.CISO})
    access.register(noticing.SEND, _("Tell others of an incident"), {Role.CISO, Role.SECRETARY})
    keepers = {Role.CISO, Role.ADMINISTRATOR}
    access.register(webhooks.RIGHT, _("Keep webhooks of incidents"), keepers)
    noticing.register()
    due.register("oncall", _("On call"), oncall.due, HANDLE, keeper=HANDLE)
    due.register("incident_notice", _("Notice of an incident"), intake.due, HANDLE, keeper=HANDLE)
    leaving.register(oncall_services.leave)
    panels.extend(slot(IMPACT), hung.told_elsewhere)
    panels.extend(slot(INQUIRY), hung.came_in)
    panels.extend(FACT_SLOT, hung.of_fact)
    panels.extend(HANDOVER_SLOT, hung.of_handover)
