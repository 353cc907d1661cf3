# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about breaches: what stands in the register, and what is still missing there."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dijkring.incidents.guides import NO, YES
from dijkring.incidents.models import (
    Breach,
    BreachLetter,
    BreachRisk,
    Incident,
    Significance,
    Submission,
)
from dijkring.incidents.selectors import clocks

AUTHORITY, SUBJECTS = "avg.authority", clocks.SUBJECTS
UNLIKELY, RISK, HIGH = "unlikely", "risk", "high"
# Parts of one line, read in a fixed number of queries.
PARTS = (*clocks.PARTS, "breach__letters", "weighings__risk")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: the incident, and what was decided and told about it."""

    incident: Incident
    breach: Breach | None
    weighing: Significance | None
    authority: Submission | None
    letters: tuple[BreachLetter, ...]

    @property
    def level(self) -> str:
        """How high the risk was judged; empty when it was not."""
        return level_of(self.weighing)

    @property
    def risk(self) -> BreachRisk | None:
        """The criteria of the weighing that counts, if it was made on them."""
        return getattr(self.weighing, "risk", None) if self.weighing else None

    @property
    def told(self) -> int:
        """How many persons concerned were told."""
        return sum(one.count for one in self.letters)


def level_of(weighing: Significance | None) -> str:
    """Return how high a weighing for the AVG holds the risk: unlikely, risk, high or nothing."""
    if weighing is None:
        return ""
    if weighing.answers.get("high_risk") == YES:
        return HIGH
    return RISK if weighing.report or weighing.answers.get("risk") != NO else UNLIKELY


def register(organisation_id: int, *, exercise: bool = False) -> QuerySet[Incident]:
    """Return what the register holds: what has an entry or touches personal data, newest first."""
    rows = Incident.objects.filter(organisation_id=organisation_id, exercise=exercise)
    rows = rows.filter(Q(breach__isnull=False) | Q(personal_data=Incident.Known.YES))
    return rows.select_related("breach", "owner").prefetch_related(*PARTS)


def entry(incident: Incident) -> Entry:
    """Return the line of an incident."""
    breach: Breach | None = getattr(incident, "breach", None)
    told = [row for row in incident.submissions.all()
            if row.obligation == AUTHORITY and row.withdrawn_at is None]  # fmt: skip
    return Entry(
        incident,
        breach,
        clocks.decision(incident, clocks.PRIVACY),
        told[0] if told else None,
        tuple(breach.letters.all()) if breach else (),
    )


def missing(one: Entry) -> list[str]:
    """Return what the law asks of an entry and is not there: names of fields, and `risk`, `told`.

    AVG art. 33(5): the facts, the effects and the measures; what is told of them besides is ours.
    """
    breach = one.breach
    if breach is None:
        return ["entry"]
    texts = ("facts", "effects", "measures")
    found = [name for name in texts if not getattr(breach, name).strip()]
    found += [name for name in ("persons", "data") if not getattr(breach, name)]
    if not (breach.confidentiality or breach.integrity or breach.availability):
        found.append("nature")
    if not one.level:
        found.append("risk")
    if one.level == HIGH and not one.letters and not breach.spares_subjects:
        found.append("told")
    return found
