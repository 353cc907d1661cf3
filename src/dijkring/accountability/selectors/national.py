# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The national picture: counts over organisations, through a door with a minimum group."""

from dataclasses import dataclass

from django.db import connection

from dijkring.accountability.selectors.reporting import of_everybody


@dataclass(frozen=True, slots=True)
class National:
    """Counts of leaves per verdict over a number of organisations; None: too few to show."""

    organisations: int | None
    counts: dict[str, int]


def national(framework_key: str) -> National:
    """Return the picture of one framework, without verdicts of fewer than five organisations."""
    framework = of_everybody(framework_key)
    if framework is None:
        return National(None, {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT door_national_size(%s)", [framework.pk])
        size = cursor.fetchone()[0]
        cursor.execute("SELECT verdict, leaves FROM door_national_counts(%s)", [framework.pk])
        return National(size, dict(cursor.fetchall()) if size else {})
