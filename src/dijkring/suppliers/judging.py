# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register says of each supplier and contract on a day, as states with their reasons.

Pass, fail, not measured and not applicable, as everywhere: what is not known is never good.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from dijkring.evidence.services.rounds import Observation
from dijkring.suppliers import facts
from dijkring.suppliers.models import (
    AssuranceReport,
    Contract,
    Known,
    ProcessingAgreement,
    Review,
    Supplier,
    Tier,
)

YEAR = timedelta(days=366)
Words = tuple[str, str]


class Register(NamedTuple):
    """All suppliers in use with what hangs on them, read at once."""

    suppliers: Sequence[Supplier]
    contracts: dict[int, list[Contract]]
    reviews: dict[int, list[Review]]
    reports: dict[int, list[AssuranceReport]]
    agreements: dict[int, list[ProcessingAgreement]]


def observations(register: Register, day: date) -> list[Observation]:
    """Return what there is to say of every supplier and contract on a day."""
    found = [one for supplier in register.suppliers for one in _of(supplier, register, day)]
    if not any(one.kind == facts.EXIT for one in found):
        text = ("Er staat geen lopend contract in het register.", "No running contract is known.")
        found.append(_seen(facts.EXIT, facts.MEMBER, "not_measured", text))
    return found


def _of(supplier: Supplier, register: Register, day: date) -> Iterable[Observation]:
    contracts = register.contracts.get(supplier.pk, [])
    yield contract_known(supplier, contracts, day)
    for contract in contracts:
        if contract.runs(day):
            yield exit_known(supplier, contract)
    yield reviewed(supplier, register.reviews.get(supplier.pk, []), day)
    yield assured(supplier, register.reports.get(supplier.pk, []), day)
    yield agreed(supplier, register.agreements.get(supplier.pk, []), day)


def contract_known(supplier: Supplier, contracts: Sequence[Contract], day: date) -> Observation:
    """Tell whether a contract with a supplier runs; none known at all is not measured."""
    if any(one.runs(day) for one in contracts):
        state, text = "pass", ("Er loopt een contract.", "A contract runs.")
    elif contracts:
        state, text = (
            "fail",
            (
                "Alle bekende contracten zijn afgelopen of nog niet begonnen.",
                "All known contracts have ended or have not begun.",
            ),
        )
    else:
        state, text = "not_measured", ("Er is geen contract bekend.", "No contract is known.")
    return _seen(facts.CONTRACT, supplier.name, state, text)


def exit_known(supplier: Supplier, contract: Contract) -> Observation:
    """Tell whether it is written down how we leave a contract (BIO2 5.20.06)."""
    state, text = "pass", ("Er staat hoe wij vertrekken.", "It says how we leave.")
    if not contract.has_exit:
        state, text = (
            "fail",
            (
                "Er staat niet hoe wij vertrekken: geen woorden en geen document.",
                "It does not say how we leave: no words and no document.",
            ),
        )
    return _seen(facts.EXIT, f"{supplier.name}: {contract.name}", state, text)


def reviewed(supplier: Supplier, reviews: Sequence[Review], day: date) -> Observation:
    """Tell whether a supplier was reviewed in the last year (BIO2 5.22.01)."""
    last = max(reviews, key=lambda one: (one.on, one.pk), default=None)
    if last is None:
        new = supplier.added_at.date() + YEAR >= day
        state = "not_measured" if new else "fail"
        text = ("Nog nooit beoordeeld.", "Never reviewed yet.")
    elif last.on + YEAR < day:
        state = "fail"
        text = (f"Het laatst beoordeeld op {last.on}.", f"Last reviewed on {last.on}.")
    elif last.verdict == Review.Verdict.BAD:
        state = "fail"
        text = (f"Op {last.on} niet in orde bevonden.", f"Found not in order on {last.on}.")
    else:
        state, text = "pass", (f"Beoordeeld op {last.on}.", f"Reviewed on {last.on}.")
    return _seen(facts.REVIEW, supplier.name, state, text)


def assured(supplier: Supplier, reports: Sequence[AssuranceReport], day: date) -> Observation:
    """Tell whether an assurance report is valid; an ordinary supplier need not have one."""
    latest = max((one.until_on for one in reports), default=None)
    if latest is not None and latest >= day:
        state, text = "pass", (f"Geldig tot {latest}.", f"Valid until {latest}.")
    elif latest is not None:
        state, text = "fail", (f"Verlopen op {latest}.", f"Expired on {latest}.")
    elif supplier.tier in (Tier.CRITICAL, Tier.IMPORTANT):
        state, text = "fail", ("Er is geen rapport bekend.", "No report is known.")
    elif supplier.tier == Tier.ORDINARY:
        state, text = (
            "not_applicable",
            (
                "Een gewone leverancier hoeft geen rapport te hebben.",
                "An ordinary supplier need not have a report.",
            ),
        )
    else:
        state, text = (
            "not_measured",
            (
                "Er is geen rapport bekend, en het niveau ook niet.",
                "No report is known, and neither is the level.",
            ),
        )
    return _seen(facts.ASSURANCE, supplier.name, state, text)


def agreed(supplier: Supplier, rows: Sequence[ProcessingAgreement], day: date) -> Observation:
    """Tell whether who processes personal data has an agreement (GDPR art. 28(3))."""
    valid = any(one.until is None or one.until >= day for one in rows if one.signed_on)
    if valid:
        state, text = "pass", ("Er is een overeenkomst die geldt.", "An agreement is valid.")
    elif supplier.personal_data == Known.YES:
        state, text = "fail", ("Er is geen overeenkomst die geldt.", "No agreement is valid.")
    elif supplier.personal_data == Known.NO:
        state, text = (
            "not_applicable",
            (
                "Verwerkt geen persoonsgegevens voor ons.",
                "Processes no personal data for us.",
            ),
        )
    else:
        state, text = (
            "not_measured",
            (
                "Niemand heeft gezegd of deze leverancier persoonsgegevens verwerkt.",
                "Nobody has said whether this supplier processes personal data.",
            ),
        )
    return _seen(facts.PROCESSING, supplier.name, state, text)


def _seen(kind: str, subject: str, state: str, text: Words) -> Observation:
    detail: dict[str, Any] = {"text": {"nl": text[0], "en": text[1]}}
    return Observation(kind, subject[:300], state, detail)
