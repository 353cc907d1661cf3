# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""About which subject a fact from elsewhere is, so that two who say the same stand side by side.

We measure per address; others mostly speak of a name. What cannot be told apart stays there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dijkring.evidence.models import Fact
from dijkring.surface.engine import CHECKS
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.importers import Told

BY_ADDRESS = {kind_of(check.id) for check in CHECKS.values() if check.scope != "domain"}
BADNESS = ("fail", "not_measured", "pass", "not_applicable")


class Standing:
    """The facts that count now on some names: per kind and name the state of each subject."""

    def __init__(self, organisation_id: int, source: str, told: Iterable[Told]) -> None:
        names = {one.name for one in told}
        rows = Fact.objects.filter(
            organisation_id=organisation_id, member__in=names, until=None,
            source__in=[SOURCE, source],
        )  # fmt: skip
        self.ours: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.theirs: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        values = rows.values_list("member", "kind", "subject", "source", "state")
        for member, kind, subject, who, state in values:
            book = self.ours if who == SOURCE else self.theirs
            book[kind, member][subject] = state

    def subjects(self, one: Told) -> list[str]:
        """Return the subjects that one line is about; none for an attempt that says nothing new."""
        key = (one.kind, one.name)
        ours, theirs = self.ours.get(key, {}), self.theirs.get(key, {})
        if one.state == "not_measured" and (ours or theirs):
            # Somebody else's failed attempt replaces nothing that was seen.
            return sorted(theirs)
        if one.address:
            return [f"{one.name}/{one.address}"]
        if one.kind not in BY_ADDRESS:
            return [one.name]
        return self._of_addresses(one, ours)

    def _of_addresses(self, one: Told, ours: Mapping[str, str]) -> list[str]:
        """A failure is about where we see one; anything else, the worst of all, is about each."""
        if len(ours) == 1:
            return list(ours)
        failing = sorted(subject for subject, state in ours.items() if state == "fail")
        return (failing if one.state == "fail" else sorted(ours)) or [one.name]


def placed(organisation_id: int, source: str, told: list[Told]) -> Iterator[tuple[Told, str, bool]]:
    """Yield each line with its subject, the worst first where several meet on one.

    The last part says whether that source has a fact about it already.
    """
    standing = Standing(organisation_id, source, told)
    taken: set[tuple[str, str]] = set()
    for one in sorted(told, key=lambda each: BADNESS.index(each.state)):
        for subject in standing.subjects(one):
            if (one.kind, subject) not in taken:
                taken.add((one.kind, subject))
                yield one, subject, subject in standing.theirs.get((one.kind, one.name), {})


def names_of_addresses(organisation_id: int) -> dict[str, str]:
    """Return, per address that we measured, the name it belongs to: the shortest of several."""
    rows = Fact.objects.filter(
        organisation_id=organisation_id, source=SOURCE, until=None, kind__in=BY_ADDRESS
    )
    pairs = rows.values_list("subject", "member").distinct()
    found: dict[str, str] = {}
    for subject, member in sorted(pairs, key=lambda pair: (len(pair[1]), pair[1])):
        found.setdefault(subject.rpartition("/")[2], member)
    return found
