# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing a pack: its framework and requirements by their number, so that every id stays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from dijkring.controls.importers import pack as packs
from dijkring.controls.models import Framework, Requirement
from dijkring.controls.services import fates, periods
from dijkring.controls.services.places import Places, owned_by
from dijkring.core import clock, events
from dijkring.core.access import Actor
from dijkring.organisations.models import Membership

NEW_VERSION = "controls.new_version"
_LOCK = 7_411
_FROM_FILE = ("text", "status", "moved_to")


@dataclass(slots=True)
class ImportResult:
    """What an import did, in counts, and the numbers that a person must look at again.

    A number to look at again reads as `5.04.02 → 5.10.02`.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    look_again: list[str] = field(default_factory=list)
    framework_id: int | None = None


@transaction.atomic
def import_pack(
    *,
    pack: packs.Pack,
    actor: Actor | None = None,
    organisation_id: int | None = None,
    since: datetime | None = None,
) -> ImportResult:
    """Store a pack, for everybody (as the owner of the tables) or for one organisation.

    Importing the same pack again changes nothing. What a pack no longer says of mappings and rules
    ends now and stays for the past; what it says anew holds from `since` (aware), else from now.
    Raises RefusedPack, with line and reason, for a reference to nowhere and for requirements that
    carry each other in a circle; nothing is then stored.
    """
    if actor is not None:
        actor.require("controls.import")
        organisation_id = actor.organisation_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, organisation_id or 0])
    return _Storing(pack, organisation_id, since or clock.now()).run()


class _Storing:
    """One pack on its way into the database."""

    def __init__(self, pack: packs.Pack, organisation_id: int | None, since: datetime) -> None:
        self.pack = pack
        self.organisation_id = organisation_id
        self.since = since
        self.now = clock.now()
        self.first = self.only_texts = self.was_official = False
        self.result = ImportResult()

    def run(self) -> ImportResult:
        # A list of an organisation's own gets a row too: it keeps that list out of the catalogue
        # that others share.
        of_its_own = bool(self.pack.requirements) or self.organisation_id is not None
        framework = self._framework() if of_its_own else None
        if framework is not None and self.pack.requirements:
            self.result.framework_id = framework.pk
            self._requirements(framework)
        self._speaking()
        if self.result.new or self.result.changed:
            self._stamp(framework)
        if framework is not None and self.first:
            self._succeed(framework)
        return self.result

    def _framework(self) -> Framework:
        pack, words = self.pack, _words(self.pack)
        mine = Framework.objects.filter(owned_by(self.organisation_id))
        found, self.first = mine.get_or_create(
            key=pack.framework_id,
            version=pack.version,
            defaults={
                **words,
                "organisation_id": self.organisation_id,
                "imported_at": self.now,
            },
        )
        self.result.new += self.first
        self.was_official = found.official
        # The publisher's file adds its texts to a framework of ours, which keeps its own words.
        self.only_texts = pack.official and not found.official and bool(pack.requirements)
        if not self.only_texts and any(getattr(found, name) != words[name] for name in words):
            Framework.objects.filter(pk=found.pk).update(**words)
            self.result.changed += 1
        return found

    # --- requirements

    def _requirements(self, framework: Framework) -> None:
        known = {row.ref: row for row in framework.requirements.all()}
        add, change = [], []
        for wanted in self.pack.requirements:
            row = known.get(wanted.ref)
            if row is None:
                add.append(self._made(framework, wanted))
            elif _altered(row, self._values(row, wanted)):
                change.append(row)
        Requirement.objects.bulk_create(add)
        Requirement.objects.bulk_update(change, [*_all_values(self.pack.requirements[0])])
        moved = self._parents({**known, **{row.ref: row for row in add}}, {row.ref for row in add})
        changed = {row.pk for row in change} | moved
        self.result.new += len(add)
        self.result.changed += len(changed)
        self.result.unchanged += len(self.pack.requirements) - len(add) - len(changed)

    def _made(self, framework: Framework, wanted: packs.Requirement) -> Requirement:
        values = _all_values(wanted)
        if self.only_texts:
            values = {**values, "text": {}, "official_text": wanted.text}
        return Requirement(
            organisation_id=self.organisation_id, framework=framework, ref=wanted.ref, **values
        )

    def _values(self, row: Requirement, wanted: packs.Requirement) -> dict[str, Any]:
        """Return what a row becomes; a file without labels changes no label, layer or place."""
        if self.only_texts:
            return {"official_text": wanted.text or row.official_text}
        values = _all_values(wanted)
        if self.was_official and not self.pack.official:
            values["official_text"] = row.official_text or row.text
        else:
            del values["official_text"]
        bare = _is_bare(wanted)
        return {name: value for name, value in values.items() if not bare or name in _FROM_FILE}

    def _parents(self, rows: dict[str, Requirement], new: set[str]) -> set[int]:
        moved = []
        for wanted in self.pack.requirements:
            row, parent = rows[wanted.ref], rows.get(wanted.parent or "")
            kept = wanted.ref not in new and (self.only_texts or _is_bare(wanted))
            if not kept and row.parent_id != (parent.pk if parent else None):
                row.parent = parent
                moved.append(row)
        Requirement.objects.bulk_update(moved, ["parent"])
        return {row.pk for row in moved if row.ref not in new}

    # --- what the pack says about requirements

    def _speaking(self) -> None:
        pack = self.pack
        own = {pack.framework_id: pack.version} if pack.requirements else {}
        places = Places(self.organisation_id, {**pack.names_versions, **own})
        told = periods.Periods(self.organisation_id, places, self.since, self.now)
        for add, ended, same in (
            told.mappings(pack.mappings),
            told.rules(pack.rules),
            fates.store(pack, self.organisation_id, only_new=self.only_texts),
        ):
            self.result.new += add
            self.result.changed += ended
            self.result.unchanged += same

    def _stamp(self, framework: Framework | None) -> None:
        # The catalogue in memory is known by the moment of the last import, which must move.
        latest = Framework.objects.aggregate(at=Max("imported_at"))["at"]
        moment = max(self.now, latest + timedelta(microseconds=1)) if latest else self.now
        own = Framework.objects.filter(owned_by(self.organisation_id))
        touched = own.filter(pk=framework.pk) if framework else own
        touched.update(imported_at=moment)

    # --- a new version

    def _succeed(self, framework: Framework) -> None:
        """List what changed since the version before, and tell those who keep judgements."""
        previous = fates.version_before(framework)
        if previous is None or not self.pack.requirements:
            return
        found = fates.what_became(previous, framework)
        self.result.look_again = [str(fate) for fate in found if fate.cause]
        for organisation_id in self._concerned():
            ids = {"old_id": previous.pk, "new_id": framework.pk}
            events.publish(NEW_VERSION, organisation_id=organisation_id, **ids)

    def _concerned(self) -> Sequence[int]:
        if self.organisation_id is not None:
            return [self.organisation_id]
        members = Membership.objects.filter(until=None)
        return list(members.values_list("organisation_id", flat=True).distinct())


def _words(pack: packs.Pack) -> dict[str, Any]:
    return {
        "title": pack.title,
        "issuer": pack.issuer,
        "published": pack.published,
        "source": pack.source,
        "licence": pack.licence,
        "official": pack.official,
        "is_law": pack.is_law,
        "names_versions": pack.names_versions,
    }


def _all_values(wanted: packs.Requirement) -> dict[str, Any]:
    return {
        "kind": wanted.kind,
        "title": wanted.title,
        "text": wanted.text,
        "official_text": {},
        "leaf": wanted.leaf,
        "status": wanted.status,
        "moved_to": wanted.moved_to or "",
        "layers": list(wanted.layers),
        "outside_duty": wanted.outside_duty,
        "link": wanted.link,
        "position": wanted.order,
    }


def _is_bare(wanted: packs.Requirement) -> bool:
    """Tell whether a file gives no label of its own: its title is only the number."""
    return set(wanted.title.values()) <= {wanted.ref}


def _altered(row: Requirement, values: dict[str, Any]) -> bool:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
