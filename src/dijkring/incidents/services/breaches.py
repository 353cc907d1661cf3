# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the register of breaches: the entry, the judgement of risk, and who was told."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents import breach_content
from dijkring.incidents.guides import NO, UNKNOWN, YES
from dijkring.incidents.models import Awareness, Breach, BreachLetter, BreachRisk, Incident
from dijkring.incidents.selectors import breaches as selectors
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.services import checking, clocks, reporting
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.judging import JUDGE
from dijkring.incidents.services.reporting import Overtaken, Reported

KEEP = "incidents.privacy"
MOST_PERSONS = 20_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is told of a breach; a bound that is None is not known."""

    confidentiality: bool = False
    integrity: bool = False
    availability: bool = False
    facts: str = ""
    effects: str = ""
    measures: str = ""
    persons: list[str] = field(default_factory=list)
    persons_least: int | None = None
    persons_most: int | None = None
    data: list[str] = field(default_factory=list)
    records_least: int | None = None
    records_most: int | None = None
    own_role: str = Breach.OwnRole.CONTROLLER
    others: str = ""
    others_told_at: datetime | None = None
    processor: str = ""
    processor_told_at: datetime | None = None
    not_told: str = ""
    not_told_reason: str = ""
    announced_at: datetime | None = None


def add(*, actor: Actor, title: str, noticed_at: datetime, facts: str) -> Breach:
    """Put a breach in the register that is no incident otherwise, such as a letter gone astray.

    It gets a number, and only the clocks of the AVG run for it. Raises what reporting raises.
    """
    actor.require(KEEP)
    wanted = Reported(title, noticed_at, facts, Incident.Known.YES)
    made = reporting.report(actor=actor, wanted=wanted)
    made.privacy_only = True
    made.save(update_fields=["privacy_only"])
    return write(actor=actor, incident=made, wanted=Wanted(facts=facts), version=None)


def also_an_incident(*, actor: Actor, incident: Incident, reason: str) -> Incident:
    """Say that what was only a breach is an incident as well; the clocks of the Cbw run at once.

    There is no way back: not to report under the Cbw is a decision of two persons.
    """
    actor.require(KEEP)
    found = checking.locked(actor, incident)
    if not found.privacy_only:
        raise Refused(_("This is an incident already."))
    checking.needed(reason, "reason", _("Give a reason."))
    found.privacy_only = False
    found.version += 1
    found.save(update_fields=["privacy_only", "version"])
    return found


def write(*, actor: Actor, incident: Incident, wanted: Wanted, version: int | None) -> Breach:
    """Write down what is known of a breach; `version` is the one that the person had, if any.

    A closed incident keeps its entry open: what is learnt later belongs in it. Raises Overtaken
    when somebody else saved first, and Refused for what cannot be so.
    """
    actor.require(KEEP)
    found = checking.locked(actor, incident)
    if not clock_selectors.privacy_runs(found):
        raise Refused(_("No personal data is involved, says the triage. Change that first."))
    there = Breach.objects.filter(incident=found).first()
    if (there.version if there else None) != version:
        raise Overtaken(
            _("Somebody else saved this while you had it open. What you typed is still here; save"
              " again to put it in its place."), there.version if there else 0
        )  # fmt: skip
    _check(wanted)
    row = there or Breach(organisation_id=actor.organisation_id, incident=found)
    told_before = row.processor_told_at
    for name, value in asdict(wanted).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.written_at, row.written_by_id = clock.now(), actor.user_id
    row.version = (version or 0) + 1
    row.save()
    _aware_when_told(actor, found, wanted, told_before)
    return row


def _aware_when_told(
    actor: Actor, found: Incident, wanted: Wanted, told_before: datetime | None
) -> None:
    """Let the clocks count from when the processor told, where that was earlier (art. 33(2)).

    Where the last statement came from here, a moment that is put right puts it right as well.
    """
    said = [one.at for one in clock_selectors.statements(found)]
    at, counts = wanted.processor_told_at, [one for one in said if one != told_before]
    if not said or not found.is_open or at == told_before:
        return
    right = min(filter(None, (at, counts[-1] if counts else said[-1])))
    if right == said[-1] or (said[-1] != told_before and right > said[-1]):
        return
    _state(actor, found, wanted, right)


def _state(actor: Actor, found: Incident, wanted: Wanted, at: datetime) -> None:
    Awareness.objects.create(
        organisation_id=found.organisation_id,
        incident=found,
        at=at,
        who=wanted.processor.strip()[:120],
        evidence=_("Register of breaches: when this processor told us."),
        reason=_("From the moment at which a processor tells it, the controller is aware."),
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def _check(wanted: Wanted) -> None:
    for name in ("persons", "data"):
        if set(getattr(wanted, name)) - set(breach_content.lines(name)):
            raise Refused(_("Choose from the list."), name)
    _margin(wanted.persons_least, wanted.persons_most, "persons")
    _margin(wanted.records_least, wanted.records_most, "records")
    _parties(wanted)
    if wanted.not_told and not wanted.not_told_reason.strip():
        raise Refused(_("Give the reason why they are not told."), "not_told_reason")
    if wanted.announced_at and wanted.not_told != Breach.NotTold.EFFORT:
        raise Refused(_("An announcement goes with disproportionate effort alone."), "announced_at")


def _parties(wanted: Wanted) -> None:
    for name in ("processor_told_at", "others_told_at", "announced_at"):
        if (at := getattr(wanted, name)) is not None:
            checking.past(at, name)
    if wanted.processor.strip() and wanted.processor_told_at is None:
        raise Refused(_("Say when this processor told you."), "processor_told_at")
    if wanted.processor_told_at and not wanted.processor.strip():
        raise Refused(_("Say which processor told you."), "processor")
    if wanted.own_role != Breach.OwnRole.CONTROLLER and not wanted.others.strip():
        raise Refused(_("Say for whom, or together with whom."), "others")


def _margin(least: int | None, most: int | None, name: str) -> None:
    if (least is None) != (most is None):
        words = _("Give both bounds, or leave both empty when it is not known.")
        raise Refused(words, f"{name}_most")
    if least is None or most is None:
        return
    if least < 1:
        words = _("Not known? Leave it empty; nought means that there is no breach.")
        raise Refused(words, f"{name}_least")
    if most < least:
        raise Refused(_("The upper bound lies below the lower one."), f"{name}_most")


def judge(
    *,
    actor: Actor,
    incident: Incident,
    answers: Mapping[str, str],
    level: str,
    reason: str,
    standing_in: str = "",
    advice: str = "",
) -> BreachRisk:
    """Judge the risk for the persons concerned; this is the weighing for the AVG, not a second one.

    `advice` is what the FG advised, `standing_in` why it is not the privacy officer who judges.
    Without a risk nothing is reported, which holds only once a second person confirmed it. Raises
    Refused for an unanswered criterion, and an incident without an entry.
    """
    actor.require(JUDGE)
    if not Breach.objects.filter(incident_id=incident.pk).exists():
        raise Refused(_("First write down what happened, in the register of breaches."))
    criteria = breach_content.lines("criteria")
    for id in criteria:
        if answers.get(id) not in (YES, NO, UNKNOWN):
            raise Refused(_("Answer every question; 'not known' is an answer too."), id)
    if level not in (selectors.UNLIKELY, selectors.RISK, selectors.HIGH):
        raise Refused(_("Say how high the risk is."), "level")
    weighing = clocks.weigh(
        actor=actor,
        incident=incident,
        regime="avg",
        answers={
            "risk": NO if level == selectors.UNLIKELY else YES,
            "high_risk": YES if level == selectors.HIGH else NO,
        },
        report=level != selectors.UNLIKELY,
        reason=reason,
        standing_in=standing_in,
    )
    return BreachRisk.objects.create(
        organisation_id=actor.organisation_id,
        weighing=weighing,
        content_version=breach_content.version(),
        answers={id: answers[id] for id in criteria},
        advice=advice.strip()[:2000],
    )


def told(
    *, actor: Actor, incident: Incident, at: datetime, count: int, how: str, note: str = ""
) -> BreachLetter:
    """Record that persons concerned were told; the first time answers the clock of art. 34, too."""
    actor.require(KEEP)
    found = checking.locked(actor, incident)
    breach = Breach.objects.filter(incident=found).first()
    if breach is None:
        raise Refused(_("First write down what happened, in the register of breaches."))
    if not 1 <= count <= MOST_PERSONS:
        raise Refused(_("Say how many persons were told; at least one."), "count")
    how = checking.needed(how, "how", _("Say how they were told."))
    checking.past(at, "at")
    checking.not_before_awareness(found, at, "at")
    if not found.submissions.filter(obligation=selectors.SUBJECTS, withdrawn_at=None).exists():
        given = HandedIn(at, actor.name, how)
        clocks.hand_in(actor=actor, incident=found, obligation=selectors.SUBJECTS, wanted=given)
    return BreachLetter.objects.create(
        organisation_id=actor.organisation_id,
        breach=breach,
        at=at,
        count=count,
        how=how[:200],
        note=note.strip()[:500],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )
