# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Framework importers: every known format, by content, into one pack. Needs no database."""

from dijkring.documents.reading.problems import Refused

from .checks import circular
from .columns import ColumnChoice, parse_choice, propose_columns
from .pack import Mapping, Pack, Place, Remark, Report, Requirement, Rule, Text, WasBecomes
from .reading import read

__all__ = [
    "ColumnChoice", "Mapping", "Pack", "Place", "Refused", "Remark", "Report", "Requirement",
    "Rule", "Text", "WasBecomes", "circular", "parse_choice", "propose_columns", "read",
]  # fmt: skip
