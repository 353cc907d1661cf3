# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at other processes, on Linux and macOS, without another package."""

import subprocess
from pathlib import Path


def command_line(pid: int) -> str | None:
    """Return the command line of a living process, or None when there is none with this id."""
    if not Path("/proc/self").exists():
        return command_line_by_ps(pid)
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return None
    # A zombie has an empty command line: it holds nothing any more.
    return raw.replace(b"\0", b" ").decode(errors="replace").strip() or None


def command_line_by_ps(pid: int) -> str | None:
    command = ["/bin/ps", "-p", str(pid), "-o", "command="]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return found.stdout.strip() or None
