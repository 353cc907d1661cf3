# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents: type and size checked, kept by their hash, handed out only through rights."""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Upload

LIMIT = 20 * 1024 * 1024
# What a file must begin with; the extension alone proves nothing.
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF-",)),
    ".odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    ".xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (b"PK\x03\x04",),
    ),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".txt": ("text/plain; charset=utf-8", ()),
    ".csv": ("text/csv; charset=utf-8", ()),
}


def upload(*, actor: Actor, name: str, content: BinaryIO) -> Upload:
    """Keep a document; raises Refused when it is too large, empty or not what its name says."""
    actor.require("evidence.upload")
    data = content.read(LIMIT + 1)
    media_type = _check(name, data)
    digest = hashlib.sha256(data).hexdigest()
    _write(path_of(actor.organisation_id, digest), data)
    return Upload.objects.create(
        organisation_id=actor.organisation_id,
        name=Path(name).name[-200:],
        media_type=media_type,
        size=len(data),
        sha256=digest,
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )


def _check(name: str, data: bytes) -> str:
    if not data:
        raise Refused(_("This file is empty."), "file")
    if len(data) > LIMIT:
        raise Refused(_("This file is larger than 20 MB. Make it smaller or split it."), "file")
    suffix = Path(name).suffix.lower()
    if suffix not in TYPES:
        raise Refused(
            _("This kind of file is not accepted. Use: %(kinds)s.") % {"kinds": ", ".join(TYPES)},
            "file",
        )
    media_type, starts = TYPES[suffix]
    if starts and not data.startswith(starts):
        raise Refused(_("The content of this file is not what its name says."), "file")
    if not starts and b"\0" in data:
        raise Refused(_("The content of this file is not what its name says."), "file")
    return media_type


def path_of(organisation_id: int, digest: str) -> Path:
    """Return where a document of an organisation is kept."""
    return Path(settings.MEDIA_ROOT) / str(organisation_id) / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        raise Refused(
            _("The document could not be kept: the disk of the server is full or read-only."),
            "file",
        ) from error
