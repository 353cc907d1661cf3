# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guard at start: no process serves or works on a database that does not protect its tables."""

import sys

from dijkring.core import tenancy


def check() -> None:
    """Stop this process with one line per fault when the database is not protected."""
    if found := tenancy.faults():
        lines = "\n".join(f"  {fault}" for fault in found)
        sys.exit(
            "De database is niet beveiligd; er wordt niets gestart.\n"
            f"The database is not protected; nothing is started.\n{lines}"
        )
