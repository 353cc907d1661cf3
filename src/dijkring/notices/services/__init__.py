# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs of notices: tell, ask, answer, remind, digest; feeds and preferences."""
