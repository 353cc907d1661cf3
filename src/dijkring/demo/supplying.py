# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the region keeps of its suppliers, by the same services as the pages."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.suppliers import demands
from dijkring.suppliers.demands import DemandSet
from dijkring.suppliers.lines import KINDS
from dijkring.suppliers.models import Contract, Supplier
from dijkring.suppliers.services import autonomy, buying, inquiries, lines, suppliers, watching
from dijkring.suppliers.services.inquiries import Wanted as Asked
from dijkring.suppliers.services.suppliers import Wanted

CONTENT = Path(__file__).parent / "content" / "suppliers.yaml"
FIRST = "dijkerveen"


@cache
def content() -> dict[str, Any]:
    """Return the suppliers as they are written down; nobody changes them."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


def keep(slug: str) -> None:
    """Let a municipality take over who delivers to it, and record what else it knows."""
    story = content() if slug == FIRST else content()["others"][slug]
    actor, owner = region.in_role(slug, "ciso"), _owner(slug)
    with transaction_for([actor.organisation_id], actor):
        suppliers.take_over(actor=actor)
        for row in story["known"]:
            _know(actor, row, owner)
        for row in story["lines"]:
            _hang(actor, row)
        for row in story.get("countries", ()):
            dated = clock.today() - timedelta(days=row["ago"])
            said = {"country": row["country"], "source": row["source"], "dated_on": dated}
            autonomy.add_country(actor=actor, **said)
        for row in story.get("procurements", ()):
            replaces = Contract.objects.get(
                organisation_id=actor.organisation_id, name=row["replaces"]
            )
            buying.plan(actor=actor, values=_days(row) | {"replaces": replaces})
        for row in story.get("explanations", ()):
            buying.explain(actor=actor, values=_days(row))
        for what in ("answers", "calendar"):
            inquiries.share(actor=actor, what=what)
        watching.reckon(organisation_id=actor.organisation_id)


def _owner(slug: str) -> int | None:
    try:
        return region.in_role(slug, "process_owner").user_id
    except LookupError:
        return region.in_role(slug, "ciso").user_id


def _supplier(actor: Actor, name: str) -> Supplier | None:
    rows = Supplier.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    return rows.filter(name=name).first()


def _know(actor: Actor, row: dict[str, str], owner: int | None) -> None:
    found = _supplier(actor, row["name"])
    country = found.jurisdiction if found else ""
    wanted = Wanted(owner_id=owner, jurisdiction=country, **row)
    if found is None:
        suppliers.add(actor=actor, wanted=wanted)
    else:
        suppliers.change(actor=actor, supplier=found, wanted=wanted)


def _hang(actor: Actor, row: dict[str, Any]) -> None:
    """Hang a line on a supplier; `type` is the kind of a line that has kinds itself."""
    given = _days(row)
    kind, supplier = KINDS[given.pop("kind")], _supplier(actor, given.pop("for"))
    if supplier is None:
        raise LookupError(row["for"])
    if "type" in given:
        given["kind"] = given.pop("type")
    if "value" in given:
        given["value"] = Decimal(given["value"])
    lines.add(actor=actor, supplier=supplier, kind=kind, values=given)


def _days(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its days as dates."""
    return {key: _day(value) for key, value in row.items()}


def _day(value: Any) -> Any:
    if not isinstance(value, dict) or not value.keys() & {"ago", "in"}:
        return value
    by = value.get("in", 0) - value.get("ago", 0)
    found: date = clock.today() + timedelta(days=by)
    return found


def answer() -> None:
    """Let one supplier answer one municipality, so that another can take its answers over."""
    row = content()["answered"]
    inquiry, token = _ask(row)
    replies = {
        one["id"]: (_choice(row, one["id"]), row["words"].get(one["id"], ""))
        for one in inquiry.demands
    }
    inquiries.answer(token=token, replies=replies, name=row["name"], submit=True, may_travel=True)


def _choice(row: dict[str, Any], demand: str) -> str:
    return "partly" if demand in row["partly"] else "yes"


def ask() -> None:
    """Put demands to a supplier that has not answered yet."""
    _ask(content()["asked"])


def _ask(row: dict[str, Any]) -> Any:
    actor = region.in_role(row["by"], "ciso")
    wanted = Asked(sets=_sets(row["sets"]), name=row["name"], days=row.get("days", 30))
    with transaction_for([actor.organisation_id], actor):
        supplier = _supplier(actor, row["supplier"])
        if supplier is None:
            raise LookupError(row["supplier"])
        return inquiries.ask(actor=actor, supplier=supplier, wanted=wanted)


def _sets(packs: list[str]) -> list[DemandSet]:
    return [one for one in demands.current() if one.pack in packs]
