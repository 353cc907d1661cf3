# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a sheet to rows with meaning: which column is what, and what stands in it. No database."""

from dijkring.documents.reading import columns, dates

__all__ = ["columns", "dates"]
