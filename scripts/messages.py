# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keep the Dutch catalogue: `extract` adds what is new, `check` says what lacks, and `compile`."""

import argparse
import sys

from django.conf import settings

from dijkring.ui import messages


def main() -> int:
    """Do one of the three; 1 when the check finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["extract", "check", "compile"])
    verb = parser.parse_args().verb
    settings.configure(USE_I18N=False)
    if verb == "extract":
        print(f"{messages.add_missing()} added to {messages.CATALOGUE}")
    elif verb == "compile":
        print(f"{len(messages.compile_catalogues())} compiled")
    else:
        faults = messages.faults()
        print("\n".join(faults) or "nothing is missing")
        return 1 if faults else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
