# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The statement of applicability (Verklaring van Toepasselijkheid): each leaf, its decision."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dijkring.controls.catalogue import current_framework, judged_frameworks
from dijkring.controls.models import Applicability, Framework, Requirement
from dijkring.core.rows import id_of
from dijkring.organisations.models import Membership, User

NORM = "bio2"
APPLIES, WAITS, DOES_NOT_APPLY, UNDECIDED = "applies", "waits", "does_not_apply", "undecided"


@dataclass(frozen=True, slots=True)
class ApplicabilityLine:
    """One leaf with what was decided; every leaf applies until somebody decided otherwise."""

    pk: int
    ref: str
    title: str
    state: str
    reason: str
    owner: User | None
    decided_by: User | None
    decided_at: datetime | None
    approved_by: User | None
    approved_at: datetime | None


def norms() -> list[Framework]:
    """Return the frameworks about which applicability can be decided: those with leaves."""
    found = judged_frameworks()
    return sorted(found, key=lambda one: (one.key, one.age))


def norm(wanted: str = "") -> Framework | None:
    """Return the asked framework (its id), else BIO2 in the version that is in force."""
    if (id := id_of(wanted)) is not None:
        return judged_frameworks().filter(pk=id).first()
    return current_framework(NORM)


def leaves(framework: Framework) -> QuerySet[Requirement]:
    """Return the active leaves of a framework, in the order of the norm."""
    return framework.requirements.filter(leaf=True, status="active").order_by("position")


def lines(organisation_id: int, framework: Framework) -> list[ApplicabilityLine]:
    """Return the whole statement, in the order of the norm."""
    rows = Applicability.objects.filter(
        organisation_id=organisation_id, requirement__framework=framework, valid_until=None
    ).select_related("owner", "decided_by", "approved_by")
    decided = {row.requirement_id: row for row in rows}
    return [_line(leaf, decided.get(leaf.pk)) for leaf in leaves(framework)]


def _line(leaf: Requirement, row: Applicability | None) -> ApplicabilityLine:
    return ApplicabilityLine(
        leaf.pk,
        leaf.ref,
        leaf.label,
        _state(row),
        row.reason if row else "",
        row.owner if row else None,
        row.decided_by if row else None,
        row.valid_from if row else None,
        row.approved_by if row else None,
        row.approved_at if row else None,
    )


def _state(row: Applicability | None) -> str:
    if row is None:
        return UNDECIDED
    if row.applicable:
        return APPLIES
    return DOES_NOT_APPLY if row.approved_at is not None else WAITS


def chosen(ids: Iterable[str]) -> list[Requirement]:
    """Return the active leaves among ids from an address."""
    wanted = list(filter(None, map(id_of, ids)))
    rows = Requirement.objects.filter(pk__in=wanted, leaf=True, status="active")
    return list(rows.select_related("framework").order_by("framework_id", "position"))


def current(organisation_id: int, ids: Collection[int]) -> list[Applicability]:
    """Return what is decided now about some leaves."""
    rows = Applicability.objects.filter(
        organisation_id=organisation_id, requirement_id__in=ids, valid_until=None
    )
    return list(rows.select_related("requirement", "owner", "decided_by"))


def members(organisation_id: int) -> QuerySet[User]:
    """Return who may own a line: the present members of the organisation."""
    ids = Membership.objects.filter(organisation_id=organisation_id, until=None).values("user_id")
    return User.objects.filter(pk__in=ids).order_by("name")
