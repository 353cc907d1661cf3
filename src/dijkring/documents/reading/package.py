# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens a zip of XML from outside, after it has been found harmless: no bombs, no entities."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat

from .limits import MAX_ELEMENTS, MAX_ZIP_BYTES, MAX_ZIP_MEMBERS, MAX_ZIP_RATIO
from .problems import Refused

Attributes = dict[str, str]
_SMALL = 1_000_000
# What zipfile raises for a wrong zip.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError,
)  # fmt: skip


@contextmanager
def opened(content: bytes, kind: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip; what turns out to be wrong with it, also later, is Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            yield archive
    except _DAMAGE as error:
        raise Refused(kind, "Dit bestand is beschadigd.", "This file is damaged.") from error


def _check(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MAX_ZIP_MEMBERS or len(names) < len(members):
        raise Refused("ZIP", "Te veel of dubbele onderdelen.", "Too many or duplicate members.")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("ZIP", "Dit bestand is versleuteld.", "This file is encrypted.")
    # zipfile never gives more of a member than the size stated here.
    if sum(member.file_size for member in members) > MAX_ZIP_BYTES:
        raise Refused("ZIP", "Uitgepakt is dit te groot.", "Too large when unpacked.")
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > _SMALL and ratio > MAX_ZIP_RATIO:
            raise Refused(
                member.filename[:200], "Dit lijkt een zipbom.", "This looks like a zip bomb."
            )


class Watch:
    """Walks through XML, counts its elements and lets no document type, and so no entity, through.

    Expat itself, because a SAX reader takes seconds for a large sheet. One watch counts over all
    members of a file; `walk` may be given handlers for elements and text.
    """

    def __init__(self) -> None:
        self._elements = 0

    def walk(
        self,
        stream: IO[bytes],
        name: str,
        start: Callable[[str, Attributes], None] | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Walk through one member; Refused for broken XML, a document type or too many elements."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _doctype

        def counted(tag: str, attributes: Attributes) -> None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise Refused("XML", "Te veel onderdelen.", "Too many elements.")
            if start is not None:
                start(tag, attributes)

        parser.StartElementHandler = counted
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        try:
            parser.ParseFile(stream)
        except expat.ExpatError as error:
            shown = name[:200]
            raise Refused(
                shown, f"Kapotte XML: {error}.", f"Broken XML: {error}.", error.lineno
            ) from error


def _doctype(*_: object) -> None:
    raise Refused(
        "XML", "De XML heeft een eigen documenttype.", "The XML declares a document type."
    )
