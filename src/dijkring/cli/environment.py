# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a command needs to know of this installation, given to it in environment variables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dijkring.cli import embedded
from dijkring.cli.embedded import Database
from dijkring.cli.embedded.secrets_file import load_or_create

SETTINGS_MODULE = "dijkring.config.settings"


def home() -> Path:
    """Return the data folder, DIJKRING_HOME or `./.dijkring`, as an absolute path."""
    return Path(os.environ.get("DIJKRING_HOME") or ".dijkring").expanduser().resolve()


def external() -> bool:
    """Tell whether the operator named a database server; then the embedded one stays out."""
    return bool(os.environ.get("DATABASE_URL"))


def variables(home: Path, database: Database | None) -> dict[str, str]:
    """Return the environment of a command; what the operator has set goes first."""
    found = {"DIJKRING_HOME": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE}
    if database is not None:
        found |= {"DATABASE_URL": database.app_url, "DATABASE_OWNER_URL": database.owner_url}
    if not os.environ.get("SECRET_KEY"):
        found["SECRET_KEY"] = load_or_create(home).secret_key
    return found


@contextmanager
def installed(*, needs_database: bool = True, as_owner: bool = False) -> Iterator[None]:
    """Give this process the environment of the installation, with a running database if needed.

    A server that already runs is used and left; one that is started here is stopped at the end.
    The owner of the tables may write content; everyone else works as the role of the pages.
    """
    os.umask(0o077)
    if as_owner:
        os.environ.setdefault("DIJKRING_AS_OWNER", "1")
    place = embedded.make_home(home())
    database = None if external() else embedded.attach(place)
    ours = None
    if needs_database and database is None and not external():
        database = ours = embedded.ensure(place, say=lambda line: None)
    os.environ.update(variables(place, database))
    if not as_owner:
        os.environ.pop("DATABASE_OWNER_URL", None)
    try:
        yield
    finally:
        if ours is not None:
            ours.stop()
