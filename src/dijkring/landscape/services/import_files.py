# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files with a landscape or the parts of a system, kept for a day at most."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.documents.reading import Remark
from dijkring.documents.reading.limits import MAX_BYTES
from dijkring.landscape import importers
from dijkring.landscape.importers import Asked, Report
from dijkring.landscape.models import Asset, Imported
from dijkring.landscape.selectors import assets as selectors
from dijkring.ui import words

RIGHT = "landscape.keep"
KEPT_FOR = timedelta(days=1)
REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose of a file: which kinds, which columns, and what a line without kind is.

    Without kinds everything is taken over; the kind `reference` stands for the reference
    components of GEMMA. `system` is whose parts a list of parts tells.
    """

    kinds: tuple[str, ...] = ()
    columns: Mapping[str, int | None] | None = None
    kind: str = Asset.Kind.SYSTEM
    system: int | None = None

    def kept(self) -> dict[str, Any]:
        """Return the choice as JSON can hold it."""
        columns = dict(self.columns) if self.columns is not None else None
        return {"kinds": self.kinds, "columns": columns, "kind": self.kind, "system": self.system}


def choice_of(kept: Mapping[str, Any]) -> Choice:
    """Return a kept choice."""
    return Choice(
        tuple(kept.get("kinds") or ()), kept.get("columns"), kept.get("kind") or Asset.Kind.SYSTEM,
        kept.get("system"),
    )  # fmt: skip


def keep(*, actor: Actor, name: str, content: IO[bytes]) -> Imported:
    """Keep a file to be looked at; nothing of what it says is recorded.

    Raises Refused for a file that no reader knows.
    """
    actor.require(RIGHT)
    body = content.read(MAX_BYTES + 1)
    report = _read(actor.organisation_id, body, name, Choice())
    if report.refused and not (report.assets or report.components or report.missing):
        raise Refused(in_words(report.refused[0]), "file")
    _sweep(actor.organisation_id)
    kept = Imported.objects.create(
        organisation_id=actor.organisation_id,
        format=report.format,
        name=name[:200],
        sha256=hashlib.sha256(body).hexdigest(),
        about=(report.about or (report.name if report.name != name else ""))[:200],
        uploaded_by_id=actor.user_id,
        uploaded_at=clock.now(),
    )
    path = path_of(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return kept


def path_of(kept: Imported) -> Path:
    """Return where a file lies."""
    folder = Path(settings.HOME) / "landscape-imports" / str(kept.organisation_id)
    return folder / f"{kept.pk}.file"


def read(kept: Imported, choice: Choice) -> Report:
    """Read a kept file anew; Refused when it is not there any more."""
    try:
        body = path_of(kept).read_bytes()
    except FileNotFoundError as error:
        raise Refused(_("The file is not there any more. Upload it again.")) from error
    return _read(kept.organisation_id, body, kept.name, choice)


def _read(organisation_id: int, body: bytes, name: str, choice: Choice) -> Report:
    levels = [str(level) for level in selectors.levels(organisation_id)]
    return importers.read(body, name, levels, Asked(choice.columns, choice.kind))


def in_words(remark: Remark) -> str:
    """Return a remark in the language of the page, with its line where it has one."""
    said = remark.reason[words.language()]
    where = f"{remark.where}: " if remark.where else ""
    line = _("line %(line)d: ") % {"line": remark.line} if remark.line else ""
    return f"{line}{where}{said}"


def _sweep(organisation_id: int) -> None:
    """Remove what somebody uploaded and never came back for."""
    old = Imported.objects.filter(
        organisation_id=organisation_id,
        state=Imported.State.LOOKING,
        done_at=None,
        uploaded_at__lt=clock.now() - KEPT_FOR,
    )
    for one in old:
        drop(one)


def drop(kept: Imported) -> None:
    """Take a file away that was not taken over, and that it was ever here."""
    path_of(kept).unlink(missing_ok=True)
    kept.delete()
