# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where an organisation stands, as OSCAL 1.2 (NIST) in JSON. Plain Python, without a database."""

from .bundle import documents, packed

__all__ = ["documents", "packed"]
