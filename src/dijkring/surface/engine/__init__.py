# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The measuring engine: looks at domains from outside and judges what it saw. No Django here."""

from dijkring.surface.engine.checks import CHECKS
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.judge import Result, judge
from dijkring.surface.engine.names import parse_domain
from dijkring.surface.engine.observe import measure, measure_sync, observe
from dijkring.surface.engine.run import Options

__all__ = [
    "CHECKS",
    "InputError",
    "Options",
    "Result",
    "judge",
    "measure",
    "measure_sync",
    "observe",
    "parse_domain",
]
