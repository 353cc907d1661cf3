# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long the preview of a large file takes, beside looking each line up in the database."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import openpyxl
from django.db import connection, transaction

from dijkring.controls.models import Requirement
from dijkring.core.access import Actor, system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.documents.reading import columns
from dijkring.onboarding.intake import rows
from dijkring.onboarding.intake.kinds import JUDGEMENTS
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services import bringing, files, planning
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member

LINES = 5_000
BUDGET = 5.0


def run(tell: Callable[[str], None], count: int = LINES) -> dict[str, object]:
    """Preview and bring in many judgements; returns seconds, queries and the ratio to the peer.

    The peer reads the same lines and asks the database for each: which requirement, and whether
    this was brought in before.
    """
    organisation = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)[0]
    with working(organisation.pk) as actor:
        refs = list(
            Requirement.objects.filter(framework__key="bio2", leaf=True).values_list(
                "ref", flat=True
            )
        )
        body = workbook(refs, count)
        intake = keep(actor, body)
        tell(f"preview of {count} judgements")
        seconds, queries, plan = measured(lambda: planning.plan(actor=actor, intake=intake))
        tell("the same, looked up line by line")
        peer, peer_queries, found = measured(lambda: line_by_line(actor, intake))
        same(found, len(plan.to_write), count)
        tell("bringing in")
        writing, _queries, _made = measured(lambda: write(actor, intake, plan.mark))
        again = keep(actor, body)
        second, _queries, plan = measured(lambda: planning.plan(actor=actor, intake=again))
        same(plan.counts["unchanged"], count)
        transaction.set_rollback(True)
    return {
        "judgements": count,
        "bytes": len(body),
        "preview_seconds": round(seconds, 2),
        "preview_queries": queries,
        "budget_seconds": BUDGET,
        "within_budget": seconds <= BUDGET,
        "peer_seconds": round(peer, 2),
        "peer_queries": peer_queries,
        "ratio": round(peer / seconds, 1),
        "write_seconds": round(writing, 2),
        "same_file_again_seconds": round(second, 2),
    }


@contextmanager
def working(organisation_id: int) -> Iterator[Actor]:
    """Be Dijkring itself for one organisation, in a transaction."""
    actor = system_actor(organisation_id)
    with transaction_for([organisation_id], actor):
        yield actor


def workbook(refs: list[str], count: int) -> bytes:
    """Make a sheet of verdicts, each about another system."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("GAP")
    page.append(["Nr", "Oordeel", "Toelichting", "Systeem", "Beoordelaar", "Datum"])
    for number in range(count):
        page.append(
            [
                refs[number % len(refs)],
                ("Voldaan", "Deels", "Nee")[number % 3],
                "Toelichting zoals iemand die schrijft, een zin of twee lang.",
                f"systeem {number}",
                "J. Smit",
                "31-12-2025",
            ]
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def keep(actor: Actor, body: bytes) -> Intake:
    return files.keep(actor=actor, kind="judgements", name="gap.xlsx", content=io.BytesIO(body))


def same(*numbers: int) -> None:
    """Stop when what was measured did not do what it should."""
    if len(set(numbers)) != 1:
        raise RuntimeError(f"these should be the same: {numbers}")


def measured(work: Callable[[], Any]) -> tuple[float, int, Any]:
    """Do something; returns seconds, queries and what it gave."""
    asked = [0]

    def counting(execute: Any, *arguments: Any) -> Any:
        asked[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(counting):
        began = time.perf_counter()
        found = work()
        seconds = time.perf_counter() - began
    return seconds, asked[0], found


def line_by_line(actor: Actor, intake: Intake) -> int:
    """Count the new lines with two questions to the database for each."""
    header = columns.header_of(JUDGEMENTS, files.read(intake))
    if header is None:
        raise RuntimeError("the sheet of the benchmark has no header")
    choice = columns.Choice(
        header.table.sheet, header.line, header.depth, columns.guess(JUDGEMENTS, header)
    )
    return sum(is_new(actor, one) for one in rows.rows(JUDGEMENTS, header, choice))


def is_new(actor: Actor, one: rows.Read) -> bool:
    ref = one.values["ref"]
    found = Requirement.objects.select_related("framework").get(framework__key="bio2", ref=ref)
    key = f"{found.framework_id}:{found.ref}|bio2:{ref}|{one.values['about']}"
    return not Brought.objects.filter(
        organisation_id=actor.organisation_id, kind="judgements", key=key, until=None
    ).exists()


def write(actor: Actor, intake: Intake, mark: str) -> None:
    """Bring in everything, as the job does."""
    user = User.objects.create(email="bench@example.org", name="Bench")
    add_member(organisation_id=actor.organisation_id, user=user, role="ciso")
    intake.uploaded_by, intake.counts = user, {"mark": mark}
    intake.state = Intake.State.RUNNING
    intake.save()
    bringing.carry_out(intake=intake)
