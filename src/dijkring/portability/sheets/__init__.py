# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A register as a sheet: how it leaves, and what an edited one says when it comes back."""
