# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes an archive: first all rows in one moment of the database, then the file."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import override

from dijkring.core import clock
from dijkring.evidence.services import uploads
from dijkring.organisations.models import Organisation, User
from dijkring.portability.models import Newcomer
from dijkring.portability.whole import layout, words
from dijkring.portability.whole.tables import (
    CONTEXT,
    NATURAL,
    ORGANISATIONS,
    USERS,
    Table,
    going,
    tables,
)

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Member:
    """One file of the archive, as the manifest tells it."""

    path: str
    size: int = 0
    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def described(self) -> dict[str, Any]:
        return {
            "path": self.path, "bytes": self.size, "rows": self.rows,
            "sha256": self.digest.hexdigest(),
        }  # fmt: skip


def gather(organisation_id: int, folder: Path) -> list[Member]:
    """Write all rows of an organisation into a folder, as JSON Lines; inside one transaction."""
    (folder / "tables").mkdir(parents=True)
    (folder / "history").mkdir()
    found = [_rows(folder, table, organisation_id) for table in going()]
    people = _people(organisation_id)
    shared = sorted(_content(organisation_id), key=lambda one: (one["table"], one["id"]))
    found.append(_lines(folder, layout.PEOPLE, (layout.as_line(one) for one in people)))
    found.append(_lines(folder, layout.CONTENT, (layout.as_line(one) for one in shared)))
    return found


def _rows(folder: Path, table: Table, organisation_id: int) -> Member:
    names = ", ".join(f'"{column}"' for column in table.columns if column != "organisation_id")
    query = (
        f"SELECT to_jsonb(t)::text FROM (SELECT {names} FROM {table.name} "  # noqa: S608 -- own names
        f'WHERE organisation_id = %s ORDER BY "{table.key}") t'
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [organisation_id])
        lines = (row[0].encode() + b"\n" for row in _fetched(cursor))
        return _lines(folder, table.file, lines)


def _fetched(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(2000):
        yield from rows


def _lines(folder: Path, path: str, lines: Iterator[bytes]) -> Member:
    member = Member(path)
    with (folder / path).open("wb") as stream:
        for line in lines:
            stream.write(line)
            member.digest.update(line)
            member.size += len(line)
            member.rows += 1
    return member


def _mentioned(table: Table, column: str, organisation_id: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT DISTINCT "{column}" FROM {table.name} '  # noqa: S608 -- own names
            f'WHERE organisation_id = %s AND "{column}" IS NOT NULL',
            [organisation_id],
        )
        return {row[0] for row in cursor.fetchall()}


def _in_context(table: Table, organisation_id: int) -> set[int]:
    """Return the people whom the trail names in its context."""
    if not table.history or "pgh_context" not in table.columns:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT (pgh_context->>%s)::bigint FROM {table.name} "  # noqa: S608 -- own names
            "WHERE organisation_id = %s AND jsonb_typeof(pgh_context->%s) = 'number'",
            [*CONTEXT, organisation_id, *CONTEXT],
        )
        return {row[0] for row in cursor.fetchall()}


def _people(organisation_id: int) -> list[dict[str, Any]]:
    """Return everybody who is mentioned, with name and e-mail address and nothing else."""
    ids: set[int] = set()
    for table in going():
        ids |= _in_context(table, organisation_id)
        for column, target in table.references.items():
            if target == USERS:
                ids |= _mentioned(table, column, organisation_id)
    rows = Newcomer.objects.filter(organisation_id=organisation_id, stand_in_id__in=ids)
    addresses = dict(rows.values_list("stand_in_id", "email"))
    return [
        {"id": one.pk, "name": one.name, "email": addresses.get(one.pk, one.email)}
        for one in User.objects.filter(pk__in=ids).order_by("pk")
    ]


def _content(organisation_id: int) -> Iterator[dict[str, Any]]:
    """Tell of every shared row that is mentioned by what it is found again elsewhere."""
    wanted: dict[str, set[int]] = {name: set() for name in NATURAL}
    for table in going():
        for column, target in table.references.items():
            if target in wanted:
                wanted[target] |= _mentioned(table, column, organisation_id)
    wanted["controls_framework"] |= _frameworks_of(wanted["controls_requirement"])
    for name, ids in wanted.items():
        yield from _named(name, ids, organisation_id)


def _frameworks_of(requirements: set[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT framework_id FROM controls_requirement WHERE id = ANY(%s)",
            [list(requirements)],
        )
        return {row[0] for row in cursor.fetchall()}


def _named(name: str, ids: set[int], organisation_id: int) -> Iterator[dict[str, Any]]:
    # The name of an organisation is there for people; it is found again by its short name.
    named = name == ORGANISATIONS
    columns = ", ".join([*NATURAL[name], *(["name"] if named else [])])
    own = "" if name == ORGANISATIONS else " AND organisation_id IS DISTINCT FROM %s"
    query = f"SELECT id, {columns} FROM {name} WHERE id = ANY(%s){own} ORDER BY id"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [list(ids), *([organisation_id] if own else [])])
        for id, *values in cursor.fetchall():
            key = dict(zip(NATURAL[name], values, strict=False))
            told = {"name": values[-1]} if named else {}
            yield {"table": name, "id": id, "key": key, **told}


def pack(
    organisation: Organisation, folder: Path, members: list[Member], to: Path, told: Told
) -> dict[str, Any]:
    """Write the archive with the gathered rows and the documents; returns its manifest."""
    documents = _documents(folder)
    missing = [sha256 for sha256 in documents if not _path(organisation, sha256).is_file()]
    there = [sha256 for sha256 in documents if sha256 not in set(missing)]
    total = len(members) + len(there)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for done, member in enumerate(members):
            told(done, total)
            archive.write(folder / member.path, member.path)
        files = [_document(archive, organisation, sha256) for sha256 in there]
        told(total, total)
        manifest = _manifest(organisation, [*members, *files], missing)
        archive.writestr(layout.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _path(organisation: Organisation, sha256: str) -> Path:
    return uploads.path_of(organisation.pk, sha256)


def _documents(folder: Path) -> list[str]:
    lines = (folder / tables()["evidence_upload"].file).read_bytes().splitlines()
    return sorted({json.loads(line)["sha256"] for line in lines})


def _document(archive: zipfile.ZipFile, organisation: Organisation, sha256: str) -> Member:
    member = Member(layout.upload(sha256))
    path = _path(organisation, sha256)
    with path.open("rb") as stream:
        member.digest = hashlib.file_digest(stream, "sha256")
    member.size = path.stat().st_size
    archive.write(path, member.path)
    return member


def _manifest(
    organisation: Organisation, members: list[Member], missing: list[str]
) -> dict[str, Any]:
    return {
        "format": layout.FORMAT,
        "version": layout.VERSION,
        "made_at": clock.now().isoformat(),
        "made_by": f"Dijkring {version('dijkring')}",
        "organisation": {
            "slug": organisation.slug, "name": organisation.name, "kind": organisation.kind,
            "code": organisation.code,
        },
        "tables": [_described(table) for table in going()],
        "files": [member.described() for member in members],
        "missing_documents": missing,
        "cannot_travel": _cannot_travel(members),
    }  # fmt: skip


def _cannot_travel(members: list[Member]) -> list[dict[str, Any]]:
    """Tell what is in the file for reading only, and why another Dijkring does not take it over."""
    rows = {member.path: member.rows for member in members}
    with override("en"):
        found = words.not_travelling((table.name, rows[table.file]) for table in going())
    return [{"what": what, "rows": count, "why": why} for what, count, why in found]


def _described(table: Table) -> dict[str, Any]:
    fields = {field.column: field for field in table.model._meta.concrete_fields}
    return {
        "name": table.name,
        "file": table.file,
        "treatment": table.treatment,
        "what": " ".join((table.model.__doc__ or "").split()) if not table.history else "",
        "key": table.key,
        "left_out": list(table.left_out),
        "columns": [
            {
                "name": column,
                "type": fields[column].db_type(connection),
                "empty": fields[column].null,
                "refers_to": table.references.get(column, ""),
            }
            for column in table.columns
            if column != "organisation_id"
        ],
    }
