# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents: type and size checked, kept by their hash, handed out only through rights."""

import hashlib
import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import ForeignObjectRel
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Upload
from dijkring.evidence.models.judgements import DIGEST, INERT

LIMIT = 20 * 1024 * 1024
# What is read of evidence at a time.
PIECE = 1024 * 1024
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
    _check_size(data)
    media_type = _media_type(name, data)
    return _upload(actor, name, media_type, len(data), keep(actor.organisation_id, data))


def keep_inert(
    *, actor: Actor, right: str, name: str, content: BinaryIO, sha256: str = ""
) -> Upload:
    """Keep any file, malware too, without looking at what it is; piece by piece, never whole.

    It is no document: no list shows it, and only the room that keeps it hands it out. It may be as
    large as the operator sets (EVIDENCE_LIMIT_MB). Raises Refused when it is empty or larger, when
    its hash is not the one that was given, and when the disk does not take it; nothing is left
    behind then.
    """
    actor.require(right)
    size, digest = _keep_pieces(actor.organisation_id, content, sha256)
    return _upload(actor, name, INERT, size, digest)


def _upload(actor: Actor, name: str, media_type: str, size: int, digest: str) -> Upload:
    return Upload.objects.create(
        organisation_id=actor.organisation_id,
        name=Path(name).name[-200:],
        media_type=media_type,
        size=size,
        sha256=digest,
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )


def hash_now(found: Upload) -> str:
    """Reckon the SHA-256 of a file as it lies there now; empty when it is gone."""
    path = path_of(found.organisation_id, found.sha256)
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remove_unused(*, organisation_id: int, uploads: Collection[int]) -> list[str]:
    """Remove those of these uploads that nothing refers to any more; returns their hashes.

    A file goes once the transaction stands, and only when no other upload has the same content.
    """
    rows = Upload.everything.filter(organisation_id=organisation_id, pk__in=uploads)
    unused = [one for one in rows if not _is_used(one)]
    Upload.everything.filter(pk__in=[one.pk for one in unused]).delete()
    digests = {one.sha256 for one in unused}
    still = Upload.everything.filter(organisation_id=organisation_id, sha256__in=digests)
    gone = sorted(digests - set(still.values_list("sha256", flat=True)))
    transaction.on_commit(lambda: _unlink(organisation_id, gone))
    return sorted(digests)


def _is_used(found: Upload) -> bool:
    fields = Upload._meta.get_fields(include_hidden=True)
    return any(
        one.related_model._base_manager.filter(**{one.field.name: found}).exists()
        for one in fields
        if isinstance(one, ForeignObjectRel)
    )


def _unlink(organisation_id: int, digests: Iterable[str]) -> None:
    for digest in digests:
        path_of(organisation_id, digest).unlink(missing_ok=True)


def _check_size(data: bytes) -> None:
    if not data:
        raise Refused(_("This file is empty."), "file")
    if len(data) > LIMIT:
        raise Refused(_("This file is larger than 20 MB. Make it smaller or split it."), "file")


def _media_type(name: str, data: bytes) -> str:
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


def keep(organisation_id: int, data: bytes) -> str:
    """Keep bytes under their hash, which it returns; Refused when the disk does not take them."""
    digest = hashlib.sha256(data).hexdigest()
    _write(path_of(organisation_id, digest), data)
    return digest


def path_of(organisation_id: int, digest: str) -> Path:
    """Return where a document of an organisation is kept; ValueError for what is no hash."""
    if not re.fullmatch(DIGEST, digest):
        raise ValueError("not a SHA-256")
    return Path(settings.MEDIA_ROOT) / str(organisation_id) / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    partial = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        raise _not_taken() from error
    finally:
        _forget(partial)


def _keep_pieces(organisation_id: int, content: BinaryIO, sha256: str) -> tuple[int, str]:
    """Write a file beside its place while reckoning its hash, and put it there once it is whole."""
    folder = Path(settings.MEDIA_ROOT) / str(organisation_id)
    partial = folder / f"{uuid4().hex}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size, digest = _copy(content, partial)
        if sha256 and sha256 != digest:
            words = _("The hash that you gave is not that of this file: %(hash)s.")
            raise Refused(words % {"hash": digest}, "sha256")
        place = path_of(organisation_id, digest)
        place.parent.mkdir(exist_ok=True)
        partial.replace(place)
    except OSError as error:
        raise _not_taken() from error
    finally:
        _forget(partial)
    return size, digest


def _copy(content: BinaryIO, to: Path) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with to.open("xb") as stream:
        while piece := content.read(PIECE):
            size += len(piece)
            if size > settings.EVIDENCE_LIMIT:
                limit = filesizeformat(settings.EVIDENCE_LIMIT)
                raise Refused(_("This file is larger than %(limit)s.") % {"limit": limit}, "file")
            digest.update(piece)
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    if not size:
        raise Refused(_("This file is empty."), "file")
    return size, digest.hexdigest()


def _forget(partial: Path) -> None:
    # A disk that takes nothing may not give anything up either; the first error tells more.
    with suppress(OSError):
        partial.unlink(missing_ok=True)


def _not_taken() -> Refused:
    return Refused(
        _("The document could not be kept: the disk of the server is full or read-only."), "file"
    )
