# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the register of suppliers: add, change, decide on the level, retire, bring back."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.leaving import Leaving
from dijkring.landscape.countries import NAMES
from dijkring.landscape.models import Party
from dijkring.organisations.services import colleagues
from dijkring.suppliers.models import Known, Procurement, Supplier, Tier
from dijkring.suppliers.selectors import register
from dijkring.suppliers.services import law, watching

RIGHT, DECIDE = "suppliers.keep", "suppliers.decide"
_TEXTS = ("name", "kvk", "delivers", "contact", "email", "phone")
_KNOWN = ("cloud", "personal_data", "leans")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said of a supplier; empty is not known."""

    name: str
    kvk: str = ""
    delivers: str = ""
    owner_id: int | None = None
    contact: str = ""
    email: str = ""
    phone: str = ""
    jurisdiction: str = ""
    cloud: str = ""
    personal_data: str = ""
    leans: str = ""


def add(*, actor: Actor, wanted: Wanted) -> Supplier:
    """Put a supplier in the register; Refused, with the field, for what is wrong."""
    actor.require(RIGHT)
    supplier = Supplier(organisation_id=actor.organisation_id, added_at=clock.now())
    _write(actor, supplier, wanted)
    watching.observe(actor.organisation_id)
    return supplier


def change(*, actor: Actor, supplier: Supplier, wanted: Wanted) -> Supplier:
    """Change what is said of a supplier."""
    actor.require(RIGHT)
    check_in_use(supplier)
    _write(actor, supplier, wanted)
    watching.observe(actor.organisation_id)
    return supplier


def _write(actor: Actor, supplier: Supplier, wanted: Wanted) -> None:
    _check(actor, supplier, wanted)
    before = supplier.name
    for field in _TEXTS:
        setattr(supplier, field, " ".join(getattr(wanted, field).split()))
    supplier.owner_id, supplier.jurisdiction = wanted.owner_id, wanted.jurisdiction
    for field in _KNOWN:
        setattr(supplier, field, getattr(wanted, field))
    # A party that was renamed there stays the same party.
    if supplier.name != before or supplier.party is None or supplier.party.retired_at:
        supplier.party = _party(supplier)
    supplier.save()
    law.tell(supplier)


def _party(supplier: Supplier) -> Party | None:
    """Return the party of the same name in the landscape."""
    rows = Party.objects.filter(organisation_id=supplier.organisation_id, retired_at=None)
    return rows.filter(name__iexact=supplier.name).first()


def _check(actor: Actor, supplier: Supplier, wanted: Wanted) -> None:
    name = " ".join(wanted.name.split())
    if not name:
        raise Refused(_("Give the supplier a name."), "name")
    same = Supplier.objects.filter(
        organisation_id=actor.organisation_id, retired_at=None, name__iexact=name
    )
    if same.exclude(pk=supplier.pk).exists():
        raise Refused(_("There is a supplier with this name already."), "name")
    if wanted.kvk and not (len(wanted.kvk) == 8 and wanted.kvk.isascii() and wanted.kvk.isdigit()):
        raise Refused(_("A number in the trade register has eight digits."), "kvk")
    check_country(wanted.jurisdiction, "jurisdiction")
    for field in _KNOWN:
        if getattr(wanted, field) not in ("", *Known.values):
            raise Refused(_("Choose from the list."), field)
    check_colleague(actor, wanted.owner_id, supplier.owner_id)


def check_country(code: str, field: str) -> None:
    """Raise Refused for a country that is not known here."""
    if code and code not in NAMES:
        raise Refused(_("This country is not in the list."), field)


def check_colleague(actor: Actor, wanted: int | None, before: int | None) -> None:
    """Raise Refused for an owner without access here."""
    if wanted in (None, before):
        return
    if wanted not in {one.user_id for one in colleagues(actor.organisation_id)}:
        raise Refused(_("Choose a colleague with access."), "owner_id")


def check_in_use(supplier: Supplier) -> None:
    """Raise Refused for a supplier that was retired."""
    if supplier.retired_at is not None:
        raise Refused(_("This supplier is not in use any more. Bring it back first."))


def take_over(*, actor: Actor) -> int:
    """Put everybody who delivers something in the landscape in the register; returns how many."""
    actor.require(RIGHT)
    parties = register.not_in_register(actor.organisation_id)
    Supplier.objects.bulk_create(
        Supplier(
            organisation_id=actor.organisation_id,
            name=party.name,
            party=party,
            jurisdiction=party.jurisdiction,
            added_at=clock.now(),
        )
        for party in parties
    )
    if parties:
        watching.observe(actor.organisation_id)
    return len(parties)


def set_tier(*, actor: Actor, supplier: Supplier, tier: str, reason: str) -> Supplier:
    """Decide on the level of a supplier against what was computed; empty takes that back."""
    actor.require(DECIDE)
    check_in_use(supplier)
    if tier not in ("", *Tier.values):
        raise Refused(_("Choose from the list."), "tier")
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    supplier.tier_set, supplier.tier_reason = tier, reason.strip()[:500] if tier else ""
    supplier.save(update_fields=["tier_set", "tier_reason"])
    watching.observe(actor.organisation_id)
    return supplier


def retire(*, actor: Actor, supplier: Supplier, reason: str) -> Supplier:
    """Take a supplier out of use, with a reason; refused while a contract with it runs."""
    actor.require(RIGHT)
    check_in_use(supplier)
    if any(one.runs(clock.today()) for one in supplier.contracts.filter(removed_at=None)):
        raise Refused(_("A contract with this supplier still runs. End that first."))
    _note(reason)
    supplier.retired_at = clock.now()
    supplier.save(update_fields=["retired_at"])
    watching.observe(actor.organisation_id)
    return supplier


def bring_back(*, actor: Actor, supplier: Supplier, reason: str) -> Supplier:
    """Put a retired supplier back in the register, with all that hung on it."""
    actor.require(RIGHT)
    if supplier.retired_at is None:
        raise Refused(_("This supplier is in use already."))
    same = Supplier.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    if same.filter(name__iexact=supplier.name).exists():
        raise Refused(_("There is a supplier with this name already."))
    _note(reason)
    supplier.retired_at = None
    supplier.save(update_fields=["retired_at"])
    watching.observe(actor.organisation_id)
    return supplier


def _note(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)


def leave(leaving: Leaving) -> list[str]:
    """Give the suppliers and procurements of who leaves to the successor, or leave them without."""
    mine = {"organisation_id": leaving.organisation_id, "owner_id": leaving.user_id}
    moved = Supplier.objects.filter(retired_at=None, **mine).update(owner_id=leaving.successor_id)
    Procurement.objects.filter(**mine).update(owner_id=leaving.successor_id)
    words = _("Suppliers that have no process owner now: %(count)d")
    if leaving.successor_id is not None:
        words = _("Suppliers handed over: %(count)d")
    return [words % {"count": moved}] if moved else []
