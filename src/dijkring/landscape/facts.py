# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is recorded about the landscape as a whole: is it complete, current and strong enough."""

from dataclasses import dataclass
from datetime import timedelta

from dijkring.evidence.kinds import FactKind, register

SOURCE = "landscape"
POPULATION = "landscape.register"
# Looked at each day; a fortnight leaves room for days on which nothing runs.
VALIDITY = timedelta(days=14)

OWNERS = "landscape.owners"
CURRENT = "landscape.current"
CLASSIFIED = "landscape.classified"
OBJECTIVES = "landscape.objectives"
PROMISES = "landscape.promises"
SUPPLIER = "landscape.supplier"
COUNTRY = "landscape.country"


@dataclass(frozen=True, slots=True)
class _Words:
    """What a kind is called, why it matters and how to mend it, in Dutch and English."""

    label: tuple[str, str]
    why: tuple[str, str]
    mend: tuple[str, str]


def _both(words: tuple[str, str]) -> dict[str, str]:
    return {"nl": words[0], "en": words[1]}


def _kind(id: str, words: _Words, repair_days: int, severity: str = "normal") -> None:
    register(
        FactKind(
            id=id,
            label=_both(words.label),
            subject_type="organisation",
            validity=VALIDITY,
            population=POPULATION,
            what=_both(words.label),
            why=_both(words.why),
            mend=_both(words.mend),
            severity=severity,
            # Whoever is filling in the landscape need not be told at once.
            grace=timedelta(days=7),
            repair_days=repair_days,
            level="information",
        )
    )


_kind(
    OWNERS,
    _Words(
        ("Alles in het landschap heeft een eigenaar", "Everything in the landscape has an owner"),
        (
            "Wat van niemand is, onderhoudt niemand en herstelt niemand.",
            "What is nobody's is kept up by nobody and mended by nobody.",
        ),
        (
            "Geef elk genoemd onderdeel een eigenaar.",
            "Give every part that is named an owner.",
        ),
    ),
    60,
)
_kind(
    CURRENT,
    _Words(
        (
            "Het landschap is het afgelopen jaar bevestigd",
            "The landscape was confirmed in the past year",
        ),
        (
            "Een oude lijst stuurt u bij een storing de verkeerde kant op.",
            "An old list sends you the wrong way when something fails.",
        ),
        (
            "Loop de genoemde onderdelen na met hun eigenaar en bevestig ze.",
            "Go through the parts that are named with their owner and confirm them.",
        ),
    ),
    90,
)
_kind(
    CLASSIFIED,
    _Words(
        (
            "Wat informatie draagt, is geclassificeerd",
            "What carries information is classified",
        ),
        (
            "Zonder classificatie is niet te zeggen welke bescherming genoeg is.",
            "Without a classification nobody can say what protection is enough.",
        ),
        (
            "Geef elk genoemd onderdeel een beschikbaarheid, integriteit en vertrouwelijkheid.",
            "Give every part that is named an availability, integrity and confidentiality.",
        ),
    ),
    90,
)
_kind(
    OBJECTIVES,
    _Words(
        (
            "Taken, diensten en processen hebben hersteldoelen",
            "Tasks, services and processes have recovery objectives",
        ),
        (
            "Zonder hersteldoel weet niemand wat na een storing het eerst terug moet.",
            "Without an objective nobody knows what must come back first after a failure.",
        ),
        (
            "Leg per taak, dienst of proces vast hoe lang het gemist kan worden en wanneer het"
            " terug is.",
            "Record for each task, service or process how long it can be missed and when it is"
            " back.",
        ),
    ),
    90,
)
_kind(
    PROMISES,
    _Words(
        (
            "Hersteldoelen zijn waar te maken",
            "Recovery objectives can be kept",
        ),
        (
            "Een dienst die vier uur belooft op iets dat een dag belooft, belooft te veel.",
            "Four hours promised on something that promises a day is promised too much.",
        ),
        (
            "Maak de genoemde beloften gelijk, of maak het genoemde onderdeel minder nodig.",
            "Bring the promises that are named into line, or make the part less needed.",
        ),
    ),
    90,
    "high",
)
_kind(
    SUPPLIER,
    _Words(
        (
            "Geen leverancier draagt te veel wettelijke taken",
            "No supplier carries too many statutory tasks",
        ),
        (
            "Valt die leverancier weg, dan vallen te veel taken tegelijk.",
            "When that supplier is gone, too many tasks fall at once.",
        ),
        (
            "Zoek een tweede weg voor wat nu alleen langs deze leverancier gaat, of aanvaard het"
            " met een reden.",
            "Find a second way for what only this supplier carries, or accept it with a reason.",
        ),
    ),
    180,
)
_kind(
    COUNTRY,
    _Words(
        (
            "Geen ander land draagt te veel wettelijke taken",
            "No other country carries too many statutory tasks",
        ),
        (
            "Een politiek besluit in dat land kan dan te veel taken tegelijk raken.",
            "A political decision in that country can then hit too many tasks at once.",
        ),
        (
            "Zoek een tweede weg onder ander recht, of aanvaard het met een reden.",
            "Find a second way under another law, or accept it with a reason.",
        ),
    ),
    180,
)
