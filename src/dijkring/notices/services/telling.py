# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling people something, and their reading of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.web import memberships_of
from dijkring.notices import kinds
from dijkring.notices.models import Notice
from dijkring.organisations.models import Membership


def tell(
    *,
    organisation_id: int,
    users: Iterable[int | None],
    kind: str,
    values: dict[str, Any],
    url_name: str,
    url_args: Sequence[Any] = (),
    key: str = "",
    at: datetime | None = None,
) -> int:
    """Tell people something; who has no access (any more) is told nothing. Returns how many.

    `values` fill the words of the kind. What bears a key is told to one person once. `at` is
    when it happened (aware), for what is told later; without it, now.
    """
    kinds.get(kind)
    wanted = {user for user in users if user is not None}
    members = Membership.objects.filter(
        organisation_id=organisation_id, user_id__in=wanted, until=None, user__is_active=True
    )
    rows = [
        Notice(
            organisation_id=organisation_id,
            user_id=user_id,
            kind=kind,
            values=values,
            url_name=url_name,
            url_args=list(url_args),
            key=key,
            at=at or clock.now(),
        )
        for user_id in members.values_list("user_id", flat=True)
    ]
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True))


def read(*, actor: Actor, notice: Notice) -> None:
    """Mark one of your own notices as read."""
    actor.require("notices.own")
    _unread(actor).filter(pk=notice.pk).update(read_at=clock.now())


def read_all(*, actor: Actor) -> None:
    """Mark all your notices of this organisation as read."""
    actor.require("notices.own")
    _unread(actor).update(read_at=clock.now())


def mark_mailed(ids: Iterable[int]) -> None:
    """Note of some notices that a mail told them, or that none needs to any more."""
    Notice.objects.filter(pk__in=ids).update(digested_at=clock.now())


def _unread(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(
        organisation_id=actor.organisation_id, user=actor.user_id, read_at=None
    )


def forget(*, organisation_id: int, user_id: int) -> None:
    """Take the notices of somebody who leaves away; what they are about stays."""
    Notice.objects.filter(organisation_id=organisation_id, user_id=user_id).delete()


def is_member(user_id: int, organisation_id: int) -> bool:
    """Tell whether a person has access to an organisation now."""
    return any(one.organisation_id == organisation_id for one in memberships_of(user_id))
