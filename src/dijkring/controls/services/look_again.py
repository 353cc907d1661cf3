# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person must look at again after a new version, and saying that it was done."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from dijkring.controls.models import LookAgain
from dijkring.controls.services.fates import Fate
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused


def list_again(*, actor: Actor, fates: Sequence[Fate], spoken: Collection[int]) -> list[LookAgain]:
    """List what moved, changed or went among the leaves (ids) about which something was said.

    A second time lists only what is not on the list yet, done or not.
    """
    actor.require("controls.look_again")
    known = set(
        LookAgain.objects.filter(organisation_id=actor.organisation_id).values_list(
            "requirement_id", "old_id"
        )
    )
    rows = [
        LookAgain(
            organisation_id=actor.organisation_id,
            requirement=place,
            old=fate.old,
            was=fate.old.ref,
            reason=fate.cause,
            note=fate.note,
            created_at=clock.now(),
        )
        for fate in fates
        if fate.cause and fate.old.pk in spoken
        for place in fate.new or (fate.old,)
        if (place.pk, fate.old.pk) not in known
    ]
    return LookAgain.objects.bulk_create(rows)


def looked_again(*, actor: Actor, row: LookAgain, conclusion: str) -> LookAgain:
    """Say that one line was looked at, with the conclusion; Refused when it was done already."""
    actor.require("controls.look_again")
    if row.done_at is not None:
        raise Refused(_("This was looked at already."))
    if not conclusion.strip():
        raise Refused(_("Say what you concluded."), "reason")
    tenancy.note_reason(conclusion)
    row.done_at, row.done_by_id, row.conclusion = clock.now(), actor.user_id, conclusion.strip()
    row.save(update_fields=["done_at", "done_by", "conclusion"])
    return row
