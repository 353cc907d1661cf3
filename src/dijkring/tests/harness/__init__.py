# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What tests stand on: a real database, people, the practice internet and a real browser."""
