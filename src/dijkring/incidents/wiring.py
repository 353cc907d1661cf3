# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room tells the rest of the house."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, events, header, navigation, search
from dijkring.core.access import EVERYONE, Role
from dijkring.incidents import doors, facts, help_requests, report_dossier, told  # noqa: F401
from dijkring.incidents import search as found
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import reports as report_panels
from dijkring.incidents.selectors import incidents as selectors
from dijkring.incidents.selectors import watch
from dijkring.incidents.services import clocks, reporting, rules, watching
from dijkring.sharing.panels import HANDOVER_SLOT
from dijkring.ui import panels

HANDLERS = {Role.CISO, Role.SECRETARY, Role.PRIVACY_OFFICER}
READERS = EVERYONE - {Role.READER}
# Where it must be seen that nobody watches; every other page is spared the question.
WATCHED = ("accountability:today", "incidents:incidents", "incidents:incident", "incidents:clocks")


def register() -> None:
    """Register rights, lines of the navigation, what is due and what can be found."""
    access.register(reporting.REPORT, _("Report an incident"), EVERYONE)
    access.register("incidents.view", _("See incidents"), READERS, writes=False)
    access.register(HANDLE, _("Handle incidents"), HANDLERS)
    decide = _("Decide whether an incident must be reported")
    access.register(clocks.DECIDE, decide, HANDLERS | {Role.BOARD})
    access.register(rules.RIGHT, _("Keep house rules on reporting"), {Role.CISO})
    navigation.add(
        "house", _("Report an incident"), "incidents:report", reporting.REPORT, group="incidents"
    )
    navigation.add(
        "house", _("Incidents"), "incidents:incidents", "incidents.view", group="incidents"
    )
    due.register(
        "incident",
        _("Deadline of an incident"),
        selectors.due,
        "incidents.view",
        keeper=clocks.DECIDE,
    )
    search.add("incidents", _("Incidents"), "incidents.view", found.incidents, order=20)
    events.subscribe(reporting.REPORTED, watching.on_reported)
    events.subscribe(clocks.WAITS, watching.on_waits)
    told.register()
    help_requests.register()
    report_dossier.register_fillers()
    panels.extend(HANDOVER_SLOT, report_panels.of_handover)
    header.add("incidents/asleep.html", asleep, "incidents.view", place="top", order=10)


def asleep(request: Any) -> dict[str, Any] | None:
    """Return since when nobody watches the deadlines; nothing while somebody does."""
    if getattr(request.resolver_match, "view_name", "") not in WATCHED:
        return None
    sleeps, last = watch.asleep_since(request.actor.organisation_id)
    return {"last": last} if sleeps else None
