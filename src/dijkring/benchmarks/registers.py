# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long it takes to look at a register of many judgements that comes back as a sheet."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice, product
from typing import Any

import openpyxl
from django.db import transaction

from dijkring.benchmarks.onboarding import measured, same, working
from dijkring.controls.models import Requirement
from dijkring.core import clock, registers
from dijkring.core.access import Actor
from dijkring.evidence.models import Judgement
from dijkring.evidence.services import scopes
from dijkring.organisations.models import Organisation
from dijkring.portability.models import Transfer
from dijkring.portability.services import registers as services

JUDGEMENTS = 5_000
BUDGET = 5.0
LINES = ("owner", "ciso", "audit")


def run(tell: Callable[[str], None], count: int = JUDGEMENTS) -> dict[str, object]:
    """Take a register along, change it and look at it again; returns seconds and queries.

    As many changed lines as are tried beforehand make the slowest look.
    """
    organisation = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)[0]
    with working(organisation.pk) as actor:
        tell(f"{count} judgements")
        fill(actor, count)
        found = figures(actor, count, tell)
        transaction.set_rollback(True)
    return found


def fill(actor: Actor, count: int) -> None:
    """Write judgements on every leaf, layer and line, for as many systems as that takes."""
    now, rows = clock.now(), []
    for requirement, layer, line, scope in places(actor, count):
        rows.append(
            Judgement(
                organisation_id=actor.organisation_id,
                requirement=requirement,
                scope=scope,
                layer=layer,
                line=line,
                verdict="partly",
                reason="Toelichting zoals iemand die schrijft, een zin of twee lang.",
                judged_at=now,
                valid_until=now + timedelta(days=300),
            )
        )
    Judgement.objects.bulk_create(rows, batch_size=1000)
    same(len(rows), count)


def places(actor: Actor, count: int) -> Iterator[tuple[Requirement, str, str, Any]]:
    leaves = list(Requirement.objects.filter(framework__key="bio2", leaf=True))
    each = [(leaf, layer, line) for leaf, line in product(leaves, LINES) for layer in leaf.layers]
    for place in range(count):
        if place % len(each) == 0:
            name = f"Systeem {place // len(each)}"
            scope = scopes.add(actor=actor, kind="system", name=name)
        yield *each[place % len(each)], scope


def figures(actor: Actor, count: int, tell: Callable[[str], None]) -> dict[str, object]:
    register = registers.get("judgements")
    if register is None:
        raise RuntimeError("there is no register of judgements")
    tell("taking the register along")
    writing, _queries, body = measured(
        lambda: services.export(actor=actor, register=register, kind="xlsx")
    )
    found: dict[str, object] = {
        "judgements": count, "bytes": len(body), "export_seconds": round(writing, 2),
        "budget_seconds": BUDGET,
    }  # fmt: skip
    for name, lines in (("untouched", 0), ("tried", services.MOST_TRIED), ("all", count)):
        tell(f"looking at it with {lines} changed lines")
        back = kept(actor, register, changed(body, lines))
        look = lambda back=back: services.preview(actor=actor, transfer=back)  # noqa: E731
        seconds, queries, entries = measured(look)
        same(sum(one.kind == "changed" for one in entries), lines)
        found |= {f"{name}_seconds": round(seconds, 2), f"{name}_queries": queries}
        found["within_budget"] = bool(found.get("within_budget", True)) and seconds <= BUDGET
    return found


def kept(actor: Actor, register: registers.Register, body: bytes) -> Transfer:
    return services.keep(actor=actor, register=register, name="terug.xlsx", chunks=[body])


def changed(body: bytes, lines: int) -> bytes:
    """Give the first lines another verdict, as a spreadsheet would."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    page = book.worksheets[0]
    rows = iter(page.iter_rows())
    head = next(row for row in rows if row[0].value == "id")
    place = [str(cell.value).casefold() for cell in head].index("oordeel")
    for row in islice(rows, lines):
        row[place].value = "voldaan"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
