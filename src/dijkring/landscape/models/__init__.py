# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is, what needs what, and what is provided to others."""

from dijkring.landscape.models.assets import (
    MOST_HOURS,
    MOST_LEVELS,
    USUAL_MOST,
    Asset,
    Method,
    Party,
)
from dijkring.landscape.models.components import Component
from dijkring.landscape.models.dependencies import MOST_IN_A_GROUP, Dependency, DependencyGroup
from dijkring.landscape.models.imports import Imported
from dijkring.landscape.models.publications import Publication, ServiceTaker
from dijkring.landscape.models.scenarios import Scenario, ScenarioStart

__all__ = [
    "MOST_HOURS",
    "MOST_IN_A_GROUP",
    "MOST_LEVELS",
    "USUAL_MOST",
    "Asset",
    "Component",
    "Dependency",
    "DependencyGroup",
    "Imported",
    "Method",
    "Party",
    "Publication",
    "Scenario",
    "ScenarioStart",
    "ServiceTaker",
]
