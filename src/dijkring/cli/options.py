# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values that several subcommands read from their options."""

from dijkring.cli.errors import UserError


def port_number(text: str) -> int:
    """Read a port, 1 to 65535; raises UserError, also for a wrong PORT in the environment."""
    if text.strip().isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise UserError(
        f"'{text}' is geen poort; geef een getal van 1 tot en met 65535 in PORT.",
        "not a port; give a number from 1 to 65535 in PORT.",
    )
