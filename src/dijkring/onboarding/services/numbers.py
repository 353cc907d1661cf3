# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a number in a file means now: in force, moved, of an older version, or of an older norm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from dijkring.controls.catalogue import catalogue, current_framework
from dijkring.controls.models import Framework, Requirement, WasBecomes, in_language, version_key
from dijkring.core import clock

BIO2, BIO1 = "bio2", "bio-1"
MOST_LEAVES = 12
_BIO1 = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.\d{1,2}|(?:9|1\d)\.\d{1,2}(?:\.\d{1,2})*")


class Unknown(Exception):
    """Nothing can be found under a number; the message says why."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One leaf that a number means now, and how that was found where it is not plain."""

    requirement: Requirement
    note: str = ""


def numberings(organisation_id: int) -> list[tuple[str, str]]:
    """Return the norms in whose numbers a file may be written, as (key, words)."""
    found = {BIO2: str(current_framework(BIO2) or "BIO2"), BIO1: "BIO 1.04"}
    for one in Framework.objects.filter(requirements__leaf=True).distinct():
        found.setdefault(one.key, in_language(one.title))
    old = WasBecomes.objects.filter(_seen(organisation_id)).values_list("key", flat=True)
    for key in old.distinct():
        found.setdefault(key, key)
    return list(found.items())


def proposed(refs: Iterable[str]) -> str:
    """Guess the norm from the numbers: chapters above 8 and four parts are of BIO 1.04."""
    old = sum(bool(_BIO1.fullmatch(ref)) for ref in refs)
    return BIO1 if old >= 2 else BIO2


def _seen(organisation_id: int) -> Q:
    return Q(organisation=None) | Q(organisation=organisation_id)


class Numbers:
    """The numbers of one norm, all in memory: a lookup asks the database nothing."""

    def __init__(self, organisation_id: int, key: str) -> None:
        self.key = key
        self._organisation_id = organisation_id
        self._framework = current_framework(key)
        rows = self._framework.requirements.all() if self._framework else ()
        self._rows = {row.ref.casefold(): row for row in rows}
        self._by_id = {row.pk: row for row in self._rows.values()}
        self._steps = self._was_becomes()
        self._others: dict[str, Numbers] = {}
        self._known: dict[str, list[Meaning] | Unknown] = {}
        self._tree = catalogue(clock.now())

    def _was_becomes(self) -> dict[str, WasBecomes]:
        rows = WasBecomes.objects.filter(_seen(self._organisation_id), key=self.key)
        # What the organisation brought in itself goes before what comes with Dijkring.
        order = sorted(rows, key=lambda row: (bool(row.organisation_id), version_key(row.version)))
        return {row.was.casefold(): row for row in order}

    def meaning(self, ref: str) -> list[Meaning]:
        """Return the leaves that a number means now; raises Unknown with the reason."""
        wanted = ref.casefold()
        if wanted not in self._known:
            # Said first, so that a list that runs in a circle ends.
            self._known[wanted] = Unknown(
                _("The was-becomes list of %(ref)s runs in a circle.") % {"ref": ref}
            )
            try:
                self._known[wanted] = self._find(wanted, ref)
            except Unknown as unknown:
                self._known[wanted] = unknown
        found = self._known[wanted]
        if isinstance(found, Unknown):
            raise Unknown(str(found))
        return found

    def _find(self, wanted: str, ref: str) -> list[Meaning]:
        row = self._rows.get(wanted) or self._rows.get(padded(wanted))
        if row is not None and row.status == Requirement.Status.ACTIVE:
            return self._leaves(row)
        step = self._steps.get(wanted) or self._steps.get(padded(wanted))
        if step is not None:
            return self._moved(step, ref)
        if row is not None and row.moved_to and row.moved_to.casefold() != wanted:
            return _noted(self.meaning(row.moved_to), _("was %(ref)s") % {"ref": ref})
        if row is not None:
            raise Unknown(_("Number %(ref)s has lapsed; nothing takes its place.") % {"ref": ref})
        return self._above(wanted, ref)

    def _moved(self, step: WasBecomes, ref: str) -> list[Meaning]:
        if not step.becomes:
            why = in_language(step.note) if step.note else ""
            raise Unknown(
                _("Number %(ref)s has lapsed; nothing takes its place.") % {"ref": ref} + f" {why}"
            )
        found = []
        for place in step.becomes:
            key, _colon, new = place.partition(":")
            found += self._other(key).meaning(new)
        return _noted(found, _("was %(ref)s") % {"ref": ref})

    def _other(self, key: str) -> "Numbers":
        if key == self.key:
            return self
        if key not in self._others:
            self._others[key] = Numbers(self._organisation_id, key)
        return self._others[key]

    def _above(self, wanted: str, ref: str) -> list[Meaning]:
        """Of an old norm, take the control above a number that no list speaks of."""
        above = wanted.rpartition(".")[0]
        if self._framework is None and above in self._steps:
            words = _("found by way of control %(above)s") % {"above": above}
            return _noted(self._moved(self._steps[above], ref), words)
        if self._framework is None and not self._steps:
            raise Unknown(
                _("There is no was-becomes list for the numbers of %(norm)s. Bring one in first.")
                % {"norm": self.key}
            )
        norm = str(self._framework or self.key)
        raise Unknown(_("Number %(ref)s does not exist in %(norm)s.") % {"ref": ref, "norm": norm})

    def _leaves(self, row: Requirement) -> list[Meaning]:
        if row.leaf:
            return [Meaning(row)]
        below = self._tree.leaves_below(row.pk) if row.pk in self._tree.nodes else []
        if row.parent_id is None or not 0 < len(below) <= MOST_LEAVES:
            raise Unknown(
                _("%(ref)s is a chapter. Name the requirements below it.") % {"ref": row.ref}
            )
        words = _("said of the whole of %(ref)s") % {"ref": row.ref}
        return [Meaning(self._by_id[id], words) for id in below]


def _noted(found: list[Meaning], words: str) -> list[Meaning]:
    return [
        Meaning(one.requirement, f"{words}; {one.note}" if one.note else words) for one in found
    ]


def padded(ref: str) -> str:
    """Return a number with two digits per part after the first: 5.1.1 becomes 5.01.01."""
    first, *rest = ref.split(".")
    return ".".join([first, *(part.zfill(2) if part.isdigit() else part for part in rest)])
