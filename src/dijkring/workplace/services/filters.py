# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keep, rename, share and throw away the filters of a list, and choose with which one it opens."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.workplace import addresses
from dijkring.workplace.models import FirstFilter, SavedFilter
from dijkring.workplace.services.who import person

MOST_OF_ONE_PERSON = 200


def keep(*, actor: Actor, sealed: str, query: str, name: str, shared: bool = False) -> SavedFilter:
    """Keep the filters and order of a list that was shown to this person, under a name.

    Raises Refused for a list of somebody else, no filters, no name, or a name that is taken.
    """
    path, title = addresses.unseal(
        sealed, user_id=person(actor), organisation_id=actor.organisation_id
    )
    _check_share(actor, shared)
    _check_number(actor)
    found = SavedFilter(
        organisation_id=actor.organisation_id,
        user_id=person(actor),
        shared=shared,
        name=_clean(name),
        path=path,
        title=title,
        query=addresses.clean_query(query),
        created_at=clock.now(),
    )
    return _store(found)


def change(*, actor: Actor, filter: SavedFilter, name: str, shared: bool) -> SavedFilter:
    """Give kept filters another name, or give them to everybody."""
    _require_owner(actor, filter)
    if shared != filter.shared:
        _check_share(actor, shared or filter.shared)
    filter.name, filter.shared = _clean(name), shared
    if not shared:
        filter.first_for.exclude(user_id=filter.user_id).delete()
    return _store(filter)


def remove(*, actor: Actor, filter: SavedFilter) -> None:
    """Throw kept filters away; lists that opened with them open with everything again."""
    _require_owner(actor, filter)
    filter.delete()


def open_with(*, actor: Actor, filter: SavedFilter) -> bool:
    """Let a list open with these filters for this person, or no longer; tells which of the two."""
    mine = FirstFilter.objects.filter(
        organisation_id=actor.organisation_id, user_id=person(actor), path=filter.path
    )
    was = mine.filter(filter=filter).exists()
    mine.delete()
    if not was:
        FirstFilter.objects.create(
            organisation_id=actor.organisation_id,
            user_id=person(actor),
            path=filter.path,
            filter=filter,
        )
    return not was


def may_change(actor: Actor, filter: SavedFilter) -> bool:
    """Tell whether somebody may change kept filters: their maker, or who keeps those of all."""
    return filter.user_id == actor.user_id or (filter.shared and actor.can("workplace.share"))


def _require_owner(actor: Actor, filter: SavedFilter) -> None:
    actor.require("workplace.own")
    if not may_change(actor, filter):
        raise Forbidden("workplace.share")


def _check_share(actor: Actor, shared: bool) -> None:
    if shared:
        actor.require("workplace.share")


def _check_number(actor: Actor) -> None:
    rows = SavedFilter.objects.filter(organisation_id=actor.organisation_id, user_id=person(actor))
    if rows.count() >= MOST_OF_ONE_PERSON:
        raise Refused(_("You have kept 200 filters. Throw some away first."), "name")


def _clean(name: str) -> str:
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused(_("Give these filters a name."), "name")
    return name


def _store(found: SavedFilter) -> SavedFilter:
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError as error:
        words = _("You have filters with this name for this list already.")
        raise Refused(words, "name") from error
    return found
