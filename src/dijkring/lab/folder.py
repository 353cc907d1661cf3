# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice internet keeps on disk, and how commands and a running lab meet there."""

import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from dijkring.lab.errors import LabError


@dataclass
class State:
    """What was changed since the scenario: full defect lists per touched name, and TXT records."""

    version: int = 1
    defects: dict[str, list[str]] = field(default_factory=dict)
    txt: dict[str, list[str]] = field(default_factory=dict)


class Folder:
    """The folder of one practice internet; every file is replaced in one move."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._held: IO[str] | None = None

    @property
    def address_map(self) -> Path:
        """JSON object from lab address and port to loopback address and port."""
        return self.path / "address-map.json"

    @property
    def certificates(self) -> Path:
        """Where the certificate authorities and the servers' certificates are kept."""
        return self.path / "certificates"

    def create(self) -> None:
        """Make the folder, readable by its owner only; LabError when that cannot be done."""
        try:
            self.certificates.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700)
        except OSError as error:
            raise LabError(
                f"De map {self.path} is niet te maken: {error.strerror}.",
                "The folder cannot be made.",
            ) from error

    def read(self, name: str) -> dict[str, Any]:
        """A JSON object from the folder; empty when absent or unreadable."""
        try:
            found = json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, name: str, data: dict[str, Any]) -> None:
        """Replace a JSON file in the folder."""
        self.write_text(name, json.dumps(data, indent=1, ensure_ascii=False, default=str))

    def write_text(self, name: str, text: str) -> None:
        """Replace a file in the folder in one move, so that no reader sees half of it."""
        target = self.path / name
        draft = target.with_name(f"{name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            draft.write_text(text, encoding="utf-8")
            draft.replace(target)
        except OSError as error:
            raise LabError(
                f"{target} is niet te schrijven: {error.strerror}.",
                "The file cannot be written.",
            ) from error

    def seed(self) -> bytes:
        """The secret from which all DNSSEC keys of this folder follow; made on first use."""
        kept = str(self.read("seed.json").get("seed", ""))
        if len(kept) != 64:
            kept = secrets.token_hex(32)
            self.write("seed.json", {"seed": kept})
            (self.path / "seed.json").chmod(0o600)
        return bytes.fromhex(kept)

    def state(self) -> State:
        """The changes made since the scenario."""
        raw = self.read("state.json")
        return State(int(raw.get("version", 1)), raw.get("defects", {}), raw.get("txt", {}))

    def change(self, edit: Callable[[State], None]) -> int:
        """Apply an edit to the state, one writer at a time; returns the new version number."""
        with self._exclusive("state.lock"):
            state = self.state()
            edit(state)
            state.version += 1
            self.write("state.json", vars(state))
            return state.version

    def state_stamp(self) -> tuple[int, int]:
        """Changes whenever the state file is replaced; (0, 0) when there is none."""
        try:
            status = (self.path / "state.json").stat()
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    def hold(self) -> None:
        """Claim the folder for a running lab; LabError when another process has it."""
        held = (self.path / "running.lock").open("w", encoding="utf-8")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            held.close()
            pid = self.read("lab.json").get("pid", "onbekend")
            raise LabError(
                f"Er draait al een oefeninternet in {self.path} (pid {pid}).",
                "A practice internet is running there already.",
            ) from error
        self._held = held

    def release(self) -> None:
        """Give the folder free again."""
        if self._held:
            self._held.close()
            self._held = None

    def running(self) -> dict[str, Any]:
        """The lab.json of the lab that runs here; LabError when none does.

        A lab.json left behind by a killed process is recognised by the lock that nobody holds.
        """
        info = self.read("lab.json")
        if not info or not self._is_held():
            raise LabError(
                f"Er draait geen oefeninternet in {self.path}. Start het met: dijkring lab serve",
                "No practice internet is running there.",
            )
        return info

    def _is_held(self) -> bool:
        try:
            with (self.path / "running.lock").open("r", encoding="utf-8") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    @contextmanager
    def _exclusive(self, name: str) -> Iterator[None]:
        with (self.path / name).open("w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
