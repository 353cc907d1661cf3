# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of controls."""

from dijkring.controls.services.applicability import (
    approve_applicability,
    carry_applicability,
    decide_applicability,
)
from dijkring.controls.services.fates import Fate, version_before, was_becomes, what_became
from dijkring.controls.services.look_again import list_again, looked_again
from dijkring.controls.services.periods import RefusedPack
from dijkring.controls.services.storing import NEW_VERSION, ImportResult, import_pack

__all__ = [
    "NEW_VERSION",
    "Fate",
    "ImportResult",
    "RefusedPack",
    "approve_applicability",
    "carry_applicability",
    "decide_applicability",
    "import_pack",
    "list_again",
    "looked_again",
    "version_before",
    "was_becomes",
    "what_became",
]
