# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request for help, handed over inside Dijkring to a CSIRT with which one co-operates (Cbw 36).

By a person who presses the button, and never in an exercise.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import clock, events
from dijkring.core.access import Actor, Role, rights_of
from dijkring.core.errors import Refused
from dijkring.incidents.models import Report
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.services import reports as services
from dijkring.incidents.services.clocks import HandedIn
from dijkring.notices import kinds as notices
from dijkring.notices.services import telling
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import colleagues
from dijkring.sharing import kinds, partners
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers

KIND = "incident.help"
ASKED = "incident.help_asked"
TOLD = {
    ASKED: gettext_lazy("%(who)s asks for help: %(title)s"),
    "incident.help_accepted": gettext_lazy("%(who)s takes up your request for help: %(title)s"),
    "incident.help_declined": gettext_lazy("%(who)s declines your request for help: %(title)s"),
    "incident.help_failed": gettext_lazy("%(who)s was not reached with your request: %(title)s"),
}


def register() -> None:
    """Register the kind of handover, its notices, and who hears of what."""
    kinds.register(
        kinds.Kind(
            KIND,
            gettext_lazy("Request for help"),
            right=HANDLE,
            handler=take_up,
            answering=HANDLE,
            title=lambda payload: str(payload.get("title", "")),
            rows=rows_of,
        )
    )
    for kind, text in TOLD.items():
        notices.register(kind, gettext_lazy("Request for help"), text)
    events.subscribe(ASKED, on_asked)
    events.subscribe(handovers.ANSWERED, on_answered)
    events.subscribe(handovers.FAILED, on_answered)


def receivers(organisation_id: int) -> list[Organisation]:
    """Return the CSIRTs with which an organisation co-operates now."""
    found = partners.partners(organisation_id)
    return [one for one in found if one.kind == Organisation.Kind.CSIRT]


def hand_over(*, actor: Actor, report: Report, receiver: Organisation) -> Handover:
    """Hand a reviewed request for help over to a CSIRT, and record it as handed in.

    Raises Refused in an exercise, for another kind of report, and for who is no CSIRT of ours.
    """
    actor.require(HANDLE)
    if report.exercise:
        raise Refused(_("This is an exercise: nothing of it goes to anybody outside."))
    if not report.form_copy["hand_over"]:
        raise Refused(_("This report is handed in with its recipient, not from here."))
    if receiver not in receivers(actor.organisation_id):
        raise Refused(_("Choose a CSIRT with which you co-operate."), "receiver")
    made = handovers.send(
        actor=actor, receiver_id=receiver.pk, kind=KIND, payload=_payload(actor, report)
    )
    given = HandedIn(
        clock.now(),
        actor.name,
        _("handed over in Dijkring to %(receiver)s") % {"receiver": receiver.name},
        _("handover %(number)s") % {"number": made.pk},
    )
    services.hand_in(
        actor=actor, incident=report.incident, form=report.form, wanted=given, as_written=True
    )
    return made


def _payload(actor: Actor, report: Report) -> dict[str, Any]:
    content = selectors.content(report)
    return {
        "title": f"{content['incident']} {report.incident.title}",
        "tlp": report.incident.tlp,
        "by": actor.name[:120],
        "sha256": selectors.digest(report),
        "fields": [[one["label"], one["text"]] for one in content["fields"] if one["text"]],
    }


def rows_of(payload: dict[str, Any]) -> Sequence[tuple[Any, Any]]:
    """Show what is asked, as labels with values."""
    rows = [(str(label), str(text)) for label, text in payload.get("fields", [])]
    return [*rows, (_("Handed over by"), payload.get("by", ""))]


def take_up(*, actor: Actor, handover: Handover) -> None:
    """Tell who may answer at the receiver; acts for it. Refused where nobody may."""
    if not _answering(actor.organisation_id):
        raise Refused(_("There is nobody at the receiver who can take this up."))
    events.publish(ASKED, organisation_id=actor.organisation_id, handover=handover.pk)


def _answering(organisation_id: int) -> list[int]:
    roles = [role for role in Role if HANDLE in rights_of(role)]
    return [one.user_id for one in colleagues(organisation_id, roles)]


def on_asked(*, organisation_id: int, handover: int) -> None:
    """Tell who may answer that somebody asks for help."""
    found = Handover.objects.select_related("organisation").get(pk=handover)
    telling.tell(
        organisation_id=organisation_id,
        users=_answering(organisation_id),
        kind=ASKED,
        values={"who": found.organisation.name, "title": found.payload["title"]},
        url_name="incidents:help_asked",
        url_args=[found.pk],
        key=f"help-{found.pk}",
    )


def on_answered(*, organisation_id: int, handover: int) -> None:
    """Tell who asked for help what became of it."""
    found = Handover.objects.select_related("receiver").get(pk=handover)
    if found.kind != KIND or found.organisation_id != organisation_id:
        return
    telling.tell(
        organisation_id=organisation_id,
        users=[found.sent_by_id],
        kind=f"incident.help_{found.answer or 'failed'}",
        values={"who": found.receiver.name, "title": found.payload["title"]},
        url_name="sharing:handover",
        url_args=[found.pk],
        key=f"help-{found.pk}-{found.answer}",
    )


def asked(organisation_id: int) -> Any:
    """Return what others asked of an organisation and was taken up, the newest first."""
    rows = Handover.objects.filter(receiver_id=organisation_id, kind=KIND, refusal="")
    return rows.exclude(taken_at=None).select_related("organisation").order_by("-id")
