# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which addresses may be dialled at all; the one list stands in core, for every room that dials."""

from dijkring.core.addresses import (
    DOCUMENTATION,
    NEVER,
    Address,
    Network,
    is_documentation,
    is_public,
    parse_address,
)

__all__ = [
    "DOCUMENTATION",
    "NEVER",
    "Address",
    "Network",
    "is_documentation",
    "is_public",
    "parse_address",
]
