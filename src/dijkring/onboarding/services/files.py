# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files on their way in: kept on the server until they are brought in, or a day has passed."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.documents import reading
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.onboarding.intake import names
from dijkring.onboarding.intake.kinds import KINDS
from dijkring.onboarding.models import Intake

KEPT_FOR = timedelta(days=1)


def keep(*, actor: Actor, kind: str, name: str, content: IO[bytes]) -> Intake:
    """Keep an uploaded file to be looked at; nothing of what it says is written.

    Raises Refused, with the reason, for what is too large or no sheet.
    """
    actor.require(KINDS[kind].right)
    body = content.read(MAX_BYTES + 1)
    tables(kind, body)
    _sweep(actor.organisation_id)
    intake = Intake.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        name=name[:200],
        sha256=hashlib.sha256(body).hexdigest(),
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )
    path = path_of(intake)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return intake


def path_of(intake: Intake) -> Path:
    """Return where the file of an intake lies."""
    return Path(settings.HOME) / "intakes" / str(intake.organisation_id) / f"{intake.pk}.file"


def _sweep(organisation_id: int) -> None:
    """Remove what somebody uploaded and never came back for."""
    old = Intake.objects.filter(
        organisation_id=organisation_id,
        state=Intake.State.LOOKING,
        uploaded_at__lt=clock.now() - KEPT_FOR,
    )
    for one in old:
        drop(one)


def drop(intake: Intake) -> None:
    """Take away a file that was not brought in, and that it was ever here."""
    path_of(intake).unlink(missing_ok=True)
    intake.delete()


def read(intake: Intake) -> list[reading.Table]:
    """Return the sheets of an intake; Refused when its file is not there any more."""
    try:
        body = path_of(intake).read_bytes()
    except FileNotFoundError as error:
        raise Refused(_("The file is not there any more. Upload it again.")) from error
    return tables(intake.kind, body)


def tables(kind: str, body: bytes) -> list[reading.Table]:
    """Read a file into sheets; for domains also a bare list or a zone file."""
    try:
        found = names.tables(body) if kind == "domains" else None
        found = found or [table for table in reading.read(body) if table.rows]
    except reading.Refused as refused:
        remark = refused.remark
        line = _("line %(line)d: ") % {"line": remark.line} if remark.line else ""
        language = "en" if get_language() == "en" else "nl"
        raise Refused(f"{line}{remark.reason[language]}", "file") from refused
    if not found:
        raise Refused(_("There are no lines in this file."), "file")
    return found
