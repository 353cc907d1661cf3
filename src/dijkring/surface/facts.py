# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact of this room: one for each check of the engine."""

from datetime import timedelta

from dijkring.evidence.kinds import FactKind, register
from dijkring.surface.engine import CHECKS
from dijkring.surface.engine.checks.model import Check

SOURCE = "dijkring"
WEB, MAIL = "surface.web", "surface.mail"
# Measured daily: a week leaves room for days on which measuring does not work.
VALIDITY = timedelta(days=7)
REPAIR_DAYS = {"high": 14, "medium": 30, "low": 90}
SEVERITY = {"high": "high", "medium": "normal", "low": "low"}


def kind_of(check_id: str) -> str:
    """Return the id of the kind that records a check."""
    return f"surface.{check_id}"


def population_of(check: Check) -> str:
    """Return who ought to have a fact of a check: names with a website, or with mail."""
    return MAIL if check.category.startswith("mail") else WEB


def _kind(check: Check) -> FactKind:
    return FactKind(
        id=kind_of(check.id),
        label=check.label,
        subject_type="domain" if check.scope == "domain" else "address",
        validity=VALIDITY,
        population=population_of(check),
        what=check.what,
        why=check.why,
        mend=check.mend,
        severity=SEVERITY[check.severity],
        grace=timedelta(0),
        repair_days=REPAIR_DAYS[check.severity],
        level=check.level,
    )


for _check in CHECKS.values():
    register(_kind(_check))
