# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What facts, judgements and provisions together say about one requirement.

Everything here is pure: the same input and moment give the same answer. Moments are aware
datetimes, those of the input in UTC; what is valid until a moment is valid before it and
no longer at it.
"""

from dijkring.evidence.standing.facts import subject_state, tally
from dijkring.evidence.standing.requirement import standing
from dijkring.evidence.standing.rules import rule_verdict
from dijkring.evidence.standing.words import (
    LAYERS,
    WORST_FIRST,
    WORST_STATE_FIRST,
    Inputs,
    Judgement,
    Layer,
    LayerStanding,
    Line,
    Note,
    Observed,
    Provision,
    Reason,
    Ref,
    Rule,
    RuleVerdict,
    Source,
    Standing,
    State,
    SubjectState,
    Tally,
    Verdict,
    combine,
    utc,
)

__all__ = [
    "LAYERS",
    "WORST_FIRST",
    "WORST_STATE_FIRST",
    "Inputs",
    "Judgement",
    "Layer",
    "LayerStanding",
    "Line",
    "Note",
    "Observed",
    "Provision",
    "Reason",
    "Ref",
    "Rule",
    "RuleVerdict",
    "Source",
    "Standing",
    "State",
    "SubjectState",
    "Tally",
    "Verdict",
    "combine",
    "rule_verdict",
    "standing",
    "subject_state",
    "tally",
    "utc",
]
