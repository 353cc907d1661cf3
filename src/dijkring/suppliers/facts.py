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
LEVEL = "suppliers.level"
DEMANDS = "suppliers.demands"
CHAIN = "suppliers.chain"
CLOUD = "suppliers.cloud"
ALTERNATIVE = "suppliers.alternative"
KINDS = (
    CONTRACT, EXIT, REVIEW, ASSURANCE, PROCESSING, LEVEL, DEMANDS, CHAIN, CLOUD, ALTERNATIVE,
)  # fmt: skip


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
_kind(
    LEVEL,
    "supplier",
    ("Niveau van de leverancier is bekend", "Level of the supplier is known"),
    (
        "Van elke leverancier is bekend hoeveel ervan afhangt: kritiek, belangrijk of gewoon.",
        "Of each supplier it is known how much hangs on it: critical, important or ordinary.",
    ),
    (
        "Wie niet weet welke leverancier ertoe doet, kijkt overal even weinig naar.",
        "Who does not know which supplier matters looks at all of them equally little.",
    ),
    (
        "Zet in het landschap wat de leverancier levert en wat daarvan afhangt, of laat de CISO "
        "het niveau bepalen.",
        "Put in the landscape what the supplier delivers and what hangs on it, or let the CISO "
        "decide on the level.",
    ),
)
_kind(
    DEMANDS,
    "supplier",
    ("Eisen aan de leverancier staan vast", "Demands on the supplier are laid down"),
    (
        "In een lopend contract gelden onze inkoopvoorwaarden, of er is een vragenlijst met onze "
        "eisen gestuurd.",
        "Our purchasing terms hold in a running contract, or a questionnaire with our demands was "
        "sent.",
    ),
    (
        "Wie alleen de voorwaarden van de leverancier tekent, kan later nergens om vragen.",
        "Who signs only the terms of the supplier can ask for nothing later.",
    ),
    (
        "Zet bij het contract welke voorwaarden gelden, of stuur een vragenlijst met de eisen.",
        "Put with the contract which terms hold, or send a questionnaire with the demands.",
    ),
)
_kind(
    CHAIN,
    "supplier",
    ("Toeleveranciers bekend en aanvaard", "Sub-suppliers known and accepted"),
    (
        "Van een leverancier die ertoe doet is bekend op wie hij leunt, en dat is aanvaard.",
        "Of a supplier that matters it is known on whom it leans, and we accepted that.",
    ),
    (
        "Een zwakke plek verderop in de keten raakt u ook als u die partij niet kent.",
        "A weakness further down the chain touches you too when you do not know that party.",
    ),
    (
        "Vraag op wie de leverancier leunt, zet hen erbij, en leg vast wanneer u dat aanvaardde.",
        "Ask the supplier on whom it leans, add them, and record when you accepted that.",
    ),
)
_kind(
    CLOUD,
    "supplier",
    ("Clouddienst met exit en gevraagd niveau", "Cloud service with exit and level asked"),
    (
        "Bij elke clouddienst staat hoe wij vertrekken, welk niveau van soevereiniteit wij vragen, "
        "en haalt de dienst dat.",
        "With each cloud service it says how we leave and which level of sovereignty we ask, and "
        "the service meets it.",
    ),
    (
        "Een cloud kiezen, beoordelen en verlaten hoort in het cloudbeleid, en moet gebeuren.",
        "Choosing, assessing and leaving a cloud belongs in the cloud policy, and has to happen.",
    ),
    (
        "Leg de exit vast in het contract, beoordeel de soevereiniteit van de dienst en kies het "
        "niveau dat u ten minste vraagt.",
        "Record the exit in the contract, assess the sovereignty of the service and choose the "
        "level that you ask at least.",
    ),
)
_kind(
    ALTERNATIVE,
    "supplier",
    ("Alternatief voor een kritieke leverancier", "Alternative to a critical supplier"),
    (
        "Voor elke kritieke leverancier is korter dan een jaar geleden gekeken wat in de plaats "
        "kan komen, en hoe lang dat duurt.",
        "For each critical supplier somebody looked less than a year ago what could take its "
        "place, and how long that takes.",
    ),
    (
        "Valt een kritieke leverancier weg, dan is er geen tijd meer om te gaan zoeken.",
        "When a critical supplier falls away there is no time left to begin looking.",
    ),
    (
        "Zet bij de leverancier een alternatief, met het aantal weken dat de overstap kost.",
        "Add an alternative to the supplier, with the number of weeks that the move takes.",
    ),
)
