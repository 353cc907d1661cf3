# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What falls when something falls: reckoned exactly, on arrays, without the database."""

from dijkring.landscape.cascade.changes import Change, least_changes
from dijkring.landscape.cascade.conflicts import Conflict, Returns, conflicts, returns
from dijkring.landscape.cascade.graph import Dependencies, Graph, Kind, Unusable, build
from dijkring.landscape.cascade.outcome import Link, Outcome, what_if
from dijkring.landscape.cascade.ranking import Share, concentration, impact, impact_of_sets

__all__ = [
    "Change",
    "Conflict",
    "Dependencies",
    "Graph",
    "Kind",
    "Link",
    "Outcome",
    "Returns",
    "Share",
    "Unusable",
    "build",
    "concentration",
    "conflicts",
    "impact",
    "impact_of_sets",
    "least_changes",
    "returns",
    "what_if",
]
