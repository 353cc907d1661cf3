# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens an archive from outside: nothing of it is used before all of it has been found right.

Zip bombs, names that lead out of the folder, wrong hashes, unknown files and newer formats are
refused as a whole. Needs no database.
"""

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.portability.whole import layout

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_HASH = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that has been checked as a whole."""

    zip: zipfile.ZipFile
    manifest: dict[str, Any]

    def rows(self, path: str) -> Iterator[dict[str, Any]]:
        """Return the rows of one file, one by one."""
        if path not in self.zip.NameToInfo:
            return
        with self.zip.open(path) as stream:
            while line := stream.readline(layout.LONGEST_LINE + 1):
                yield _row(path, line)

    def copy(self, path: str, to: Path) -> None:
        """Write one file to the disk, piece by piece."""
        with self.zip.open(path) as source, to.open("wb") as target:
            shutil.copyfileobj(source, target)

    @property
    def documents(self) -> list[str]:
        """The hashes of the documents that came along."""
        paths = (one["path"] for one in self.manifest["files"])
        return [path.removeprefix("uploads/") for path in paths if path.startswith("uploads/")]

    @property
    def organisation(self) -> dict[str, str]:
        """Whose archive it is."""
        return dict(self.manifest["organisation"])


def _row(path: str, line: bytes) -> dict[str, Any]:
    if len(line) > layout.LONGEST_LINE:
        raise _wrong(path, _("a line is too long"))
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong(path, _("a line is no JSON")) from error
    if not isinstance(found, dict):
        raise _wrong(path, _("a line is no row"))
    return found


def _wrong(path: str, why: str) -> Refused:
    words = _("This file cannot be brought in, nothing has been written. %(path)s: %(why)s.")
    return Refused(words % {"path": path[:120], "why": why}, "file")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive after checking all of it; Refused, in words, for everything that is wrong."""
    if path.stat().st_size > layout.MOST_BYTES:
        raise _wrong(path.name, _("it is larger than 2 GB"))
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive.infolist())
            manifest = _manifest(archive)
            _check_files(archive, manifest)
            yield Archive(archive, manifest)
    except _DAMAGE as error:
        raise _wrong("ZIP", _("the file is damaged")) from error


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(members) > layout.MOST_MEMBERS or len(set(names)) < len(names):
        raise _wrong("ZIP", _("there are too many files in it, or a file stands in it twice"))
    if sum(member.file_size for member in members) > layout.MOST_UNPACKED:
        raise _wrong("ZIP", _("it is too large when unpacked"))
    for member in members:
        _check_member(member)


def _check_member(member: zipfile.ZipInfo) -> None:
    if not layout.NAME.fullmatch(member.filename):
        raise _wrong(member.filename, _("this file does not belong in it"))
    if member.flag_bits & 1:
        raise _wrong(member.filename, _("it is encrypted"))
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > layout.SMALL and ratio > layout.MOST_RATIO:
        raise _wrong(member.filename, _("it looks like a zip bomb"))


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    info = archive.NameToInfo.get(layout.MANIFEST)
    if info is None or info.file_size > layout.LONGEST_MANIFEST:
        raise _wrong(layout.MANIFEST, _("it is missing, so this is no export of an organisation"))
    try:
        found = json.loads(archive.read(info))
    except (ValueError, RecursionError) as error:
        raise _wrong(layout.MANIFEST, _("it is no JSON")) from error
    if not isinstance(found, dict) or found.get("format") != layout.FORMAT:
        raise _wrong(layout.MANIFEST, _("this is no export of an organisation"))
    _check_version(found.get("version"))
    if not _well_made(found):
        raise _wrong(layout.MANIFEST, _("it is incomplete"))
    return found


def _check_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _wrong(layout.MANIFEST, _("it is incomplete"))
    if version > layout.VERSION:
        raise _wrong(
            layout.MANIFEST, _("it was made by a newer Dijkring; bring this one up to date")
        )


def _well_made(found: dict[str, Any]) -> bool:
    organisation, files, tables = (found.get(name) for name in ("organisation", "files", "tables"))
    return (
        isinstance(organisation, dict)
        and all(
            isinstance(organisation.get(name), str) for name in ("slug", "name", "kind", "code")
        )
        and isinstance(files, list)
        and all(_is_file(one) for one in files)
        and isinstance(tables, list)
        and all(_is_table(one) for one in tables)
    )


def _is_file(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("path"), str)
        and isinstance(one.get("sha256"), str)
        and bool(_HASH.fullmatch(one["sha256"]))
        and all(type(one.get(name)) is int for name in ("bytes", "rows"))
    )


def _is_table(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and all(isinstance(one.get(name), str) for name in ("name", "file", "treatment"))
        and isinstance(one.get("columns"), list)
        and all(_is_column(column) for column in one["columns"])
    )


def _is_column(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("name"), str)


def _check_files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    told = {one["path"]: one for one in manifest["files"]}
    there = set(archive.namelist()) - {layout.MANIFEST}
    if len(told) < len(manifest["files"]):
        raise _wrong(layout.MANIFEST, _("a file stands in it twice"))
    for path in sorted(there ^ told.keys()):
        raise _wrong(path, _("the list of files and the files do not agree"))
    if {layout.PEOPLE, layout.CONTENT} - there:
        raise _wrong(layout.PEOPLE, _("it is missing"))
    for path, one in told.items():
        _check_file(archive, path, one)


def _check_file(archive: zipfile.ZipFile, path: str, told: dict[str, Any]) -> None:
    digest, size, rows = hashlib.sha256(), 0, 0
    with archive.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            rows += chunk.count(b"\n")
    hashed = path.removeprefix("uploads/") if path.startswith("uploads/") else told["sha256"]
    if digest.hexdigest() != told["sha256"] or hashed != told["sha256"]:
        raise _wrong(path, _("its hash is another than the list says: it was changed on the way"))
    if size != told["bytes"] or (path.endswith(".jsonl") and rows != told["rows"]):
        raise _wrong(path, _("its length is another than the list says"))
