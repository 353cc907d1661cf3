# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence with its chain of custody: taken, handed over, its hash reckoned again."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db.models import Max
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.services import uploads
from dijkring.incidents.models import CustodyRecord, Exhibit, Incident
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.services import checking

Act = CustodyRecord.Act
File = tuple[str, BinaryIO]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken into custody, by whom, when, from where, and where it is now.

    `sha256` is the hash of something that is kept elsewhere; of a file kept here it is reckoned.
    """

    what: str
    at: datetime
    by: str
    origin: str
    to: str = ""
    note: str = ""
    sha256: str = ""


def take(*, actor: Actor, incident: Incident, wanted: Taken, file: File | None = None) -> Exhibit:
    """Take evidence into custody: a file of any kind, or something that is kept elsewhere.

    Raises Refused for what is not told, a moment in the future, and a hash that is none.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    what = checking.needed(wanted.what, "what", _("Say what it is."))
    checking.needed(wanted.origin, "origin", _("Say where it comes from."))
    if file is None:
        checking.needed(wanted.to, "to", _("Choose a file, or say where it is kept."))
    sha256 = _hash(wanted.sha256)
    upload = None
    if file is not None:
        name, content = file
        upload = uploads.keep_inert(
            actor=actor, right=HANDLE, name=name, content=content, sha256=sha256
        )
        sha256 = upload.sha256
    made = Exhibit.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        number=(found.exhibits.aggregate(last=Max("number"))["last"] or 0) + 1,
        what=what[:200],
        upload=upload,
        sha256=sha256,
        added_at=clock.now(),
        added_by_id=actor.user_id,
    )
    _record(actor, made, Act.TAKEN, wanted)
    return made


def _hash(text: str) -> str:
    found = text.strip().lower()
    if found and not re.fullmatch(r"[0-9a-f]{64}", found):
        raise Refused(_("A SHA-256 has 64 signs: digits and the letters a to f."), "sha256")
    return found


def _record(actor: Actor, exhibit: Exhibit, act: str, wanted: Taken) -> CustodyRecord:
    return CustodyRecord.objects.create(
        organisation_id=actor.organisation_id,
        exhibit=exhibit,
        act=act,
        at=checking.past(wanted.at, "at"),
        by=checking.needed(wanted.by, "by", _("Say by whom."))[:120],
        origin=wanted.origin.strip()[:300],
        to=wanted.to.strip()[:300],
        note=wanted.note.strip()[:500],
        sha256=exhibit.sha256,
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def hand_over(
    *, actor: Actor, exhibit: Exhibit, at: datetime, by: str, to: str, note: str = ""
) -> CustodyRecord:
    """Record that evidence was handed over; also of an incident that was closed."""
    actor.require(HANDLE)
    found = _locked(actor, exhibit)
    checking.needed(to, "to", _("Say to whom, and where it is now."))
    last = found.custody.exclude(act=Act.CHECKED).latest("pk")
    if checking.past(at, "at") < last.at:
        raise Refused(_("This lies before the last link of the chain."), "at")
    return _record(actor, found, Act.GIVEN, Taken("", at, by, last.to, to, note))


def check(*, actor: Actor, exhibit: Exhibit) -> CustodyRecord:
    """Reckon the hash of the file as it lies there now, and record whether it is equal."""
    actor.require(HANDLE)
    found = _locked(actor, exhibit)
    if found.upload is None:
        raise Refused(_("This is kept elsewhere; its hash cannot be reckoned here."))
    now = uploads.hash_now(found.upload)
    return CustodyRecord.objects.create(
        organisation_id=actor.organisation_id,
        exhibit=found,
        act=Act.CHECKED,
        at=clock.now(),
        by=actor.name[:120],
        note="" if now else _("The file is gone."),
        sha256=now,
        equal=now == found.sha256,
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def _locked(actor: Actor, exhibit: Exhibit) -> Exhibit:
    rows = Exhibit.objects.select_for_update(of=["self"])
    return rows.select_related("upload").get(pk=exhibit.pk, organisation_id=actor.organisation_id)
