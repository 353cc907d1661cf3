# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The random secrets of one installation, in one file that only its owner may read."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from dijkring.cli.errors import UserError

FILE_NAME = "secrets.json"


@dataclass(frozen=True)
class Secrets:
    secret_key: str
    superuser_password: str
    owner_password: str
    app_password: str


def load_or_create(home: Path) -> Secrets:
    """Read `secrets.json` in the data folder, or make it with mode 0600."""
    path = home / FILE_NAME
    if not path.exists():
        create(path)
    try:
        return Secrets(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise UserError(
            f"{path} is beschadigd; zet het terug uit uw reservekopie.",
            f"{path} is damaged; restore it from your backup.",
        ) from error


def create(path: Path) -> None:
    """Write fresh secrets; whoever comes second keeps those of the first."""
    fresh = Secrets(
        secret_key=secrets.token_urlsafe(50),
        superuser_password=secrets.token_urlsafe(32),
        owner_password=secrets.token_urlsafe(32),
        app_password=secrets.token_urlsafe(32),
    )
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        json.dump(asdict(fresh), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
