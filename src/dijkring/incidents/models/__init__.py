# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of incidents: what happened, what was known when, and what was told to whom."""

from dijkring.incidents.models.clocks import Awareness, HouseRule, Request, Significance, Submission
from dijkring.incidents.models.incidents import FLOW, Incident, TimelineEntry
from dijkring.incidents.models.watch import WatchRun

__all__ = [
    "FLOW",
    "Awareness",
    "HouseRule",
    "Incident",
    "Request",
    "Significance",
    "Submission",
    "TimelineEntry",
    "WatchRun",
]
