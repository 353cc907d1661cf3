# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads sheets from outside (XLSX, ODS, CSV) as rows of text. Needs no database."""

from .problems import Problems, Refused, Remark
from .sheets import read
from .table import Row, Table, column_of, letters

__all__ = ["Problems", "Refused", "Remark", "Row", "Table", "column_of", "letters", "read"]
