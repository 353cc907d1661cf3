# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests that look at all rooms at once, and the harness that every test stands on."""
