# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at a file: which columns, and what would become of each line. Nothing is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.documents.reading import columns
from dijkring.documents.reading.columns import Choice, Header
from dijkring.onboarding.intake import rows
from dijkring.onboarding.intake.kinds import KINDS, Kind
from dijkring.onboarding.intake.values import Wrong, read
from dijkring.onboarding.models import ColumnMemory, Intake
from dijkring.onboarding.services import (
    actions,
    domains,
    files,
    judgements,
    lines,
    numbers,
    owners,
    people,
    renumbering,
    systems,
)
from dijkring.onboarding.services import parts as new_parts
from dijkring.onboarding.services.lines import Handler, Line

HANDLERS: dict[str, Handler] = {
    "actions": actions,
    "domains": domains,
    "judgements": judgements,
    "numbers": renumbering,
    "owners": owners,
    "people": people,
    "systems": systems,
}
KNOWN_ELSEWHERE = {"domains": domains.known_elsewhere, "systems": systems.known_elsewhere}
MOST_ROWS = 20_000
NUMBERED = frozenset({"judgements", "owners", "actions", "numbers"})


@dataclass(slots=True)
class Plan:
    """What would become of a file: its columns, its lines, and what stands in the way."""

    kind: Kind
    header: Header
    choice: Choice
    numbering: str
    parts: str = ""
    remembered: bool = False
    wrong: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    before: Intake | None = None

    @property
    def counts(self) -> dict[str, int]:
        """The lines per status."""
        return lines.counts(self.lines)

    @property
    def to_write(self) -> list[Line]:
        """The lines that would be written."""
        return [one for one in self.lines if one.status in (lines.NEW, lines.CHANGED)]

    @property
    def mark(self) -> str:
        """Give what is the same as long as the same would be written."""
        text = "\n".join(f"{one.line} {one.key} {one.status} {one.digest}" for one in self.to_write)
        return hashlib.sha256(text.encode()).hexdigest()


def plan(
    *,
    actor: Actor,
    intake: Intake,
    chosen: Mapping[str, int | None] | None = None,
    numbering: str = "",
    parts: str | None = None,
) -> Plan:
    """Say what would become of a file, with columns that were chosen, remembered or guessed.

    `parts` is the kind of part (a system, a process) that unknown names in a column become; empty
    for none, None to propose one.

    Raises Refused for a file without lines, and for more than 20,000 of them.
    """
    kind = KINDS[intake.kind]
    actor.require(kind.right)
    tables = files.read(intake)
    earlier = columns.of_kept(intake.choice)
    header = columns.header_of(kind, tables, earlier)
    if header is None:
        raise Refused(_("There are no lines in this file."))
    memory = _memory(intake, header)
    choice = _choice(kind, header, earlier, memory, chosen)
    found = Plan(kind, header, choice, "", remembered=memory is not None and not chosen)
    found.wrong = rows.wrong_columns(kind, header, choice)
    found.numbering = _numbering(intake, found, memory, numbering)
    found.before = _same_file(intake)
    if not found.wrong:
        intake.numbering = found.numbering
        found.parts = _kind_of_parts(intake, found, memory) if parts is None else parts
        intake.choice = kept(found)
        found.lines = _lines(actor, intake, found)
    return found


def _memory(intake: Intake, header: Header) -> ColumnMemory | None:
    return ColumnMemory.objects.filter(
        organisation_id=intake.organisation_id, kind=intake.kind, header=header.fingerprint
    ).first()


def _choice(
    kind: Kind,
    header: Header,
    kept: Choice | None,
    memory: ColumnMemory | None,
    chosen: Mapping[str, int | None] | None,
) -> Choice:
    remembered = columns.of_kept(memory.choice) if memory else None
    if chosen is not None:
        found = {name: column for name, column in chosen.items() if column is not None}
    elif kept is not None:
        found = kept.columns
    elif remembered is not None:
        found = remembered.columns
    else:
        found = columns.guess(kind, header)
    width = len(header.words)
    known = {name: column for name, column in found.items() if column < width}
    return Choice(header.table.sheet, header.line, header.depth, known)


def _numbering(intake: Intake, plan: Plan, memory: ColumnMemory | None, chosen: str) -> str:
    if plan.kind.id not in NUMBERED:
        return ""
    known = {key for key, _words in numbers.numberings(intake.organisation_id)}
    remembered = memory.numbering if memory else ""
    for one in (chosen, intake.numbering, remembered):
        if one in known:
            return one
    return numbers.BIO1 if plan.kind.id == "numbers" else numbers.proposed(_refs(plan))


def _kind_of_parts(intake: Intake, plan: Plan, memory: ColumnMemory | None) -> str:
    """Return the kind that was chosen before, or else what the header speaks of."""
    for before in (intake.choice, memory.choice if memory else {}):
        if "parts" in before:
            return str(before["parts"])
    column = plan.choice.columns.get("about")
    return new_parts.proposed(plan.header.words[column]) if column is not None else ""


def _refs(plan: Plan) -> list[str]:
    column = plan.choice.columns.get("ref")
    found = []
    for row in plan.header.table.rows if column is not None else ():
        if row.line > plan.header.line and row.cell(column):
            try:
                found.append(str(read("ref", columns.cell_of(plan.header.table, row, column or 0))))
            except Wrong:
                continue
    return found


def _same_file(intake: Intake) -> Intake | None:
    """Return the import of exactly this file that is not taken back."""
    done = Intake.objects.filter(
        organisation_id=intake.organisation_id,
        kind=intake.kind,
        sha256=intake.sha256,
        state=Intake.State.DONE,
    )
    return done.exclude(pk=intake.pk).first()


def _lines(actor: Actor, intake: Intake, plan: Plan) -> list[Line]:
    reads = list(rows.rows(plan.kind, plan.header, plan.choice))
    if len(reads) > MOST_ROWS:
        raise Refused(
            _("This file has %(count)d lines. At most %(most)d fit in one import: split it.")
            % {"count": len(reads), "most": MOST_ROWS}
        )
    found = HANDLERS[intake.kind].compare(actor, reads, intake)
    lines.weigh(actor.organisation_id, intake.kind, found)
    _second_look(actor, intake.kind, found)
    return found


def _second_look(actor: Actor, kind: str, found: list[Line]) -> None:
    if kind == "actions":
        actions.check_changes(found)
    elif kind in KNOWN_ELSEWHERE:
        KNOWN_ELSEWHERE[kind](actor, found)


def options(intake: Intake) -> list[tuple[str, str]]:
    """Return the columns of a file that can be chosen from."""
    header = columns.header_of(
        KINDS[intake.kind], files.read(intake), columns.of_kept(intake.choice)
    )
    return header.options() if header else []


def kept(plan: Plan) -> dict[str, Any]:
    """Return the choice of a plan as it is kept with an intake."""
    return {**plan.choice.kept(), "parts": plan.parts}
