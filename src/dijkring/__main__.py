# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m dijkring` is the same as `dijkring`."""

import sys

from dijkring.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
