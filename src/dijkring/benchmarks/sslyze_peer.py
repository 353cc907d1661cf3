# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""sslyze beside our own prober: in an environment of its own, made when it is asked for.

It pins another `cryptography` and has another licence, so it never enters ours.
"""

import json
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

PACKAGE = "sslyze==6.3.1"
INSTALL_SECONDS = 300
SCAN_SECONDS = 900


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in a folder, whether it exists or not."""
    return folder / "bin" / "python"


def is_ready(folder: Path) -> bool:
    """Tell whether the environment in this folder has sslyze."""
    python = python_of(folder)
    if not python.exists():
        return False
    told = subprocess.run([python, "-c", "import sslyze"], capture_output=True)  # noqa: S603
    return told.returncode == 0


def install(folder: Path) -> str | None:
    """Make the environment where it is not there yet; None when it works, else why it does not."""
    if is_ready(folder):
        return None
    try:
        venv.create(folder, with_pip=True, clear=True)
        line = [str(python_of(folder)), "-m", "pip", "install", "--quiet", PACKAGE]
        subprocess.run(line, check=True, capture_output=True, timeout=INSTALL_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error).encode()
        return said.decode("utf-8", "replace").strip().splitlines()[-1][:300]
    return None if is_ready(folder) else "sslyze cannot be imported"


def scan(folder: Path, ca_file: str, servers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Let sslyze scan servers (name, address, port, mail): its findings by name, and its cost."""
    script = Path(__file__).with_name("sslyze_scan.py")
    told = subprocess.run(  # noqa: S603
        [python_of(folder), script],
        input=json.dumps({"ca_file": ca_file, "servers": [*servers]}),
        capture_output=True,
        text=True,
        timeout=SCAN_SECONDS,
    )
    if told.returncode:
        sys.stderr.write(told.stderr)
        raise RuntimeError("sslyze failed")
    found: dict[str, Any] = json.loads(told.stdout)
    return found
