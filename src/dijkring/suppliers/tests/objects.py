# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A supplier with all that hangs on it, by the real services, for the tests of every page."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.suppliers import demands
from dijkring.suppliers.lines import KINDS
from dijkring.suppliers.models import CountryOfConcern, Inquiry, Supplier, SupplierLine
from dijkring.suppliers.services import autonomy, buying, handing_over, inquiries, lines, suppliers
from dijkring.suppliers.services.inquiries import Wanted as Asked
from dijkring.suppliers.services.suppliers import Wanted

Arguments = dict[str, dict[str, Any]]
CODES = ("CN", "RU", "IR", "KP", "BY", "VN")


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of this room; returns the arguments of each page."""
    supplier = make_supplier(actor, n)
    contract, taken = make_lines(actor, supplier, n)
    return {
        **_same({"pk": supplier.pk}, "supplier", "change", "tier", "retire", "ask"),
        "suppliers:bring_back": {"pk": _retired(actor, n).pk},
        "suppliers:add_line": {"pk": supplier.pk, "kind": "contract"},
        **_same({"kind": "contract", "pk": contract.pk}, "line", "change_line", "take_out"),
        "suppliers:put_back": {"kind": "toezegging", "pk": taken.pk},
        "suppliers:end_contract": {"pk": contract.pk},
        **make_inquiries(actor, supplier),
        **make_buying(actor, n),
        "suppliers:remove_country": {"pk": make_country(actor, n).pk},
        **_same({"what": "answers"}, "share", "stop_sharing"),
    }


def _same(arguments: dict[str, Any], *pages: str) -> Arguments:
    return {f"suppliers:{page}": arguments for page in pages}


def make_supplier(actor: Actor, n: int) -> Supplier:
    """Add a supplier."""
    wanted = Wanted(
        f"Noordersoft {n}",
        kvk=f"{10_000_000 + n}",
        delivers="Zaaksysteem voor alle processen.",
        owner_id=actor.user_id,
        contact="Sam de Boer",
        email="s.deboer@example.org",
        phone="010 123 45 67",
        jurisdiction="NL",
        cloud="yes",
        personal_data="yes",
    )
    return suppliers.add(actor=actor, wanted=wanted)


def _retired(actor: Actor, n: int) -> Supplier:
    found = suppliers.add(actor=actor, wanted=Wanted(f"Vroegersoft {n}"))
    return suppliers.retire(actor=actor, supplier=found, reason="Bestaat niet meer.")


def contract_values(n: int, **more: Any) -> dict[str, Any]:
    """Return what is said of a contract without a way out."""
    day = clock.today()
    return {
        "name": f"Zaaksysteem {n}",
        "gibit": "2020",
        "starts_on": day - timedelta(days=400),
        "ends_on": day + timedelta(days=200),
        "notice_on": day + timedelta(days=20),
        "value": Decimal("48000.00"),
        "assets": [],
        **more,
    }


def add_line(actor: Actor, supplier: Supplier, of: str, /, **values: Any) -> SupplierLine:
    """Hang a line on a supplier."""
    return lines.add(actor=actor, supplier=supplier, kind=KINDS[of], values=values)


def make_lines(actor: Actor, supplier: Supplier, n: int) -> tuple[SupplierLine, SupplierLine]:
    """Hang one line of each kind on a supplier; returns the contract and one taken out."""
    day = clock.today()
    contract = add_line(actor, supplier, "contract", **contract_values(n))
    past, soon = day - timedelta(days=30), day + timedelta(days=30)
    rows: list[tuple[str, dict[str, Any]]] = [
        ("verwerking", {"what": "Gegevens van inwoners", "signed_on": past}),
        ("assurance", {"kind": "isae3402", "scope": "Hosting", "until_on": past}),
        ("beoordeling", {"on": past, "verdict": "points", "seen": "Het rapport."}),
        ("incident", {"on": past, "what": "Storing van een dag", "effect": "Balie dicht"}),
        ("eigenaar", {"place": 1, "name": "Noorder Holding", "country": "US"}),
        ("toeleverancier", {"name": "Datahal Noord", "country": "NL"}),
        ("alternatief", {"name": "Eigen beheer", "kind": "own", "looked_on": past, "weeks": 26}),
        (
            "soevereiniteit",
            {
                "service": "Zaaksysteem",
                "assessed_on": past,
                "source": "Opgave",
                "scores": {"SOV-1": {"seal": 2, "score": 400, "why": "Moeder in de VS"}},
            },
        ),
        ("toezegging", {"kind": "promise", "what": "MFA", "made_on": past, "due_on": soon}),
    ]
    for kind, values in rows:
        add_line(actor, supplier, kind, **values)
    promise = {"kind": "short", "what": "Trage hulp", "made_on": past, "due_on": soon}
    taken = add_line(actor, supplier, "toezegging", **promise)
    lines.take_out(actor=actor, line=taken, reason="Dubbel opgenomen.")
    return contract, taken


def make_inquiries(actor: Actor, supplier: Supplier) -> Arguments:
    """Send two questionnaires, of which one is answered."""
    wanted = Asked(sets=demands.current()[:1], name="Sam de Boer", email="s.deboer@example.org")
    waiting, _token = inquiries.ask(actor=actor, supplier=supplier, wanted=wanted)
    answered, token = inquiries.ask(actor=actor, supplier=supplier, wanted=wanted)
    replies = {row["id"]: ("yes", "Zie bijlage.") for row in answered.demands}
    inquiries.answer(token=token, replies=replies, name="Sam", submit=True, may_travel=True)
    return {
        "suppliers:inquiry": {"pk": answered.pk},
        "suppliers:take_answers": {"pk": supplier.pk, "inquiry_id": answered.pk},
        **_same({"pk": waiting.pk}, "new_link", "withdraw", "mail_link"),
        "suppliers:hand_over": {"pk": answered.pk},
        **_same({"pk": _handed_over(actor, answered).pk}, "accept_answers", "decline_answers"),
    }


def _handed_over(actor: Actor, answered: Inquiry) -> Handover:
    """Let another hand answers over to us, which wait here."""
    others = Organisation.objects.filter(slug__in=("meldpunt", "sluisland"))
    other = others.exclude(pk=actor.organisation_id).order_by("slug")[0]
    with acting_for([other.pk]):
        made = Handover.objects.create(
            organisation=other,
            receiver_id=actor.organisation_id,
            kind=handing_over.KIND,
            payload=handing_over.payload_of(answered),
            made_at=clock.now(),
        )
    inquiries.share(actor=actor, what="answers")
    handovers.take(receiver_id=actor.organisation_id, handover_id=made.pk)
    return made


def make_buying(actor: Actor, n: int) -> Arguments:
    """Plan a purchase, and explain why a standard was not asked for; one was taken out."""
    soon = clock.today() + timedelta(days=60)
    bought = buying.plan(
        actor=actor,
        values={"name": f"Zaaksysteem, ronde {n}", "publish_on": soon, "joint": True},
    )
    kept, taken = (_explained(actor, f"{words} {n}") for words in ("Parkeerapp", "Kiosk"))
    buying.take_out(actor=actor, found=taken, reason="Hoort hier niet.")
    return {
        **_same({"pk": bought.pk}, "procurement", "change_plan"),
        **_same({"pk": kept.pk}, "explanation", "change_explanation", "take_out_explanation"),
        "suppliers:put_back_explanation": {"pk": taken.pk},
    }


def _explained(actor: Actor, what: str) -> Any:
    values = {
        "standard": "IPv6",
        "what": what,
        "reason": "Geen aanbieder kan het.",
        "decided_on": clock.today(),
    }
    return buying.explain(actor=actor, values=values)


def make_country(actor: Actor, n: int) -> CountryOfConcern:
    """Put a country on the list."""
    return autonomy.add_country(
        actor=actor,
        country=CODES[n % len(CODES)],
        source="Dreigingsbeeld statelijke actoren",
        dated_on=date(2025, 7, 15),
    )
