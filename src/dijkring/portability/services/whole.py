# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole of one organisation: out as one file, and into an empty organisation again."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.controls.catalogue import catalogue
from dijkring.core import clock, jobs, tenancy
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.evidence.models import Standing
from dijkring.evidence.selectors import standings as reading_standings
from dijkring.evidence.services import standings, uploads
from dijkring.organisations.models import Organisation
from dijkring.portability.models import Newcomer, Transfer
from dijkring.portability.services import keeping
from dijkring.portability.whole import layout, taking_in, writing
from dijkring.portability.whole.left_behind import Behind
from dijkring.portability.whole.reading import Archive, opened
from dijkring.portability.whole.tables import MOVES, USERS
from dijkring.portability.whole.writing import Told

EXPORT, IMPORT = "portability.export", "portability.import"
STANDINGS = "tables/evidence_standing.jsonl"
PROVISIONS = "tables/evidence_provision.jsonl"
LEAST_REASON = 10


@dataclass(frozen=True, slots=True)
class Look:
    """What bringing an archive in would do, before anything is written."""

    organisation: dict[str, str]
    made_at: str
    made_by: str
    counts: list[tuple[str, int]]
    kept_apart: list[tuple[str, int]]
    people: list[dict[str, Any]]
    documents: int
    missing_documents: int
    not_here: list[str]
    behind: dict[str, Any]
    provided: list[str]
    occupied: list[str]
    same_organisation: bool

    @property
    def possible(self) -> bool:
        """Whether it can be brought in."""
        return not (self.not_here or self.occupied)


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < LEAST_REASON:
        raise Refused(_("Say why, in at least ten characters."), "reason")


# --- out ----------------------------------------------------------------------------------------


def start_export(*, actor: Actor, reason: str) -> Job:
    """Export the whole organisation as a job; who did it and why stays in the history."""
    made = begin_export(actor=actor, reason=reason)
    title = _("Export of the whole organisation")
    return jobs.start(actor=actor, kind=EXPORT, title=title, transfer=made.pk)


def begin_export(*, actor: Actor, reason: str) -> Transfer:
    """Write down that the whole organisation leaves, by whom and why."""
    actor.require("portability.export")
    _check_reason(reason)
    tenancy.note_reason(reason)
    slug = slugify(Organisation.objects.get(id=actor.organisation_id).slug)
    name = f"{slug}-{clock.now().astimezone(clock.AMSTERDAM):%Y-%m-%d}.zip"
    return keeping.new(
        actor=actor,
        kind=Transfer.Kind.EXPORT,
        state=Transfer.State.RUNNING,
        file_name=name,
        reason=reason.strip(),
    )


def end_export(transfer: Transfer, manifest: dict[str, Any]) -> None:
    """Write down what is in the file, how large it is, and its hash."""
    keeping.note_size(transfer)
    outcome = {"tables": counted(manifest), "missing": manifest["missing_documents"]}
    keeping.end(transfer, Transfer.State.DONE, outcome)


def export(organisation_id: int, to: Path, told: Told) -> dict[str, Any]:
    """Write the archive of an organisation; all rows are of one moment. Returns its manifest."""
    with tempfile.TemporaryDirectory(dir=to.parent) as place:
        folder = Path(place)
        with _one_moment(), acting_for([organisation_id]):
            organisation = Organisation.objects.get(id=organisation_id)
            members = writing.gather(organisation_id, folder)
        partial = folder / "partial.zip"
        manifest = writing.pack(organisation, folder, members, partial, told)
        shutil.move(partial, to)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, whatever others write meanwhile."""
    first = not connection.in_atomic_block
    with transaction.atomic():
        if first:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def counted(manifest: dict[str, Any]) -> dict[str, int]:
    """Return how many rows each table of an archive has."""
    rows = {one["path"]: one["rows"] for one in manifest["files"]}
    return {one["name"]: rows.get(one["file"], 0) for one in manifest["tables"]}


# --- in -----------------------------------------------------------------------------------------


def keep(*, actor: Actor, name: str, chunks: Iterable[bytes]) -> Transfer:
    """Keep an uploaded archive, to be looked at before anything is written."""
    actor.require("portability.export")
    made = keeping.new(
        actor=actor, kind=Transfer.Kind.IMPORT, state=Transfer.State.LOOKED_AT, file_name=name
    )
    keeping.store(made, chunks, layout.MOST_BYTES)
    return made


def look(*, actor: Actor, path: Path) -> Look:
    """Say what bringing an archive in would do; Refused when the archive itself is wrong."""
    actor.require("portability.export")
    with opened(path) as archive:
        taking_in.check_fits(archive)
        return _look(archive, actor.organisation_id)


def _look(archive: Archive, organisation_id: int) -> Look:
    manifest = archive.manifest
    rows = counted(manifest)
    moves = {one["name"] for one in manifest["tables"] if one["treatment"] == MOVES}
    here = Organisation.objects.get(id=organisation_id)
    theirs = archive.organisation
    return Look(
        organisation=theirs,
        made_at=str(manifest.get("made_at", "")),
        made_by=str(manifest.get("made_by", "")),
        counts=[(name, n) for name, n in rows.items() if n and name in moves],
        kept_apart=[(name, n) for name, n in rows.items() if n and name not in moves],
        people=list(archive.rows(layout.PEOPLE)),
        documents=len(archive.documents),
        missing_documents=len(manifest.get("missing_documents", ())),
        not_here=taking_in.not_here(archive),
        behind=taking_in.staying(archive).told(),
        provided=_provided(archive, taking_in.staying(archive)),
        occupied=taking_in.occupied(organisation_id),
        same_organisation=(theirs["slug"], theirs["kind"]) == (here.slug, here.kind),
    )


def _provided(archive: Archive, behind: Behind) -> list[str]:
    """Return the services of others that come along, and must be published here anew."""
    return sorted(
        {
            str(row.get("service_name", ""))
            for row in archive.rows(PROVISIONS)
            if not row.get("end_reason") and not behind.stays("evidence_provision", row.get("id"))
        }
    )


def start_import(*, actor: Actor, transfer: Transfer, reason: str) -> Job:
    """Bring an archive in as a job, after somebody has looked at what it will do."""
    begin_import(actor=actor, transfer=transfer, reason=reason)
    title = _("Bringing in %(name)s") % {"name": transfer.file_name}
    return jobs.start(actor=actor, kind=IMPORT, title=title[:200], transfer=transfer.pk)


def begin_import(*, actor: Actor, transfer: Transfer, reason: str) -> None:
    """Write down that an archive is brought in, by whom and why; once."""
    actor.require("portability.export")
    _check_reason(reason)
    if transfer.state != Transfer.State.LOOKED_AT or transfer.kind != Transfer.Kind.IMPORT:
        raise Refused(_("This has been carried out or called off already."))
    tenancy.note_reason(reason)
    transfer.state, transfer.reason = Transfer.State.RUNNING, reason.strip()
    transfer.save(update_fields=["state", "reason"])


def carry_out_import(organisation_id: int, transfer: Transfer) -> dict[str, Any]:
    """Bring an archive in and write down what came of it, also when it is refused."""
    try:
        with transaction_for([organisation_id]):
            path = keeping.path_of(transfer)
            outcome = bring_in(organisation_id=organisation_id, transfer=transfer, path=path)
            keeping.end(transfer, Transfer.State.DONE, outcome)
    except Refused as refused:
        keeping.fail(transfer, refused.message)
        raise
    return outcome


def bring_in(*, organisation_id: int, transfer: Transfer, path: Path) -> dict[str, Any]:
    """Bring an archive in whole or not at all; returns counts and where standings differ.

    Raises Refused for what is wrong with the archive, and for an organisation that is not empty.
    """
    with opened(path) as archive:
        taking_in.check_fits(archive)
        written: list[Path] = []
        try:
            with transaction_for([organisation_id], system_actor(organisation_id)):
                return _bring_in(archive, organisation_id, transfer, written)
        except (Refused, DatabaseError) as error:
            for one in written:
                one.unlink(missing_ok=True)
            raise _told(error) from error


def _told(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    first = str(error).strip().partition("\n")[0]
    words = _("The database refuses this file, nothing has been written: %(why)s")
    return Refused(words % {"why": first[:300]}, "file")


def _bring_in(
    archive: Archive, organisation_id: int, transfer: Transfer, written: list[Path]
) -> dict[str, Any]:
    standings.lock([organisation_id])
    if missing := taking_in.not_here(archive):
        words = _("First bring in what this file builds on: %(what)s.")
        raise Refused(words % {"what": ", ".join(missing[:20])}, "file")
    if taking_in.occupied(organisation_id):
        raise Refused(_("Only an organisation without data can take this over."), "file")
    taking = taking_in.Taking(archive, organisation_id, transfer.pk)
    people = taking.people()
    _newcomers(archive, taking, transfer, people)
    taking.rows()
    _documents(archive, organisation_id, written)
    told = _told_standings(archive, taking)
    standings.recompute_all(organisation_id)
    return {
        "tables": {name: count for name, count in taking.counts.items() if count},
        "people": len(people),
        "documents": len(archive.documents),
        "standings": len(told),
        "differences": _differences(organisation_id, told),
        "behind": taking.behind.told(),
        "provided": _provided(archive, taking.behind),
    }


def _newcomers(
    archive: Archive, taking: taking_in.Taking, transfer: Transfer, people: list[Any]
) -> None:
    roles = {
        taking.numbers.get((USERS, int(row.get("user_id") or 0))): str(row.get("role", ""))
        for row in archive.rows("tables/organisations_membership.jsonl")
        if row.get("until") is None
    }
    known = {value for value, _label in Newcomer._meta.get_field("role").flatchoices}
    Newcomer.objects.bulk_create(
        Newcomer(
            organisation_id=taking.organisation_id,
            transfer=transfer,
            stand_in=user,
            name=name,
            email=email,
            role=roles[user.pk] if roles.get(user.pk) in known else "",
        )
        for user, name, email in people
    )


def _documents(archive: Archive, organisation_id: int, written: list[Path]) -> None:
    for sha256 in archive.documents:
        path = uploads.path_of(organisation_id, sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            written.append(path)
            archive.copy(layout.upload(sha256), path)


def _told_standings(archive: Archive, taking: taking_in.Taking) -> dict[int, str]:
    """Return the verdicts that the archive tells, by the number of the requirement here."""
    found = {}
    for row in archive.rows(STANDINGS):
        id = taking.numbers.get(("controls_requirement", row["requirement_id"]))
        if id is not None and row.get("scope_id") is None:
            found[id] = str(row["verdict"])
    return found


def _differences(organisation_id: int, told: dict[int, str]) -> list[dict[str, str]]:
    """Return where the standings, worked out anew from facts and judgements, say something else."""
    now = reading_standings.of_leaves(organisation_id)
    here = {id: leaf.verdict for id, leaf in now.items()}
    nodes = catalogue(clock.now()).nodes
    places = {
        id
        for id in told.keys() | here.keys()
        if told.get(id, "not_assessed") != here.get(id, "not_assessed")
    }
    return [
        {
            "ref": nodes[id].ref if id in nodes else str(id),
            "told": told.get(id, "not_assessed"),
            "here": here.get(id, "not_assessed"),
        }
        for id in sorted(places)
    ]


def is_empty(organisation_id: int) -> bool:
    """Tell whether an organisation can take an archive over."""
    return (
        not taking_in.occupied(organisation_id)
        and not Standing.objects.filter(organisation_id=organisation_id).exists()
    )
