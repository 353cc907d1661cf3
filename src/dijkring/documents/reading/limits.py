# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a sheet from outside may ask of us; a real one stays far below each bound."""

MAX_BYTES = 20_000_000
MAX_REMARKS = 200
MAX_ZIP_MEMBERS = 1_000
MAX_ZIP_BYTES = 60_000_000
MAX_ZIP_RATIO = 200
MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAX_CELLS = 500_000
MAX_ELEMENTS = 2_500_000
