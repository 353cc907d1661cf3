# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What left and what came in."""

from django.db.models import QuerySet

from dijkring.controls.models import Framework
from dijkring.controls.selectors.applicability import norms
from dijkring.portability.models import Newcomer, Transfer

LATEST = 20


def latest(organisation_id: int, *, whole: bool) -> QuerySet[Transfer]:
    """Return the latest transfers; those of the whole organisation only for who may export it."""
    rows = Transfer.objects.filter(organisation_id=organisation_id).select_related("made_by")
    rows = rows if whole else rows.filter(kind=Transfer.Kind.REGISTER)
    return rows[:LATEST]


def newcomers(organisation_id: int) -> QuerySet[Newcomer]:
    """Return the people who came along with an archive."""
    rows = Newcomer.objects.filter(organisation_id=organisation_id)
    return rows.select_related("joined", "transfer")


def measurable_norms() -> list[Framework]:
    """Return the norms about which there are standings."""
    return norms()
