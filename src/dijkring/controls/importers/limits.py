# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much an import file may ask of us; a real framework stays far below each bound."""

from dijkring.documents.reading.limits import MAX_BYTES, MAX_REMARKS

__all__ = ["MAX_BYTES", "MAX_REMARKS"]

MAX_NODES = 500_000
MAX_DEPTH = 64
MAX_ALIASES = 100

MAX_FRAMEWORK_ID = 60
MAX_VERSION = 40
MAX_SOURCE = 500
MAX_ISSUER = 200
MAX_REF = 100
MAX_TITLE = 1_000
MAX_TEXT = 40_000
MAX_REQUIREMENTS = 20_000
MAX_ITEMS = 50_000
MAX_TREE_DEPTH = 20
