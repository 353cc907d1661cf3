# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact of this room: recorded daily, and after every change of the register."""

from datetime import timedelta

from dijkring.evidence.kinds import FactKind, register

SOURCE = "suppliers"
# One member, there since the first supplier: what is not known of the register is not measured.
POPULATION, MEMBER = "suppliers.register", "register"
# Recorded daily; a week leaves room for days on which nothing ran.
VALIDITY = timedelta(days=7)

CONTRACT = "suppliers.contract"
EXIT = "suppliers.exit"
REVIEW = "suppliers.review"
ASSURANCE = "suppliers.assurance"
PROCESSING = "suppliers.processing"
KINDS = (CONTRACT, EXIT, REVIEW, ASSURANCE, PROCESSING)


def _kind(
    id: str,
    subject: str,
    label: tuple[str, str],
    what: tuple[str, str],
    why: tuple[str, str],
    mend: tuple[str, str],
    repair_days: int = 90,
) -> None:
    texts = [{"nl": nl, "en": en} for nl, en in (label, what, why, mend)]
    register(
        FactKind(
            id=id,
            label=texts[0],
            subject_type=subject,
            validity=VALIDITY,
            population=POPULATION,
            what=texts[1],
            why=texts[2],
            mend=texts[3],
            repair_days=repair_days,
        )
    )


_kind(
    CONTRACT,
    "supplier",
    ("Leverancier heeft een lopend contract", "Supplier has a running contract"),
    (
        "Bij elke leverancier in gebruik staat een contract dat nog loopt.",
        "With each supplier in use there is a contract that still runs.",
    ),
    (
        "Zonder contract zijn er geen afspraken over beveiliging, hulp en vertrek.",
        "Without a contract nothing was agreed on security, help and leaving.",
    ),
    (
        "Zet het contract in het register, of voer de leverancier af.",
        "Put the contract in the register, or retire the supplier.",
    ),
)
_kind(
    EXIT,
    "contract",
    ("Contract zegt hoe wij vertrekken", "Contract says how we leave"),
    (
        "Bij elk lopend contract staat hoe wij weggaan: in woorden of als document.",
        "With each running contract it says how we leave: in words or as a document.",
    ),
    (
        "Wie niet weg kan, moet elke prijs en elke voorwaarde aanvaarden.",
        "Who cannot leave has to accept every price and every condition.",
    ),
    (
        "Schrijf op hoe, in hoeveel tijd en met welke hulp u vertrekt, en spreek het af.",
        "Write down how, in what time and with what help you leave, and agree on it.",
    ),
)
_kind(
    REVIEW,
    "supplier",
    ("Leverancier dit jaar beoordeeld", "Supplier reviewed this year"),
    (
        "De proceseigenaar heeft het bewijs van de leverancier korter dan een jaar geleden bekeken "
        "en niet afgekeurd.",
        "The process owner looked at the supplier's evidence less than a year ago and did not "
        "reject it.",
    ),
    (
        "Een certificaat zegt pas iets als iemand leest wat erin staat en wat er ontbreekt.",
        "A certificate says something only when somebody reads what it covers and what it lacks.",
    ),
    (
        "Laat de proceseigenaar de leverancier beoordelen.",
        "Have the process owner review the supplier.",
    ),
    30,
)
_kind(
    ASSURANCE,
    "supplier",
    ("Assurance van de leverancier is geldig", "Assurance of the supplier is valid"),
    (
        "Er is een rapport of certificaat van een onafhankelijke partij dat nog geldt.",
        "There is a report or certificate of an independent party that is still valid.",
    ),
    (
        "Een verlopen rapport zegt niets over vandaag.",
        "A report that has expired says nothing about today.",
    ),
    (
        "Vraag de leverancier om het nieuwe rapport en leg het vast.",
        "Ask the supplier for the new report and record it.",
    ),
)
_kind(
    PROCESSING,
    "supplier",
    ("Verwerkersovereenkomst is er", "Processing agreement is there"),
    (
        "Wie persoonsgegevens voor ons verwerkt, heeft een verwerkersovereenkomst die geldt.",
        "Who processes personal data for us has a processing agreement that is valid.",
    ),
    ("De AVG vraagt dit (artikel 28 lid 3).", "The GDPR asks for this (article 28(3))."),
    ("Sluit de overeenkomst en leg haar vast.", "Conclude the agreement and record it."),
    30,
)
