# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file on its way in: kept on the server, looked at, and only stored when a person says so."""

import json
import secrets
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.controls.importers import ColumnChoice, Report, read
from dijkring.controls.importers.limits import MAX_BYTES
from dijkring.controls.importers.pack import Pack, Remark
from dijkring.controls.models import Framework
from dijkring.controls.services.periods import RefusedPack
from dijkring.controls.services.storing import ImportResult, import_pack
from dijkring.core import clock, jobs
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job

KIND = "controls.import"
KEPT_FOR = timedelta(days=1)
_SALT = "dijkring.controls.imports"
_COLUMNS = frozenset(one.name for one in fields(ColumnChoice))


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: what the file holds, what it would change, what is refused."""

    report: Report
    result: ImportResult | None
    refused: tuple[Remark, ...]
    shared: bool


class Kept:
    """One uploaded file of one organisation, under a number that nobody can guess."""

    def __init__(self, organisation_id: int, number: int) -> None:
        self.organisation_id = organisation_id
        self.number = number
        folder = Path(settings.HOME) / "imports" / str(organisation_id)
        self.content = folder / f"{number}.file"
        self.about = folder / f"{number}.json"

    @property
    def reference(self) -> str:
        """Give the signed reference for an address."""
        return signing.dumps([self.organisation_id, self.number], salt=_SALT, compress=False)

    @property
    def name(self) -> str:
        return str(self._known().get("name", ""))

    @property
    def columns(self) -> ColumnChoice | None:
        """Give the chosen columns; None: guess them."""
        chosen = {key: value for key, value in self._known().items() if key in _COLUMNS}
        return ColumnChoice(**chosen) if chosen else None

    def _known(self) -> dict[str, Any]:
        return dict(json.loads(self.about.read_text(encoding="utf-8")))

    def note(self, name: str, columns: ColumnChoice | None) -> None:
        """Write down the file's own name and the columns that were chosen."""
        chosen = {key: value for key, value in asdict(columns).items() if value} if columns else {}
        self.about.write_text(json.dumps({"name": name, **chosen}), encoding="utf-8")

    def remove(self) -> None:
        """Take the file away; it may be gone already."""
        self.content.unlink(missing_ok=True)
        self.about.unlink(missing_ok=True)


def keep(*, actor: Actor, name: str, content: IO[bytes]) -> Kept:
    """Keep an uploaded file until it is stored or a day has passed; Refused above 20 MB."""
    actor.require("controls.import")
    body = content.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise Refused(_("This file is larger than 20 MB."), "file")
    kept = Kept(actor.organisation_id, secrets.randbits(52))
    kept.content.parent.mkdir(parents=True, exist_ok=True)
    _sweep(kept.content.parent)
    kept.content.write_bytes(body)
    kept.note(name[:200], None)
    return kept


def _sweep(folder: Path) -> None:
    """Remove what somebody uploaded and never came back for."""
    oldest = (clock.now() - KEPT_FOR).timestamp()
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def kept(*, actor: Actor, reference: str) -> Kept | None:
    """Return the kept file of a reference; None for a wrong, old or strange one."""
    try:
        organisation_id, number = signing.loads(reference, salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    found = Kept(organisation_id, number)
    ours = organisation_id == actor.organisation_id
    return found if ours and found.content.is_file() and found.about.is_file() else None


def preview(*, actor: Actor, file: Kept, columns: ColumnChoice | None = None) -> Preview:
    """Say what an import would do, by doing it and taking it back: nothing stays written."""
    actor.require("controls.import")
    report = read(file.content.read_bytes(), file.name, columns or file.columns)
    if report.pack is None:
        return Preview(report, None, report.refused, False)
    try:
        with transaction.atomic():
            result = import_pack(pack=report.pack, actor=actor)
            transaction.set_rollback(True)
    except RefusedPack as refused:
        return Preview(report, None, refused.remarks, False)
    return Preview(report, result, (), _is_shared(report.pack))


def _is_shared(pack: Pack) -> bool:
    known = Framework.objects.filter(organisation=None, key=pack.framework_id, version=pack.version)
    return bool(pack.requirements) and known.exists()


def start_import(*, actor: Actor, file: Kept, columns: ColumnChoice | None = None) -> Job:
    """Store a kept file as a job; the framework becomes the organisation's own."""
    actor.require("controls.import")
    if columns is not None:
        file.note(file.name, columns)
    title = _("Import of %(name)s") % {"name": file.name}
    return jobs.start(actor=actor, kind=KIND, title=title[:200], number=file.number)


def store_kept(*, actor: Actor, file: Kept) -> ImportResult:
    """Store a kept file and take it away; raises Refused when it is gone or not accepted."""
    actor.require("controls.import")
    if not file.content.is_file():
        raise Refused(_("The file is not there any more. Upload it again."))
    report = read(file.content.read_bytes(), file.name, file.columns)
    if report.pack is None:
        raise RefusedPack(report.refused)
    return import_pack(pack=report.pack, actor=actor)
