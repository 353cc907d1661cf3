# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register says of each supplier and contract on a day, as states with their reasons.

Pass, fail, not measured and not applicable, as everywhere: what is not known is never good.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from dijkring.core import clock
from dijkring.core.clock import months_after
from dijkring.evidence.services.rounds import Observation
from dijkring.suppliers import facts, sovereignty
from dijkring.suppliers.models import (
    Alternative,
    AssuranceReport,
    Contract,
    Known,
    ProcessingAgreement,
    Review,
    SovereigntyAssessment,
    SubSupplier,
    Supplier,
    Tier,
)

# In months. A new supplier may be unknown for a quarter; an assessment of a cloud holds three years
# (5.23.01).
YEAR, QUARTER, THREE_YEARS = 12, 3, 36
LEVELS = {
    Tier.CRITICAL: ("Het niveau is bekend: kritiek.", "The level is known: critical."),
    Tier.IMPORTANT: ("Het niveau is bekend: belangrijk.", "The level is known: important."),
    Tier.ORDINARY: ("Het niveau is bekend: gewoon.", "The level is known: ordinary."),
}
MATTERS = (Tier.CRITICAL, Tier.IMPORTANT)
Words = tuple[str, str]


class Register(NamedTuple):
    """All suppliers in use with what hangs on them, read at once."""

    suppliers: Sequence[Supplier]
    contracts: dict[int, list[Contract]]
    reviews: dict[int, list[Review]]
    reports: dict[int, list[AssuranceReport]]
    agreements: dict[int, list[ProcessingAgreement]]
    chain: dict[int, list[SubSupplier]]
    assessments: dict[int, list[SovereigntyAssessment]]
    alternatives: dict[int, list[Alternative]]
    asked: frozenset[int]


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
    yield weighed(supplier, day)
    running = [one for one in contracts if one.runs(day)]
    yield demanded(supplier, running, supplier.pk in register.asked)
    yield chained(supplier, register.chain.get(supplier.pk, []), day)
    yield in_the_cloud(supplier, running, register.assessments.get(supplier.pk, []), day)
    yield replaceable(supplier, register.alternatives.get(supplier.pk, []), day)


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
        new = months_after(clock.day_of(supplier.added_at), YEAR) >= day
        state = "not_measured" if new else "fail"
        text = ("Nog nooit beoordeeld.", "Never reviewed yet.")
    elif months_after(last.on, YEAR) < day:
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
    begun = (one for one in reports if one.from_on is None or one.from_on <= day)
    latest = max((one.until_on for one in begun), default=None)
    if latest is not None and latest >= day:
        state, text = "pass", (f"Geldig tot {latest}.", f"Valid until {latest}.")
    elif latest is not None:
        state, text = "fail", (f"Verlopen op {latest}.", f"Expired on {latest}.")
    elif supplier.tier in (Tier.CRITICAL, Tier.IMPORTANT):
        state, text = "fail", ("Er is geen rapport dat geldt.", "No report is valid.")
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
                "Er is geen rapport dat geldt, en het niveau is niet bekend.",
                "No report is valid, and the level is not known.",
            ),
        )
    return _seen(facts.ASSURANCE, supplier.name, state, text)


def agreed(supplier: Supplier, rows: Sequence[ProcessingAgreement], day: date) -> Observation:
    """Tell whether who processes personal data has an agreement (GDPR art. 28(3))."""
    signed = [one for one in rows if one.signed_on is not None and one.signed_on <= day]
    valid = any(one.until is None or one.until >= day for one in signed)
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


def weighed(supplier: Supplier, day: date) -> Observation:
    """Tell whether it is known how much hangs on a supplier (BIO2 5.21.05)."""
    if supplier.tier:
        state, text = "pass", LEVELS[Tier(supplier.tier)]
    else:
        state = _late(supplier, day)
        text = ("Niemand weet hoeveel ervan afhangt.", "Nobody knows how much hangs on it.")
    return _seen(facts.LEVEL, supplier.name, state, text)


def demanded(supplier: Supplier, running: Sequence[Contract], asked: bool) -> Observation:
    """Tell whether our demands on a supplier are laid down (BIO2 5.19.01)."""
    terms = {one.gibit for one in running}
    ours = terms - {"", Contract.Gibit.THEIRS}
    if ours or asked:
        state, text = "pass", ("Onze eisen staan vast.", "Our demands are laid down.")
    elif supplier.tier == Tier.ORDINARY and supplier.personal_data == Known.NO:
        state, text = (
            "not_applicable",
            (
                "Een gewone leverancier zonder persoonsgegevens.",
                "An ordinary supplier without personal data.",
            ),
        )
    elif Contract.Gibit.THEIRS in terms:
        state, text = (
            "fail",
            (
                "Er gelden alleen voorwaarden van de leverancier.",
                "Only the terms of the supplier hold.",
            ),
        )
    else:
        state, text = "not_measured", ("Geen voorwaarden bekend.", "No terms are known.")
    return _seen(facts.DEMANDS, supplier.name, state, text)


def chained(supplier: Supplier, chain: Sequence[SubSupplier], day: date) -> Observation:
    """Tell whether the sub-suppliers are known and accepted (BIO2 5.21.02)."""
    waiting = [one.name for one in chain if one.accepted_on is None]
    if waiting:
        names = ", ".join(sorted(waiting)[:5])
        state, text = "fail", (f"Niet aanvaard: {names}.", f"Not accepted: {names}.")
    elif chain:
        state, text = "pass", ("Bekend en aanvaard.", "Known and accepted.")
    elif supplier.leans == Known.NO:
        state, text = "pass", ("Leunt voor ons op niemand.", "Leans on nobody to serve us.")
    elif supplier.tier == Tier.ORDINARY:
        state, text = "not_applicable", ("Een gewone leverancier.", "An ordinary supplier.")
    else:
        state = _late(supplier, day) if supplier.tier in MATTERS else "not_measured"
        text = ("Er is geen toeleverancier bekend.", "No sub-supplier is known.")
    return _seen(facts.CHAIN, supplier.name, state, text)


def in_the_cloud(
    supplier: Supplier,
    running: Sequence[Contract],
    assessments: Sequence[SovereigntyAssessment],
    day: date,
) -> Observation:
    """Tell whether a cloud service has an exit, and the sovereignty that we ask (BIO2 5.23.01)."""
    if supplier.cloud == Known.NO:
        state, text = "not_applicable", ("Geen clouddienst.", "No cloud service.")
    elif supplier.cloud != Known.YES:
        state, text = (
            "not_measured",
            (
                "Niemand heeft gezegd of dit een clouddienst is.",
                "Nobody has said whether this is a cloud service.",
            ),
        )
    else:
        lacks = [*_exits(running), *_sovereignty(assessments, day)]
        state, text = "pass", ("Exit en niveau staan vast.", "Exit and level are laid down.")
        if lacks:
            state = "fail"
            text = " ".join(nl for nl, _en in lacks), " ".join(en for _nl, en in lacks)
    return _seen(facts.CLOUD, supplier.name, state, text)


def _exits(running: Sequence[Contract]) -> Iterable[Words]:
    if not running or any(not one.has_exit for one in running):
        yield "Er staat niet hoe wij vertrekken.", "It does not say how we leave."


def _sovereignty(assessments: Sequence[SovereigntyAssessment], day: date) -> Iterable[Words]:
    """Say what lacks of the newest assessment of each service."""
    newest: dict[str, SovereigntyAssessment] = {}
    for one in sorted(assessments, key=lambda one: (one.assessed_on, one.pk)):
        newest[one.service.casefold()] = one
    if not newest:
        yield "Soevereiniteit is niet beoordeeld.", "Sovereignty was not assessed."
    version = next(one for one in sovereignty.versions() if one.lowest)
    for one in newest.values():
        found = sovereignty.outcome(one.scores, version)
        if months_after(one.assessed_on, THREE_YEARS) < day:
            yield f"{one.service}: te lang geleden.", f"{one.service}: too long ago."
        if one.wanted is None:
            yield f"{one.service}: geen gevraagd niveau.", f"{one.service}: no level asked."
        elif found.level is not None and found.level < one.wanted:
            words = f"SEAL-{found.level} < SEAL-{one.wanted}"
            yield f"{one.service}: te laag, {words}.", f"{one.service}: too low, {words}."
        elif not found.level_sure:
            yield (
                f"{one.service}: niet elk doel is beoordeeld.",
                f"{one.service}: not every objective was assessed.",
            )


def replaceable(supplier: Supplier, rows: Sequence[Alternative], day: date) -> Observation:
    """Tell whether somebody looked what could take the place of a critical supplier (5.30.01)."""
    fresh = [
        one for one in rows if months_after(one.looked_on, YEAR) >= day and one.weeks is not None
    ]
    if fresh:
        weeks = min(one.weeks or 0 for one in fresh)
        state, text = "pass", (f"Overstap in {weeks} weken.", f"A move in {weeks} weeks.")
    elif supplier.tier == Tier.CRITICAL:
        state = "fail" if rows else _late(supplier, day)
        text = (
            "Dit jaar is niet gekeken wat in de plaats kan komen.",
            "This year nobody looked what could take its place.",
        )
    elif supplier.tier:
        state, text = "not_applicable", ("Niet kritiek.", "Not critical.")
    else:
        state, text = "not_measured", ("Het niveau is niet bekend.", "The level is not known.")
    return _seen(facts.ALTERNATIVE, supplier.name, state, text)


def _late(supplier: Supplier, day: date) -> str:
    """Return not measured while a supplier is new, and fail after a quarter."""
    known_until = months_after(clock.day_of(supplier.added_at), QUARTER)
    return "not_measured" if known_until >= day else "fail"


def _seen(kind: str, subject: str, state: str, text: Words) -> Observation:
    detail: dict[str, Any] = {"text": {"nl": text[0], "en": text[1]}}
    return Observation(kind, subject[:300], state, detail)
