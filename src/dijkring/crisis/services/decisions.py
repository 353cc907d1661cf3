# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Putting a question, deciding on it, and saying later how it is seen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models import Crisis, Decision, LogLine, Ruling
from dijkring.crisis.prepared import Option
from dijkring.crisis.rights import LEAD, WRITE
from dijkring.crisis.services.entering import enter
from dijkring.incidents.services import checking

Kind = Ruling.Kind


@dataclass(frozen=True, slots=True)
class Question:
    """A question that must be decided, with its options."""

    question: str
    asked: str
    dilemma: str = ""
    options: Sequence[Option] = ()
    needed_by: datetime | None = None
    card: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What was decided or seen, by whom, when and why."""

    kind: str
    text: str
    reason: str
    by: str
    at: datetime


def put(*, actor: Actor, crisis: Crisis, wanted: Question) -> Decision:
    """Put a question; from then on it stays as it was put, and waits for a decision."""
    actor.require(WRITE)
    question = checking.needed(wanted.question, "question", _("Say what must be decided."))
    asked = checking.needed(wanted.asked, "asked", _("Say who is asked to decide."))
    line = _("Put to %(who)s: %(question)s") % {"who": asked, "question": question}
    enter(actor, crisis, LogLine.Kind.DECISION, line)
    last = Decision.objects.filter(crisis=crisis).aggregate(last=Max("number"))["last"]
    return Decision.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        number=(last or 0) + 1,
        question=question[:300],
        dilemma=wanted.dilemma.strip()[:4000],
        options=[asdict(one) for one in wanted.options if one.text.strip()],
        asked=asked[:200],
        needed_by=wanted.needed_by,
        card=wanted.card,
        put_at=clock.now(),
        put_by=actor.name[:120],
    )


def rule(*, actor: Actor, decision: Decision, wanted: Said) -> Ruling:
    """Record what was decided, amended or withdrawn, or how it was seen later; all of it stays.

    Raises Refused for a second decision (amend it instead), an amendment of what was not decided,
    and for all but what is seen later once the crisis has ended.
    """
    seen = wanted.kind == Kind.SEEN
    actor.require(WRITE if seen else LEAD)
    said = checking.needed(wanted.text, "text", _("Say what was decided."))
    why = checking.needed(wanted.reason, "reason", _("Say why."))
    by = checking.needed(wanted.by, "by", _("Say who decided."))
    at = checking.past(wanted.at, "at")
    line = f"{decision.number}. {decision.question} – {Kind(wanted.kind).label}: {said}. {by}"
    enter(actor, decision.crisis, LogLine.Kind.DECISION, line, at=at, afterwards=seen)
    _check(Decision.objects.get(pk=decision.pk), wanted.kind)
    if wanted.kind in (Kind.DECIDED, Kind.WITHDRAWN):
        Decision.objects.filter(pk=decision.pk).update(settled_at=at)
    return Ruling.objects.create(
        organisation_id=actor.organisation_id,
        decision=decision,
        kind=wanted.kind,
        text=said[:1000],
        reason=why[:4000],
        by=by[:200],
        at=at,
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def _check(found: Decision, kind: str) -> None:
    settled = found.settled_at is not None
    if kind in (Kind.DECIDED, Kind.WITHDRAWN) and settled:
        raise Refused(_("This was settled already. Amend it instead."), "kind")
    if kind in (Kind.AMENDED, Kind.SEEN) and not settled:
        raise Refused(_("Nothing was decided on this yet."), "kind")


def kinds_of(found: Decision) -> list[tuple[str, str]]:
    """Return what can be said of a decision now."""
    settled = [Kind.AMENDED, Kind.SEEN] if found.crisis.is_open else [Kind.SEEN]
    kinds = settled if found.settled_at else [Kind.DECIDED, Kind.WITHDRAWN]
    return [(str(kind), str(kind.label)) for kind in kinds]
