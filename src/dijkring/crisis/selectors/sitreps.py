# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a situation report begins with, and what changed since the one before."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from dijkring.crisis.changes import KEPT, changed_lines
from dijkring.crisis.models import Crisis, Decision, LogLine, Sitrep, Task
from dijkring.crisis.selectors import crises
from dijkring.crisis.selectors.picture import running
from dijkring.crisis.selectors.whatif import at_stake, course, failing
from dijkring.incidents import words as clock_words
from dijkring.ui import words

SECTIONS = ("picture", "stake", "outlook", "measures", "decisions", "communication")
# What happened, as far as it is no administration of the crisis itself.
TOLD = (LogLine.Kind.NOTE, LogLine.Kind.HACK, LogLine.Kind.LEVEL)
MOST_LINES = 12


def start(crisis: Crisis) -> dict[str, str]:
    """Return the sections of the next report as far as they are known already."""
    before = crises.sitreps(crisis).exclude(approved_at=None).first()
    answer = failing(crisis)
    found = {
        "picture": [before.picture if before else crisis.summary, *_happened(crisis, before)],
        "stake": [before.stake] if before else [*at_stake(answer), *_clocks(crisis)],
        "outlook": [before.outlook] if before else [*course(answer), *_scenarios()],
        "measures": _measures(crisis),
        "decisions": _decisions(crisis),
        "communication": _communication(crisis),
    }
    return {name: "\n".join(line for line in lines if line) for name, lines in found.items()}


def differences(sitrep: Sitrep) -> dict[str, list[tuple[str, str]]]:
    """Return per section that changed what was added and what has gone since the report before."""
    rows = Sitrep.objects.filter(crisis_id=sitrep.crisis_id, number__lt=sitrep.number)
    before = rows.order_by("-number").first()
    if before is None:
        return {}
    found = {name: changed_lines(getattr(before, name), getattr(sitrep, name)) for name in SECTIONS}
    return {
        name: lines for name, lines in found.items() if any(sign != KEPT for sign, _line in lines)
    }


def _happened(crisis: Crisis, before: Sitrep | None) -> Iterable[str]:
    rows = crises.lines(crisis).filter(kind__in=TOLD)
    if before is not None:
        rows = rows.filter(recorded_at__gt=before.at)
    lines = list(rows[:MOST_LINES])[::-1]
    if lines and before is not None:
        yield _("Since report %(number)s:") % {"number": before.number}
    for one in lines:
        yield f"{words.moment_words(one.at)}: {one.text}"


def _clocks(crisis: Crisis) -> Iterable[str]:
    for one in running(crisis):
        line = _("%(report)s: at the latest %(due)s") if one.due else _("%(report)s: without delay")
        yield line % {"report": clock_words.title(one), "due": words.moment_words(one.due)}


def _scenarios() -> list[str]:
    return [_("Likely:"), _("At worst:"), _("At best:")]


def _measures(crisis: Crisis) -> list[str]:
    return [_task(one) for one in crises.tasks(crisis)]


def _task(one: Task) -> str:
    state = one.get_state_display()
    return f"{one.text} ({one.given_to}): {state}. {one.result}".strip()


def _decisions(crisis: Crisis) -> list[str]:
    return [_decision(one) for one in crises.decisions(crisis)]


def _decision(one: Decision) -> str:
    if one.settled_at is None:
        said = _("asked of %(who)s") % {"who": one.asked}
        by = words.moment_words(one.needed_by) if one.needed_by else ""
        return f"{one.question} – {said}{f', {by}' if by else ''}"
    last = list(one.rulings.all())[-1]
    return f"{one.question} – {last.get_kind_display()}: {last.text} ({last.by})"


def _communication(crisis: Crisis) -> list[str]:
    return [
        f"{one.group}, {one.channel}: {one.text} ("
        + (words.moment_words(one.sent_at) if one.sent_at else _("not sent yet"))
        + ")"
        for one in crises.messages(crisis)
    ]


def shown(sitrep: Sitrep, labels: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the sections that say something, with their labels."""
    pairs = ((str(labels[name]), getattr(sitrep, name)) for name in SECTIONS)
    return [(label, text) for label, text in pairs if text.strip()]
