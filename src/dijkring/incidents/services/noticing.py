# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling another organisation of an incident, and answering what another tells of one there.

What is accepted becomes an incident of the receiver's own. Its terms count from the moment at which
the sender was aware, unless somebody there gives a reason for another.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor, Role, rights_of
from dijkring.core.errors import Refused
from dijkring.incidents import told
from dijkring.incidents.guides import categories
from dijkring.incidents.models import Awareness, Incident, IncidentNotice, Intake
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import clocks, oncall
from dijkring.incidents.selectors.incidents import category_words
from dijkring.incidents.services import checking, reporting
from dijkring.incidents.services import clocks as clock_services
from dijkring.incidents.services.reporting import Reported
from dijkring.notices.services import telling, urgent
from dijkring.organisations.models import Organisation
from dijkring.organisations.services import colleagues
from dijkring.sharing import kinds
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers

KIND = "incident.notice"
SEND = "incidents.tell"
LONGEST = {"title": 200, "description": 8000, "by": 120, "reference": 40, "category": 40}
State = IncidentNotice.State


def register() -> None:
    """Register the kind of handover of this room."""
    kinds.register(
        kinds.Kind(
            KIND,
            gettext_lazy("Notice of an incident"),
            right=SEND,
            handler=take_up,
            answering=HANDLE,
            title=lambda payload: str(payload.get("title", "")),
            rows=rows_of,
        )
    )


def rows_of(payload: dict[str, Any]) -> Sequence[tuple[Any, Any]]:
    """Show what goes to the other, as labels with values."""
    exercise = [(_("Exercise"), _("This is not real."))] if payload.get("exercise") else []
    rows = [
        *exercise,
        (_("Title"), payload.get("title")),
        (_("What happened"), payload.get("description")),
        (_("Category"), category_words(str(payload.get("category") or ""))),
        (_("May be shared with"), dict(Incident.Tlp.choices).get(payload.get("tlp", ""))),
        (_("The sender is aware since"), _moment(payload.get("aware_at"))),
        (_("Number with the sender"), payload.get("reference")),
        (_("Sent by"), payload.get("by")),
    ]
    return [(label, value) for label, value in rows if value]


def _moment(text: Any) -> datetime | None:
    """Read a moment of a payload; None for what is none, or has no time zone."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else None


def send(
    *, actor: Actor, incident: Incident, receiver: Organisation, title: str, description: str
) -> Handover:
    """Tell an organisation with which we co-operate of an incident here.

    Only the words given go, with since when we are aware. Raises Refused for TLP:RED, while it is
    not recorded since when we are aware, and for whom it was told already.
    """
    actor.require(SEND)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    if found.tlp == Incident.Tlp.RED:
        raise Refused(_("This incident is TLP:RED: only those present may know. Change that first"
                        " at the triage."))  # fmt: skip
    aware = clocks.latest(found)
    if aware is None:
        raise Refused(_("First record since when you are aware of this incident."))
    if receiver.pk in already_told(found):
        raise Refused(_("%(organisation)s has this already.") % {"organisation": receiver})
    payload = {
        "ref": found.pk,
        "reference": found.reference,
        "title": checking.needed(title, "title", _("Say in a few words what is the matter.")),
        "description": description.strip(),
        "category": found.category,
        "tlp": found.tlp,
        "exercise": found.exercise,
        "aware_at": aware.at.isoformat(),
        "by": actor.name[: LONGEST["by"]],
    }
    _check(payload)
    return handovers.send(actor=actor, receiver_id=receiver.pk, kind=KIND, payload=payload)


def already_told(incident: Incident) -> set[int]:
    """Return the organisations that were told of this incident and have not declined it."""
    declined = Handover.Answer.DECLINED
    return {one.receiver_id for one in sent(incident) if one.answer != declined and not one.refusal}


def sent(incident: Incident) -> list[Handover]:
    """Return what was told of an incident to others, the newest first."""
    rows = Handover.objects.filter(
        organisation_id=incident.organisation_id, kind=KIND, payload__ref=incident.pk
    )
    return list(rows.select_related("receiver").order_by("-pk"))


def _check(payload: dict[str, Any]) -> None:
    for name, most in LONGEST.items():
        if len(str(payload.get(name) or "")) > most:
            raise Refused(_("This is too long: at most %(most)d signs.") % {"most": most}, name)
    at = _moment(payload.get("aware_at"))
    if at is None or at > clock.now() or not 2000 <= at.year <= 2100:
        raise Refused(_("It is not clear since when the sender is aware."))
    if payload.get("tlp") not in Incident.Tlp.values or not str(payload.get("title") or "").strip():
        raise Refused(_("This notice is not complete."))


def take_up(*, actor: Actor, handover: Handover) -> None:
    """Keep a notice for the receiver until somebody there answers it; acts for the receiver."""
    payload = handover.payload
    _check(payload)
    organisation_id = actor.organisation_id
    handling = colleagues(organisation_id, [role for role in Role if HANDLE in rights_of(role)])
    if not handling:
        raise Refused(_("There is nobody at the receiver who can accept this."))
    category = str(payload.get("category") or "")
    made = IncidentNotice.objects.create(
        organisation_id=organisation_id,
        handover=handover,
        sender_id=handover.organisation_id,
        sent_by=payload.get("by") or "",
        reference=payload.get("reference") or "",
        title=payload["title"],
        description=payload.get("description") or "",
        category=category if category in categories() else "",
        tlp=payload["tlp"],
        exercise=bool(payload.get("exercise")),
        aware_at=datetime.fromisoformat(payload["aware_at"]),
        received_at=clock.now(),
    )
    ciso = {one.user_id for one in handling if one.role == Role.CISO}
    _tell(made, {*oncall.on_call(organisation_id), *ciso} or {one.user_id for one in handling})


def _tell(made: IncidentNotice, users: set[int]) -> None:
    tell = telling.tell if made.exercise else urgent.tell
    title = f"{told.EXERCISE} {made.title}" if made.exercise else made.title
    tell(
        organisation_id=made.organisation_id,
        users=users,
        kind=told.NOTICED,
        values={"who": str(made.sender), "incident": title},
        url_name="incidents:notice",
        url_args=[made.pk],
        key=f"incident-notice-{made.pk}",
    )


def accept(
    *, actor: Actor, notice: IncidentNotice, aware_at: datetime | None = None, reason: str = ""
) -> Incident:
    """Make an incident here of a notice, on the sender's awareness, or another with a reason.

    The sender's moment stays beside the other one. Raises Refused for a moment without a reason,
    and one in the future.
    """
    found = _open(actor, notice)
    at = aware_at or found.aware_at
    other = aware_at is not None and _minute(aware_at) != _minute(found.aware_at)
    if other:
        checking.past(at, "aware_at")
        checking.needed(reason, "reason", _("Say why it does not count from the sender's moment."))
    made = reporting.report(actor=actor, wanted=_wanted(found))
    _source(actor, found, made)
    if other:
        _count_from(actor, made, at, reason.strip())
    found.incident = made
    _answer(actor, found, State.ACCEPTED, reason.strip())
    return made


def _minute(moment: datetime) -> datetime:
    """A form knows no seconds; they are no other moment."""
    return moment.astimezone(clock.AMSTERDAM).replace(second=0, microsecond=0)


def _wanted(found: IncidentNotice) -> Reported:
    """The sender is the source, and knew it first."""
    return Reported(
        found.title,
        found.aware_at,
        found.description,
        exercise=found.exercise,
        reporter=f"{found.sender}: {found.sent_by}".strip(": "),
        evidence=_("Notice of %(sender)s, number %(number)s.")
        % {"sender": found.sender, "number": found.reference or "-"},
    )


def _source(actor: Actor, found: IncidentNotice, made: Incident) -> None:
    made.category, made.tlp = found.category, found.tlp
    made.save(update_fields=["category", "tlp"])
    Intake.objects.create(
        organisation_id=actor.organisation_id,
        incident=made,
        way=Intake.Way.NOTICE,
        name=found.sent_by,
        contact=f"{found.sender} {found.reference}".strip(),
        received_at=found.received_at,
    )


def _count_from(actor: Actor, made: Incident, at: datetime, reason: str) -> None:
    clock_services.become_aware(
        actor=actor,
        incident=made,
        of=Awareness.Of.EVENT,
        at=at,
        who=actor.name,
        evidence=_("Own judgement on a notice of another organisation."),
        reason=reason,
    )


def decline(*, actor: Actor, notice: IncidentNotice, reason: str) -> None:
    """Decline a notice; the sender sees the reason."""
    found = _open(actor, notice)
    said = checking.needed(reason, "reason", _("Give a reason."))
    tenancy.note_reason(said)
    _answer(actor, found, State.DECLINED, said)


def _open(actor: Actor, notice: IncidentNotice) -> IncidentNotice:
    actor.require(HANDLE)
    rows = IncidentNotice.objects.select_for_update(of=("self",)).select_related(
        "sender", "handover"
    )
    found = rows.get(pk=notice.pk, organisation_id=actor.organisation_id)
    if found.state != State.OPEN:
        raise Refused(_("Somebody has answered this already."))
    return found


def _answer(actor: Actor, found: IncidentNotice, state: str, reason: str) -> None:
    found.state, found.reason = state, reason[:500]
    found.decided_at, found.decided_by_id = clock.now(), actor.user_id
    found.save(update_fields=["state", "reason", "decided_at", "decided_by", "incident"])
    accepted = state == State.ACCEPTED
    handovers.answer(actor=actor, handover=found.handover, accepted=accepted, reason=found.reason)
