# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Messages that people send by hand, and the answers to checklists."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis import prepared
from dijkring.crisis.models import Crisis, LogLine, Message, Tick
from dijkring.crisis.rights import WRITE
from dijkring.crisis.services.entering import enter
from dijkring.incidents.services import checking

HACK = (Tick.Answer.YES, Tick.Answer.NO, Tick.Answer.UNKNOWN)
PLAIN = (Tick.Answer.DONE, Tick.Answer.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class Line:
    """What is said to whom, by whom and through which channel."""

    group: str
    text: str
    channel: str
    spokesperson: str


def prepare(*, actor: Actor, crisis: Crisis, wanted: Line) -> Message:
    """Prepare a message to a group of people."""
    actor.require(WRITE)
    for name, value in asdict(wanted).items():
        checking.needed(value, name, _("Fill this in."))
    said = _("Message prepared for %(group)s") % {"group": wanted.group}
    enter(actor, crisis, LogLine.Kind.MESSAGE, said)
    return Message.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        made_at=clock.now(),
        made_by=actor.name[:120],
        **asdict(wanted),
    )


def sent(*, actor: Actor, message: Message, at: datetime) -> Message:
    """Record that a message was sent, by hand; from then on it stands."""
    actor.require(WRITE)
    rows = Message.objects.filter(organisation_id=actor.organisation_id)
    found = rows.select_related("crisis").select_for_update(of=("self",)).get(pk=message.pk)
    if found.sent_at is not None:
        raise Refused(_("This message was sent already."))
    line = _("Told %(group)s through %(channel)s: %(text)s") % {
        "group": found.group, "channel": found.channel, "text": found.text
    }  # fmt: skip
    enter(actor, found.crisis, LogLine.Kind.MESSAGE, line, at=at)
    found.sent_at, found.sent_by = at, actor.name[:120]
    found.save(update_fields=["sent_at", "sent_by"])
    return found


def tick(*, actor: Actor, crisis: Crisis, item: str, answer: str, note: str = "") -> Tick:
    """Answer a line of a checklist, or the standing question of a phase; the last answer counts."""
    actor.require(WRITE)
    known = {id: words for phase in prepared.phases() for id, words in phase.items}
    hacks = {prepared.hack_item(phase.id) for phase in prepared.phases()}
    if answer not in (HACK if item in hacks else PLAIN) or item not in {*known, *hacks}:
        raise Refused(_("This is not on the checklist."))
    asked = prepared.question()[0] if item in hacks else known[item]
    said = Tick.Answer(answer).label
    kind = LogLine.Kind.HACK if item in hacks else LogLine.Kind.CHECK
    enter(actor, crisis, kind, f"{in_language(dict(asked))} – {said}. {note}".strip())
    return Tick.objects.create(
        organisation_id=actor.organisation_id,
        crisis=crisis,
        item=item,
        answer=answer,
        note=note.strip()[:500],
        at=clock.now(),
        by=actor.name[:120],
    )
