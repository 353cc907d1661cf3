# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files with what others measured, kept until they are taken over or a day has passed."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.documents.reading import Remark
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.surface import importers
from dijkring.surface.importers import Report, Unreadable
from dijkring.surface.importers.moments import start_of
from dijkring.surface.models import Imported
from dijkring.ui import words

RIGHT = "surface.import"
KEPT_FOR = timedelta(days=1)


def keep(
    *,
    actor: Actor,
    kind: str,
    name: str,
    content: IO[bytes],
    day: date | None = None,
    whole: bool = False,
) -> Imported:
    """Keep a file to be looked at; nothing of what it says is recorded.

    `day` is the date of the file where it does not say so itself. `whole` says that it holds all
    findings that are open. Raises Refused for a file of which nothing can be used.
    """  # fmt: skip
    actor.require(RIGHT)
    if day is not None and day > clock.today():
        raise Refused(_("This date lies in the future."), "day")
    if whole and day is None:
        raise Refused(_("Give the date of the list."), "day")
    body = content.read(MAX_BYTES + 1)
    about = start_of(day) if day else None
    found = _read(kind, body, about, None)
    _sweep(actor.organisation_id)
    kept = Imported.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        name=name[:200],
        sha256=hashlib.sha256(body).hexdigest(),
        choice={"whole": whole},
        about_at=about or found.at,
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )
    path = path_of(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return kept


def path_of(kept: Imported) -> Path:
    """Return where a file lies."""
    return Path(settings.HOME) / "imports" / str(kept.organisation_id) / f"{kept.pk}.file"


def read(kept: Imported, chosen: Mapping[str, int | None] | None) -> Report:
    """Read a kept file anew; Refused when it is not there any more."""
    try:
        body = path_of(kept).read_bytes()
    except FileNotFoundError as error:
        raise Refused(_("The file is not there any more. Upload it again.")) from error
    return _read(kept.kind, body, kept.about_at, chosen)


def _read(
    kind: str, body: bytes, about: datetime | None, chosen: Mapping[str, int | None] | None
) -> Report:
    try:
        return importers.read(kind, body, about, chosen)
    except Unreadable as error:
        raise Refused(in_words(error.remark), "file") from error


def in_words(remark: Remark) -> str:
    """Return a remark in the language of the page, with its line where it has one."""
    said = remark.reason[words.language()]
    return _("line %(line)d: ") % {"line": remark.line} + said if remark.line else said


def _sweep(organisation_id: int) -> None:
    """Remove what somebody uploaded and never came back for."""
    old = Imported.objects.filter(
        organisation_id=organisation_id,
        state=Imported.State.LOOKING,
        uploaded_at__lt=clock.now() - KEPT_FOR,
    )
    for one in old:
        drop(one)


def drop(kept: Imported) -> None:
    """Take a file away that was not taken over, and that it was ever here."""
    path_of(kept).unlink(missing_ok=True)
    kept.delete()
