# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring worker`: carries out jobs; more of them on more machines share one queue."""

import argparse

from dijkring.cli import manage

HELP = "carry out jobs until Ctrl-C; start more of them to grow"
PASS_THROUGH = True


def run(args: argparse.Namespace) -> int:
    """Run the management command `worker` with the same options."""
    return manage.run(argparse.Namespace(rest=["worker", *args.rest]))
