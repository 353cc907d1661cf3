# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs of sharing: mandates, agreements, looks, handovers and what happens at an end."""
