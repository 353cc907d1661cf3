# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs of identity: set up a provider, come in, demand a second step, seal and break the glass."""
