# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Readers of files with what others measured or found. Plain Python, no Django, no database.

Every reader takes bytes and gives a `Report`; what is wrong with a file or a line is a remark in
Dutch and English, never an exception.
"""

from . import easm
from .found import FoundName, Report, Score, Told, Unreadable
from .reading import KINDS, read

__all__ = ["KINDS", "FoundName", "Report", "Score", "Told", "Unreadable", "easm", "read"]
