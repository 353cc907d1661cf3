# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Groups of which a number must work: no more than there are, and one number for all of it."""

from collections import defaultdict

from dijkring.documents.reading.problems import Problems

from .found import GROUP, Dependency, Report


def check_groups(report: Report, problems: Problems) -> None:
    """Refuse a group that asks more than it has, or that asks two numbers at once."""
    groups: dict[tuple[str, str], list[Dependency]] = defaultdict(list)
    for one in report.dependencies:
        if one.how == GROUP:
            groups[one.dependent, one.group].append(one)
    for (_dependent, name), members in groups.items():
        asked = {one.least for one in members}
        most, line = max(asked), members[0].line
        if most > len(members):
            problems.refuse(
                name[:80], f"Deze groep vraagt {most} van {len(members)}.",
                f"This group asks {most} of {len(members)}.", line,
            )  # fmt: skip
        elif min(asked) != most or most < 1:
            problems.refuse(
                name[:80], "Deze groep vraagt niet steeds hetzelfde aantal.",
                "This group does not ask the same number each time.", line,
            )  # fmt: skip
