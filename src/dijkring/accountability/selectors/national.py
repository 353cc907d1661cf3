# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The national picture: counts over organisations, through a door with a minimum group."""

from dataclasses import dataclass

from dijkring.accountability.selectors.reporting import of_everybody
from dijkring.core import clock
from dijkring.core.rows import fetch


@dataclass(frozen=True, slots=True)
class National:
    """Counts of leaves per verdict over a number of organisations; None: too few to show.

    All figures are in steps of five, and a verdict of too few is held back together with another.
    """

    organisations: int | None
    counts: dict[str, int]
    # Of every organisation all leaves, also those whose verdict is held back.
    total: int = 0


def national(framework_key: str) -> National:
    """Return the picture of one framework, without verdicts of fewer than five organisations."""
    framework = of_everybody(framework_key)
    if framework is None:
        return National(None, {})
    asked = [framework.pk, clock.now()]
    size = fetch("SELECT door_national_size(%s, %s)", asked)[0][0]
    if size is None:
        return National(None, {})
    rows = fetch("SELECT verdict, leaves FROM door_national_counts(%s, %s)", asked)
    leaves = framework.requirements.filter(leaf=True, status="active").count()
    counts: dict[str, int] = dict(rows)
    return National(size, counts, max(size * leaves, sum(counts.values())))
