# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Endpoints about facts, judgements and standings."""

from dijkring.evidence.api import facts, judgements, standings

routers = (facts.router, judgements.router, standings.router)
