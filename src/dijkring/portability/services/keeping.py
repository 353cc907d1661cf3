# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files on their way out or in: kept outside the database, under a name that nobody can guess."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.portability.models import Transfer

KEPT_FOR = timedelta(days=7)


def path_of(transfer: Transfer) -> Path:
    """Return where the file of a transfer is kept."""
    return _folder(transfer.organisation_id) / transfer.key


def _folder(organisation_id: int) -> Path:
    return Path(settings.HOME) / "transfers" / str(organisation_id)


def new(*, actor: Actor, kind: str, state: str, file_name: str, **values: Any) -> Transfer:
    """Record that a file leaves or comes in; old files are taken away on the way."""
    folder = _folder(actor.organisation_id)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    return Transfer.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        state=state,
        file_name=file_name[:200],
        key=secrets.token_hex(16),
        made_by_id=actor.user_id,
        made_at=clock.now(),
        **values,
    )


def _sweep(folder: Path) -> None:
    oldest = (clock.now() - KEPT_FOR).timestamp()
    for path in folder.iterdir():
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def store(transfer: Transfer, chunks: Iterable[bytes], limit: int) -> None:
    """Keep what somebody uploaded; Refused above the limit, then nothing is left behind."""
    path = path_of(transfer)
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                break
            digest.update(chunk)
            stream.write(chunk)
    if size > limit:
        path.unlink()
        raise Refused(_("This file is too large."), "file")
    transfer.size, transfer.sha256 = size, digest.hexdigest()
    transfer.save(update_fields=["size", "sha256"])


def note_size(transfer: Transfer) -> None:
    """Write down how large a file became, and its hash."""
    digest = hashlib.sha256()
    with path_of(transfer).open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    transfer.size, transfer.sha256 = path_of(transfer).stat().st_size, digest.hexdigest()


def end(transfer: Transfer, state: str, outcome: dict[str, Any] | None = None) -> None:
    """Close a transfer with what came of it; a file that came in is not kept any longer."""
    transfer.state, transfer.ended_at = state, clock.now()
    transfer.outcome = transfer.outcome if outcome is None else outcome
    transfer.save(update_fields=["state", "ended_at", "outcome", "size", "sha256"])
    if transfer.kind != Transfer.Kind.EXPORT:
        path_of(transfer).unlink(missing_ok=True)


def fail(transfer: Transfer, reason: str) -> None:
    """Close a transfer of which nothing was written, with the reason; in its own transaction."""
    with transaction_for([transfer.organisation_id]):
        end(transfer, Transfer.State.FAILED, {"refused": reason})


def drop(*, actor: Actor, transfer: Transfer) -> None:
    """Take away a file that came in and was only looked at."""
    sheet = transfer.kind == Transfer.Kind.REGISTER
    actor.require("portability.registers" if sheet else "portability.export")
    if transfer.state != Transfer.State.LOOKED_AT:
        raise Refused(_("This has been carried out or called off already."))
    end(transfer, Transfer.State.DROPPED)


def there(transfer: Transfer) -> bool:
    """Tell whether the file is still there: a week, and not after it came in."""
    return path_of(transfer).is_file()


def take(*, actor: Actor, transfer: Transfer) -> Path:
    """Hand out the file of an export; who took it is written down."""
    actor.require("portability.export")
    done = (Transfer.Kind.EXPORT, Transfer.State.DONE)
    if (transfer.kind, transfer.state) != done or not there(transfer):
        raise Refused(_("This file is not there any more. Make a new export."))
    transfer.taken_by_id, transfer.taken_at = actor.user_id, clock.now()
    transfer.save(update_fields=["taken_by", "taken_at"])
    return path_of(transfer)
