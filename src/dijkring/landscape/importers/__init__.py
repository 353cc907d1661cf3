# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Readers of files with a landscape or the parts of a system. Plain Python, no database.

ArchiMate Model Exchange, the native file of Archi, CycloneDX, and sheets. What is wrong with a
file is a remark with its line in Dutch and English, never an exception.
"""

from .found import Asset, Component, Dependency, Report
from .reading import read
from .sheets import Asked

__all__ = ["Asked", "Asset", "Component", "Dependency", "Report", "read"]
