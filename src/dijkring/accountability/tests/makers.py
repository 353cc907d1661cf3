# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports over days after the start, and leaves of BIO2 that somebody judged."""

from datetime import date, timedelta

from dijkring.accountability import services
from dijkring.accountability.models import Report
from dijkring.controls.models import Requirement
from dijkring.core.access import Actor
from dijkring.evidence.tests.makers import START, judge


def leaf(ref: str) -> Requirement:
    """Return a leaf of BIO2 as everybody has it."""
    return Requirement.objects.get(framework__key="bio2", framework__organisation=None, ref=ref)


def say(actor: Actor, ref: str, verdict: str, *, days: float | None = 200) -> None:
    """Judge every layer of a leaf."""
    for layer in leaf(ref).layers:
        judge(actor, leaf(ref), layer, verdict, days=days)


def date_of(day: int) -> date:
    """Return the date so many days after the start."""
    return START.date() + timedelta(days=day)


def report(actor: Actor, first: int, last: int) -> Report:
    """Make a report over days after the start."""
    return services.make_report(
        actor=actor, title="Rapport aan de raad", first=date_of(first), last=date_of(last)
    )
