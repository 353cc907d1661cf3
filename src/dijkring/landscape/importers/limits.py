# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a file may ask of us; a real landscape or list of parts stays below each bound."""

from dijkring.documents.reading.limits import MAX_BYTES, MAX_REMARKS

__all__ = ["MAX_BYTES", "MAX_REMARKS"]

MAX_NODES = 400_000
MAX_DEPTH = 64
MAX_SIGNS = 4_000_000
MAX_ASSETS = 20_000
MAX_DEPENDENCIES = 100_000
MAX_STEPS = 2_000_000
MAX_COMPONENTS = 50_000

MAX_KEY = 200
MAX_NAME = 200
MAX_TEXT = 10_000
MAX_VALUE = 2_000
MAX_VERSION = 100
MAX_PURL = 500
MAX_LICENCE = 300
