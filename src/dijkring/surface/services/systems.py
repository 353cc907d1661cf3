# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the register of systems: add, change, put names under one, review, retire."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.landscape.services import parties
from dijkring.organisations.services import colleagues
from dijkring.surface import addresses, names
from dijkring.surface.models import Belonging, Domain, Part, System
from dijkring.surface.services import domains, placing

RIGHT = "surface.systems"
MOST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a system; `names` that are not registered yet are registered with it."""

    name: str
    kind: str = System.Kind.WEBSITE
    part: str = Part.OWNER
    owner_id: int | None = None
    supplier: str = ""
    purpose: str = ""
    reviewed_on: date | None = None
    names: Sequence[str] = ()
    addresses: Sequence[str] = ()


def add(*, actor: Actor, wanted: Wanted) -> System:
    """Add a system with what belongs to it; Refused, with the field, for what is wrong."""
    actor.require(RIGHT)
    first = not System.objects.filter(organisation_id=actor.organisation_id).exists()
    system = System(organisation_id=actor.organisation_id, added_at=clock.now())
    touched = _write(actor, system, wanted)
    if first:
        placing.observe_all(actor.organisation_id)
    else:
        placing.observe(actor.organisation_id, touched)
    return system


def change(*, actor: Actor, system: System, wanted: Wanted) -> System:
    """Change a system and what belongs to it; the names it loses are looked at again."""
    actor.require(RIGHT)
    _check_in_use(system)
    placing.observe(actor.organisation_id, _write(actor, system, wanted))
    return system


def _write(actor: Actor, system: System, wanted: Wanted) -> list[Domain]:
    """Write a system; returns the names that stood under it, or do now."""
    _check(actor, system, wanted)
    for field in ("name", "supplier", "purpose"):
        setattr(system, field, " ".join(getattr(wanted, field).split()))
    system.party = parties.named(actor, system.supplier)
    if system.party is not None:
        system.supplier = system.party.name[:120]
    system.kind, system.part = wanted.kind, wanted.part
    system.owner_id, system.reviewed_on = wanted.owner_id, wanted.reviewed_on
    kept = list(dict.fromkeys(addresses.checked(one) for one in wanted.addresses))
    named = [_domain(actor, one, wanted) for one in dict.fromkeys(wanted.names)]
    system.save()
    before = list(Domain.objects.filter(belongings__system=system))
    _belong(system, {one.pk for one in named}, kept)
    return list({one.pk: one for one in (*before, *named)}.values())


def _check(actor: Actor, system: System, wanted: Wanted) -> None:
    if not wanted.name.strip():
        raise Refused(_("Give the system a name."), "name")
    same = System.objects.filter(
        organisation_id=actor.organisation_id,
        retired_at=None,
        name__iexact=" ".join(wanted.name.split()),
    )
    if same.exclude(pk=system.pk).exists():
        raise Refused(_("There is a system with this name already."), "name")
    if wanted.reviewed_on and wanted.reviewed_on > clock.today():
        raise Refused(_("Choose today or a day in the past."), "reviewed_on")
    if len(wanted.names) > MOST or len(wanted.addresses) > MOST:
        raise Refused(_("Give at most %(most)d at once.") % {"most": MOST}, "names")
    _check_owner(actor, system, wanted)


def _check_owner(actor: Actor, system: System, wanted: Wanted) -> None:
    if wanted.owner_id in (None, system.owner_id):
        return
    if wanted.owner_id not in {one.user_id for one in colleagues(actor.organisation_id)}:
        raise Refused(_("Choose a colleague with access."), "owner_id")


def _domain(actor: Actor, name: str, wanted: Wanted) -> Domain:
    """Return the registered name, or register it as what we are to this system."""
    ascii_name = names.checked(name)
    found = domains.current(actor.organisation_id).filter(name=ascii_name).first()
    if found is None:
        found = domains.register_domain(
            actor=actor, name=ascii_name, responsible=wanted.supplier[:120]
        )
        if wanted.part != found.part:
            found.part = wanted.part
            found.save(update_fields=["part"])
    return found


def _belong(system: System, named: set[int], kept: Iterable[str]) -> None:
    rows = list(system.belongings.all())
    wanted = {(pk, "") for pk in named} | {(None, one) for one in kept}
    there = {(row.domain_id, row.address): row for row in rows}
    for key, row in there.items():
        if key not in wanted:
            row.delete()
    for domain_id, address in sorted(wanted - there.keys(), key=str):
        Belonging.objects.create(
            organisation_id=system.organisation_id,
            system=system,
            domain_id=domain_id,
            address=address,
            added_at=clock.now(),
        )


def place(*, actor: Actor, system: System, names: Sequence[Domain]) -> int:
    """Put registered names under a system besides what stands there; returns how many are new."""
    actor.require(RIGHT)
    _check_in_use(system)
    there = set(system.belongings.values_list("domain_id", flat=True))
    new = [one for one in names if one.pk not in there]
    for one in new:
        Belonging.objects.create(
            organisation_id=actor.organisation_id, system=system, domain=one, added_at=clock.now()
        )
    placing.observe(actor.organisation_id, new)
    return len(new)


def review(*, actor: Actor, system: System) -> System:
    """Say that a system was looked at today and stands in the register as it is."""
    actor.require(RIGHT)
    _check_in_use(system)
    system.reviewed_on = clock.today()
    system.save(update_fields=["reviewed_on"])
    placing.observe(actor.organisation_id, Domain.objects.filter(belongings__system=system))
    return system


def retire(*, actor: Actor, system: System, reason: str) -> System:
    """Take a system out of use, with a reason; its names stay registered and measured."""
    actor.require(RIGHT)
    _check_in_use(system)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    system.retired_at = clock.now()
    system.save(update_fields=["retired_at"])
    placing.observe(actor.organisation_id, Domain.objects.filter(belongings__system=system))
    return system


def _check_in_use(system: System) -> None:
    if system.retired_at is not None:
        raise Refused(_("This system is not in use any more."))


def state_part(*, actor: Actor, domain: Domain, part: str) -> Domain:
    """Say what the organisation is to a name: owner, joint owner or customer."""
    actor.require(RIGHT)
    if domain.state == Domain.State.REMOVED:
        raise Refused(_("This domain has been removed already."))
    if part not in Part.values:
        raise Refused(_("Choose what you are from the list."), "part")
    domain.part = part
    domain.save(update_fields=["part"])
    return domain


def leave(leaving: Leaving) -> list[str]:
    """Give the systems of somebody who leaves to the successor, or leave them without owner."""
    rows = System.objects.filter(
        organisation_id=leaving.organisation_id, owner_id=leaving.user_id, retired_at=None
    )
    left = list(Domain.objects.filter(belongings__system__in=rows).distinct())
    moved = rows.update(owner_id=leaving.successor_id)
    placing.observe(leaving.organisation_id, left)
    words = _("Systems on the internet that have no owner now: %(count)d")
    if leaving.successor_id is not None:
        words = _("Systems on the internet handed over: %(count)d")
    return [words % {"count": moved}] if moved else []
