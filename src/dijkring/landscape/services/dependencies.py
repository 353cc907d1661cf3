# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping what needs what."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import MOST_IN_A_GROUP, Asset, Dependency, DependencyGroup
from dijkring.landscape.services import groups, watching
from dijkring.landscape.services.assets import RIGHT, check_in_use
from dijkring.landscape.services.wanted import (
    DependencyWanted,
    check_dependency,
    check_least,
    rounded,
)


def depend(
    *, actor: Actor, dependent: Asset, needed: Sequence[Asset], wanted: DependencyWanted
) -> list[Dependency]:
    """Say that one asset needs others, all in the same way; together they can be a group.

    Refused for itself, for a second time, and for a group of 3 of 2. A circle is no mistake: two
    systems may well need each other.
    """
    actor.require(RIGHT)
    if not 1 <= len(needed) <= MOST_IN_A_GROUP:
        raise Refused(_("Choose at least one, and at most %(most)d.") % {"most": MOST_IN_A_GROUP})
    check_dependency(wanted)
    made = []
    for one in needed:
        _check_ends(actor, dependent, one)
        new = Dependency(
            organisation_id=actor.organisation_id,
            dependent=dependent,
            needed=one,
            added_at=clock.now(),
        )
        made.append(_fill(new, wanted))
    _settle(made[0].group, wanted.least)
    watching.changed(actor.organisation_id)
    return made


def _check_ends(actor: Actor, dependent: Asset, needed: Asset) -> None:
    for one in (dependent, needed):
        if one.organisation_id != actor.organisation_id:
            raise Refused(_("Choose something from your own landscape."), "needed")
        check_in_use(one)
    if dependent.pk == needed.pk:
        raise Refused(_("Nothing can need itself."), "needed")
    if Dependency.objects.filter(dependent=dependent, needed=needed, ended_at=None).exists():
        raise Refused(_("This dependency is there already."), "needed")


def change(*, actor: Actor, dependency: Dependency, wanted: DependencyWanted) -> Dependency:
    """Change how one asset needs another."""
    actor.require(RIGHT)
    _check_current(dependency)
    check_dependency(wanted)
    before = dependency.group
    _fill(dependency, wanted)
    _settle(dependency.group, wanted.least)
    if before is not None and before != dependency.group:
        groups.check_enough(before)
    watching.changed(actor.organisation_id)
    return dependency


def _fill(dependency: Dependency, wanted: DependencyWanted) -> Dependency:
    dependency.kind = wanted.kind
    dependency.group = None
    if wanted.kind == Dependency.Kind.GROUP:
        dependency.group = groups.named(dependency.dependent, wanted.group)
    dependency.delay_hours, dependency.since = rounded(wanted.delay_hours), wanted.since
    dependency.source, dependency.note = wanted.source.strip(), wanted.note.strip()
    dependency.confirmed_on = wanted.confirmed_on
    dependency.save()
    return dependency


def _settle(group: DependencyGroup | None, least: int | None) -> None:
    """Let a group need so many, when all of it is there."""
    if group is None:
        return
    if least is not None and least != group.needed:
        group.needed = least
        group.save(update_fields=["needed"])
    groups.check_enough(group)


def end(*, actor: Actor, dependency: Dependency, reason: str) -> Dependency:
    """End a dependency, with a reason; it can be put back."""
    actor.require(RIGHT)
    _check_current(dependency)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    if dependency.group is not None:
        groups.check_enough(dependency.group, without=1)
    tenancy.note_reason(reason)
    dependency.ended_at = clock.now()
    dependency.save(update_fields=["ended_at"])
    watching.changed(actor.organisation_id)
    return dependency


def restore(*, actor: Actor, dependency: Dependency) -> Dependency:
    """Put an ended dependency back as it was."""
    actor.require(RIGHT)
    if dependency.ended_at is None:
        raise Refused(_("This dependency is there already."))
    _check_ends(actor, dependency.dependent, dependency.needed)
    dependency.ended_at = None
    dependency.save(update_fields=["ended_at"])
    watching.changed(actor.organisation_id)
    return dependency


def change_group(*, actor: Actor, group: DependencyGroup, name: str, least: int) -> DependencyGroup:
    """Change the name of a group and how many of it must work."""
    actor.require(RIGHT)
    title = " ".join(name.split())
    if not title:
        raise Refused(_("Give it a name."), "name")
    same = DependencyGroup.objects.filter(asset=group.asset, name=title).exclude(pk=group.pk)
    if same.exists():
        raise Refused(_("There is a group with this name already."), "name")
    check_least(least)
    group.name, group.needed = title, least
    groups.check_enough(group)
    group.save(update_fields=["name", "needed"])
    watching.changed(actor.organisation_id)
    return group


def _check_current(dependency: Dependency) -> None:
    if dependency.ended_at is not None:
        raise Refused(_("This dependency has ended."))
