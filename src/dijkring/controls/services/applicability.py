# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The statement of applicability: what applies is decided by one person, approved by another."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from dijkring.controls import hooks
from dijkring.controls.models import Applicability, Requirement
from dijkring.controls.services.fates import Fate
from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.organisations.models import Membership, User

CHANGED = "controls.applicability_changed"


def decide_applicability(
    *,
    actor: Actor,
    requirements: Sequence[Requirement],
    applicable: bool,
    reason: str,
    owner: User | None = None,
) -> list[Applicability]:
    """Decide whether some leaves apply to the organisation; what changes nothing is left alone.

    'Not applicable' counts only after a second person has approved it. An approval stays as long
    as the verdict and its reason do. Raises Refused for what is no active leaf, for 'not
    applicable' without a reason, and for an owner from outside.
    """
    actor.require("controls.applicability")
    _check(actor.organisation_id, requirements, applicable, reason, owner)
    before = _current(actor.organisation_id, [one.pk for one in requirements])
    rows = [
        _decided(actor, one, applicable, reason.strip(), owner, before.get(one.pk))
        for one in requirements
    ]
    changed = [row for row in rows if _differs(row, before.get(row.requirement_id))]
    _replace(actor.organisation_id, changed, reason)
    return changed


def _check(
    organisation_id: int,
    requirements: Sequence[Requirement],
    applicable: bool,
    reason: str,
    owner: User | None,
) -> None:
    if not requirements:
        raise Refused(_("Choose at least one requirement."))
    if not all(one.leaf and one.status == Requirement.Status.ACTIVE for one in requirements):
        raise Refused(_("Only requirements that are judged can be decided upon."))
    if not applicable and len(reason.strip()) < 10:
        raise Refused(_("Say why it does not apply, in at least ten characters."), "reason")
    if owner is not None and not _is_member(organisation_id, owner):
        raise Refused(_("The owner must be a member of the organisation."), "owner")


def _is_member(organisation_id: int, person: User) -> bool:
    found = Membership.objects.filter(organisation_id=organisation_id, user=person, until=None)
    return found.exists()


def _current(organisation_id: int, ids: Collection[int]) -> dict[int, Applicability]:
    rows = Applicability.objects.select_for_update().filter(
        organisation_id=organisation_id, requirement_id__in=ids, valid_until=None
    )
    return {row.requirement_id: row for row in rows}


def _decided(
    actor: Actor,
    requirement: Requirement,
    applicable: bool,
    reason: str,
    owner: User | None,
    before: Applicability | None,
) -> Applicability:
    same = before is not None and (before.applicable, before.reason) == (applicable, reason)
    return Applicability(
        organisation_id=actor.organisation_id,
        requirement=requirement,
        applicable=applicable,
        reason=reason,
        owner=owner,
        decided_by_id=before.decided_by_id if before and same else actor.user_id,
        approved_by_id=before.approved_by_id if before and same else None,
        approved_at=before.approved_at if before and same else None,
        valid_from=clock.now(),
    )


def _differs(row: Applicability, before: Applicability | None) -> bool:
    names = ("applicable", "reason", "owner_id", "approved_at")
    return before is None or any(getattr(row, name) != getattr(before, name) for name in names)


def _replace(organisation_id: int, rows: Sequence[Applicability], reason: str) -> None:
    ids = [row.requirement_id for row in rows]
    if not ids:
        return
    with hooks.changing_applicability(organisation_id, ids):
        tenancy.note_reason(reason)
        ended = Applicability.objects.filter(
            organisation_id=organisation_id, requirement_id__in=ids, valid_until=None
        )
        ended.update(valid_until=clock.now())
        Applicability.objects.bulk_create(rows)
    _tell(organisation_id, ids)


def _tell(organisation_id: int, ids: Sequence[int]) -> None:
    for id in ids:
        events.publish(CHANGED, organisation_id=organisation_id, requirement_id=id)


def approve_applicability(
    *, actor: Actor, requirements: Sequence[Requirement]
) -> list[Applicability]:
    """Approve what was decided about some leaves and waits for a second person.

    Raises Refused when nothing waits, and for a decision of the approver's own: four eyes.
    """
    actor.require("controls.approve")
    current = _current(actor.organisation_id, [one.pk for one in requirements])
    waiting = [row for row in current.values() if row.approved_at is None]
    if not waiting:
        raise Refused(_("Nothing of this waits for approval."))
    if any(row.decided_by_id is not None and row.decided_by_id == actor.user_id for row in waiting):
        raise Refused(_("You decided this yourself. Ask somebody else to approve it."))
    ids = [row.requirement_id for row in waiting]
    with hooks.changing_applicability(actor.organisation_id, ids):
        for row in waiting:
            row.approved_by_id, row.approved_at = actor.user_id, clock.now()
        Applicability.objects.bulk_update(waiting, ["approved_by", "approved_at"])
    _tell(actor.organisation_id, ids)
    return waiting


def carry_applicability(*, actor: Actor, fates: Sequence[Fate]) -> set[int]:
    """Take over the decisions on leaves that stayed the same; returns the old ones spoken of.

    What moved or changed must be decided again. Leaves that were decided upon already keep that.
    """
    actor.require("controls.applicability")
    old = _current(actor.organisation_id, [fate.old.pk for fate in fates])
    same = {fate.old.pk: fate.new[0] for fate in fates if not fate.cause}
    decided = _current(actor.organisation_id, [new.pk for new in same.values()])
    rows = [
        Applicability(
            organisation_id=actor.organisation_id,
            requirement=same[id],
            applicable=row.applicable,
            reason=row.reason,
            owner_id=row.owner_id,
            decided_by_id=row.decided_by_id,
            approved_by_id=row.approved_by_id,
            approved_at=row.approved_at,
            valid_from=clock.now(),
        )
        for id, row in old.items()
        if id in same and same[id].pk not in decided
    ]
    _replace(actor.organisation_id, rows, _("Carried over from the version before"))
    return set(old)
