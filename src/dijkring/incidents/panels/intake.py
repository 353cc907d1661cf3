# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What hangs on the page of an incident about how it came in and who has it, and on a fact."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dijkring.evidence.models import Fact
from dijkring.incidents.models import Acknowledgement, Incident, IncidentNotice, Intake
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import intake as selectors
from dijkring.incidents.selectors import oncall
from dijkring.incidents.services.clocks import DECIDE
from dijkring.incidents.services.noticing import KIND, SEND, sent
from dijkring.incidents.services.reporting import REPORT
from dijkring.organisations.models import User
from dijkring.sharing.models import Handover
from dijkring.sharing.tables import HandoverTable
from dijkring.ui.panels import Facts, Markup, Panel, RelatedTable


def came_in(request: Any, found: Incident) -> Iterable[Panel]:
    """Say how it came in."""
    if (intake := selectors.intake_of(found)) is not None:
        yield Facts(_("How it came in"), _came_in(intake))


def told_elsewhere(request: Any, found: Incident) -> Iterable[Panel]:
    """Say which other organisations were told."""
    told = sent(found)
    if told or (request.can(SEND) and found.is_open):
        yield _told(request, found, told)


def who_has_it(request: Any, found: Incident) -> Panel:
    """Say who said 'I have it', and let the reader say so."""
    said = Acknowledgement.objects.filter(incident=found).select_related("user").last()
    first = oncall.on_call(found.organisation_id)[:1]
    context = {
        "incident": found,
        "said": said,
        "on_call": User.objects.filter(pk__in=first).first(),
        "may": request.can(DECIDE) and found.is_open,
    }
    return Markup(_("Who has it"), "incidents/who_has_it.html", context)


def _came_in(found: Intake) -> list[tuple[Any, Any]]:
    rows = [
        (_("Came in by"), found.get_way_display()),
        (_("Name"), found.name),
        (_("Telephone or e-mail"), found.contact),
        (_("Received"), found.received_at),
        (_("Fact"), str(found.fact) if found.fact else ""),
    ]
    return [row for row in rows if row[1]]


def _told(request: Any, found: Incident, told: list[Handover]) -> Panel:
    table = HandoverTable(told, request=request, exclude=("organisation",), orderable=False)
    drawn = RelatedTable("", table).render(request) if told else ""
    may = request.can(SEND) and found.is_open
    context = {"incident": found, "table": drawn, "may": may}
    return Markup(_("Other organisations"), "incidents/told.html", context)


def of_fact(request: Any, fact: Fact) -> Iterable[Panel]:
    """Offer to make an incident of a fact that fails, or lead to the one there is."""
    if fact.state != "fail":
        return
    sees = request.can("incidents.view")
    known = selectors.of_fact(fact.organisation_id, fact.pk) if sees else []
    may = request.can(REPORT) and fact.until is None and not any(one.is_open for one in known)
    if known or may:
        context = {"fact": fact, "known": known, "may": may}
        yield Markup(_("Incident"), "incidents/of_fact.html", context)


def of_handover(request: Any, found: Handover) -> Iterable[Panel]:
    """Lead from a handover to the notice that it brought, and to its incident."""
    if found.kind != KIND or found.receiver_id != request.actor.organisation_id:
        return
    notice = IncidentNotice.objects.filter(handover=found).select_related("incident").first()
    if notice is not None and request.can(HANDLE):
        yield Markup(_("Incident"), "incidents/of_handover.html", {"notice": notice})
