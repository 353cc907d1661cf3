# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The names of an organisation on the internet and what belongs to them."""

from dijkring.surface.models.domains import FLOW, Domain
from dijkring.surface.models.scores import ScoreDay

__all__ = ["FLOW", "Domain", "ScoreDay"]
