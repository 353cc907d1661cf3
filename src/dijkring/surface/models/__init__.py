# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The names of an organisation on the internet and what belongs to them."""

from dijkring.surface.models.batches import Batch
from dijkring.surface.models.domains import FLOW, Domain, Part
from dijkring.surface.models.imported import GivenScore, Imported
from dijkring.surface.models.lookalikes import Lookalike
from dijkring.surface.models.registrations import CbwDetails, CbwRegistration
from dijkring.surface.models.requests import AnswerSharing, MendRequest, RequestLine
from dijkring.surface.models.scores import ScoreDay
from dijkring.surface.models.systems import Belonging, System
from dijkring.surface.models.world import OptOut, SharedLook, Turn

__all__ = [
    "FLOW",
    "AnswerSharing",
    "Batch",
    "Belonging",
    "CbwDetails",
    "CbwRegistration",
    "Domain",
    "GivenScore",
    "Imported",
    "Lookalike",
    "MendRequest",
    "OptOut",
    "Part",
    "RequestLine",
    "ScoreDay",
    "SharedLook",
    "System",
    "Turn",
]
