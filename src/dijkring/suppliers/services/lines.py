# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping what hangs on a supplier: add, change, take out and put back; ending a contract."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset
from dijkring.suppliers import sovereignty
from dijkring.suppliers.lines import LineKind, Values, kind_of
from dijkring.suppliers.models import (
    Contract,
    ContractAsset,
    ParentCompany,
    Review,
    SovereigntyAssessment,
    Supplier,
    SupplierLine,
)
from dijkring.suppliers.services import law, watching
from dijkring.suppliers.services.suppliers import check_country, check_in_use

MOST_ASSETS = 500


def add(*, actor: Actor, supplier: Supplier, kind: LineKind, values: Values) -> SupplierLine:
    """Hang a line on a supplier; Refused, with the field, for what is wrong.

    Of a contract `assets` are ids of what it delivers in the landscape; of an assessment `scores`
    hold level, score and reason per objective.
    """
    actor.require(kind.right)
    check_in_use(supplier)
    line = kind.model(
        organisation_id=actor.organisation_id, supplier=supplier, added_at=clock.now()
    )
    if isinstance(line, Review):
        line.by_id = actor.user_id
    return _write(kind, line, values)


def change(*, actor: Actor, line: SupplierLine, values: Values) -> SupplierLine:
    """Change a line; a review stands as it was given and is taken out instead."""
    kind = kind_of(line)
    actor.require(kind.right)
    if line.removed_at is not None:
        raise Refused(_("This was taken out. Put it back first."))
    if isinstance(line, Review):
        raise Refused(_("A review stands as it was given. Take it out and record a new one."))
    return _write(kind, line, values)


def _write(kind: LineKind, line: SupplierLine, values: Values) -> SupplierLine:
    kind.check(values, clock.today())
    if kind.country:
        check_country(values.get("country") or "", "country")
    for field in kind.fields:
        if field in values:
            setattr(line, field, _tidy(values[field]))
    assets = _known_assets(line, values["assets"]) if "assets" in values else None
    if isinstance(line, SovereigntyAssessment):
        line.scores = _scores(values.get("scores", line.scores))
    _check_name(line)
    line.save()
    if isinstance(line, Contract) and assets is not None:
        _deliver(line, assets)
    if isinstance(line, ParentCompany):
        law.tell(line.supplier)
    watching.observe(line.organisation_id)
    return line


def _check_name(line: SupplierLine) -> None:
    """Raise Refused for a running contract with the name of another of the same supplier."""
    if not isinstance(line, Contract) or line.ended_on is not None:
        return
    same = Contract.objects.filter(supplier=line.supplier, removed_at=None, ended_on=None)
    if same.filter(name__iexact=line.name).exclude(pk=line.pk).exists():
        raise Refused(_("This supplier has one with this name already."), "name")


def _tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _scores(given: dict[str, Any]) -> dict[str, Any]:
    """Return the scores per objective, without what is not known."""
    kept: dict[str, Any] = {}
    for objective in sovereignty.objectives():
        row = given.get(objective.id) or {}
        known = {
            key: row[key] for key in ("seal", "score", "why") if row.get(key) not in (None, "")
        }
        _check_range(known.get("seal"), sovereignty.TOP_LEVEL, f"seal_{objective.id}")
        _check_range(known.get("score"), sovereignty.FULL, f"score_{objective.id}")
        if known:
            kept[objective.id] = known
    return kept


def _check_range(value: Any, top: int, field: str) -> None:
    if value is not None and not (isinstance(value, int) and 0 <= value <= top):
        raise Refused(_("Give a number from 0 to %(top)d.") % {"top": top}, field)


def _known_assets(line: SupplierLine, wanted: Iterable[int]) -> set[int]:
    """Return the ids of what a contract delivers; Refused for what is not in our landscape."""
    ids = set(wanted)
    if len(ids) > MOST_ASSETS:
        raise Refused(_("Choose at most %(most)d.") % {"most": MOST_ASSETS}, "assets")
    rows = Asset.objects.filter(organisation_id=line.organisation_id, pk__in=ids)
    if rows.count() != len(ids):
        raise Refused(_("Choose from your own landscape."), "assets")
    return ids


def _deliver(contract: Contract, ids: set[int]) -> None:
    there = set(contract.deliveries.values_list("asset_id", flat=True))
    contract.deliveries.filter(asset_id__in=there - ids).delete()
    ContractAsset.objects.bulk_create(
        ContractAsset(organisation_id=contract.organisation_id, contract=contract, asset_id=one)
        for one in sorted(ids - there)
    )


def take_out(*, actor: Actor, line: SupplierLine, reason: str) -> None:
    """Take a line out, with a reason; it can be put back."""
    actor.require(kind_of(line).right)
    if line.removed_at is not None:
        raise Refused(_("This was taken out already."))
    _note(reason)
    line.removed_at = clock.now()
    line.save(update_fields=["removed_at"])
    if isinstance(line, ParentCompany):
        law.tell(line.supplier)
    watching.observe(actor.organisation_id)


def put_back(*, actor: Actor, line: SupplierLine, reason: str) -> None:
    """Put back what was taken out."""
    actor.require(kind_of(line).right)
    if line.removed_at is None:
        raise Refused(_("This is in use already."))
    _note(reason)
    _check_name(line)
    line.removed_at = None
    line.save(update_fields=["removed_at"])
    if isinstance(line, ParentCompany):
        law.tell(line.supplier)
    watching.observe(actor.organisation_id)


def end_contract(*, actor: Actor, contract: Contract, on: date, reason: str) -> Contract:
    """Say on which day a contract really ends or ended."""
    actor.require(kind_of(contract).right)
    if contract.ended_on is not None:
        raise Refused(_("This contract has been ended already."))
    if contract.starts_on and on < contract.starts_on:
        raise Refused(_("This day comes before the first one."), "on")
    _note(reason)
    contract.ended_on = on
    contract.save(update_fields=["ended_on"])
    watching.observe(actor.organisation_id)
    return contract


def _note(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
