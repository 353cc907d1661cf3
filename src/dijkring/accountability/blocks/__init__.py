# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report to the council as blocks, in plain Dutch, from stored figures only.

The public part reads `figures` and nothing else; only the annex reads `annex`.
"""

from dijkring.accountability.blocks.annex import GROUND, annex_document
from dijkring.accountability.blocks.public import public_document

__all__ = ["GROUND", "annex_document", "public_document"]
