# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts in rounds, judgements, standings and what they rest on. The exact meaning: README.md."""

from dijkring.evidence.models.facts import (
    Fact,
    FailedAttempt,
    PopulationMember,
    Round,
    Tally,
    Withdrawal,
)
from dijkring.evidence.models.judgements import (
    Deviation,
    Judgement,
    JudgementDocument,
    Scope,
    Upload,
)
from dijkring.evidence.models.provisions import Offer, Provision, Publication, Taker
from dijkring.evidence.models.standings import Standing, StandingChange, Summary
from dijkring.evidence.models.words import LAYERS, LINES, STATES, VERDICTS

__all__ = [
    "LAYERS",
    "LINES",
    "STATES",
    "VERDICTS",
    "Deviation",
    "Fact",
    "FailedAttempt",
    "Judgement",
    "JudgementDocument",
    "Offer",
    "PopulationMember",
    "Provision",
    "Publication",
    "Round",
    "Scope",
    "Standing",
    "StandingChange",
    "Summary",
    "Taker",
    "Tally",
    "Upload",
    "Withdrawal",
]
