# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One line of a plan: what would become of a line of a file, and why."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.models import Brought, Intake

NEW, CHANGED, UNCHANGED, LEFT_OUT, REFUSED = "new", "changed", "unchanged", "left_out", "refused"
STATUSES = (NEW, CHANGED, UNCHANGED, LEFT_OUT, REFUSED)


@dataclass(slots=True)
class Line:
    """What would become of one line; `made` is what an earlier import made of the same key."""

    line: int
    key: str = ""
    label: str = ""
    status: str = NEW
    reason: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    before: Brought | None = None

    @property
    def digest(self) -> str:
        """Give what is the same for lines that say the same."""
        text = json.dumps(self.values, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


class Handler(Protocol):
    """What one kind does with lines: compare them, write them, take them back."""

    def compare(self, actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
        """Return the lines with a key and values, those that cannot be refused with a reason."""

    def write(self, actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Write new and changed lines; returns what each of them made, as JSON."""

    def take_back(self, actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
        """Take back what lines made; returns why, for those on which somebody has worked."""


def refused(line: int, reason: str, label: str = "") -> Line:
    """Return a line that cannot be brought in."""
    return Line(line, label=label, status=REFUSED, reason=reason)


def left_out(line: int, reason: str, label: str = "") -> Line:
    """Return a line in which there is nothing to bring in."""
    return Line(line, label=label, status=LEFT_OUT, reason=reason)


def weigh(organisation_id: int, kind: str, lines: Sequence[Line]) -> None:
    """Say of each line whether it is new, changed, unchanged, or in the file twice."""
    known = _known(organisation_id, kind, {one.key for one in lines if one.key})
    seen: dict[str, Line] = {}
    for one in lines:
        if one.status != NEW:
            continue
        first = seen.setdefault(one.key, one)
        if first is not one:
            _twice(one, first)
            continue
        one.before = known.get(one.key)
        if one.before is not None:
            same = one.before.digest == one.digest
            one.status = UNCHANGED if same else CHANGED


def _known(organisation_id: int, kind: str, keys: Collection[str]) -> dict[str, Brought]:
    rows = Brought.objects.filter(organisation_id=organisation_id, kind=kind, until=None)
    return {row.key: row for row in rows if row.key in keys} if keys else {}


def _twice(one: Line, first: Line) -> None:
    same = one.digest == first.digest
    one.status = UNCHANGED if same else REFUSED
    words = (
        _("The same as line %(line)d.")
        if same
        else _("Line %(line)d is about the same and says something else.")
    )
    one.reason = words % {"line": first.line}


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """Count the lines per status; every status is there."""
    found = dict.fromkeys(STATUSES, 0)
    for one in lines:
        found[one.status] += 1
    return found
