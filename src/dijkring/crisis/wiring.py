# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, header, navigation, search
from dijkring.crisis import look, partners_wiring, rights
from dijkring.crisis import search as found
from dijkring.crisis.panels.crises import on_incident
from dijkring.crisis.selectors import due as dates
from dijkring.incidents.panels.incidents import SLOT as INCIDENT
from dijkring.ui import panels


def register() -> None:
    """Register rights, lines of the navigation and what can be found."""
    access.register(rights.VIEW, _("See the crisis room"), rights.READERS, writes=False)
    access.register(rights.WRITE, _("Write in the log of a crisis"), rights.WRITERS)
    lead = _("Lead a crisis: open, escalate, decide, end")
    access.register(rights.LEAD, lead, rights.LEADERS)
    access.register(rights.KEEP, _("Keep what is prepared for a crisis"), rights.KEEPERS)
    navigation.add("disruption", _("Crisis room"), "crisis:crises", rights.VIEW)
    due.register(dates.KIND, _("Crisis"), dates.due, rights.VIEW, keeper=rights.WRITE)
    search.add("crises", _("Crises"), rights.VIEW, found.crises, order=21)
    header.add("crisis/head.html", look.framed, rights.VIEW, place="head")
    header.add("crisis/frame.html", look.framed, rights.VIEW, place="top", order=20)
    panels.extend(INCIDENT, on_incident)
    partners_wiring.register()
