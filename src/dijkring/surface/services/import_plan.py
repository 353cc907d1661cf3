# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would become of a file: per line taken, known, left out or refused. Writes nothing."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.documents.reading import columns
from dijkring.documents.reading.columns import Choice
from dijkring.documents.reading.limits import MAX_REMARKS
from dijkring.evidence import kinds
from dijkring.evidence.services.rounds import Observation
from dijkring.surface import names
from dijkring.surface.importers import Report, Told, easm, internetnl, rio
from dijkring.surface.models import Domain, Imported
from dijkring.surface.selectors import imported as selectors
from dijkring.surface.services import import_files, import_subjects
from dijkring.surface.services.domains import current
from dijkring.ui import words as ui_words

SOURCE_OF = {"internetnl": internetnl.SOURCE, "easm": easm.SOURCE, "rio": rio.SOURCE}
TAKEN, KNOWN, REFUSED, LEFT_OUT = "taken", "known", "refused", "left_out"
STATUSES = (REFUSED, TAKEN, KNOWN, LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the preview: about which name, what would become of it, and why."""

    label: str
    status: str
    reason: str = ""
    line: int | None = None
    name: str = ""


@dataclass(slots=True)
class Plan:
    """What would be recorded of one file.

    `told` is about own names only. `before` is the import of exactly this file. `whole` ends what
    the file does not name any more.
    """

    report: Report
    rows: list[Row] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    before: Imported | None = None
    whole: bool = False
    remembered: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """The rows per status; every status is there."""
        found = dict.fromkeys(STATUSES, 0)
        for row in self.rows:
            found[row.status] += 1
        return found

    @property
    def names(self) -> list[str]:
        """The names that would be registered."""
        return [row.name for row in self.rows if row.status == TAKEN and row.name]

    @property
    def something(self) -> bool:
        """Whether there is anything to take over."""
        return bool(self.told or self.names)

    @property
    def mark(self) -> str:
        """Give what is the same as long as the same would be recorded."""
        lines = sorted(f"{one.name} {one.kind} {one.address} {one.state}" for one in self.told)
        text = "\n".join([*lines, *self.names, *map(str, self.counts.values())])
        return hashlib.sha256(text.encode()).hexdigest()


def plan(
    *, actor: Actor, imported: Imported, chosen: Mapping[str, int | None] | None = None
) -> Plan:
    """Say what would become of a file, with columns that were chosen, remembered or guessed."""
    actor.require(import_files.RIGHT)
    remembered = None
    if chosen is None and imported.kind == "easm":
        chosen, remembered = _chosen(imported)
    report = import_files.read(imported, chosen)
    found = Plan(report, whole=bool(imported.choice.get("whole")), remembered=bool(remembered))
    found.before = selectors.same_file(imported)
    known = {one.name: one for one in current(actor.organisation_id)}
    _PLANNERS[imported.kind](found, known, actor)
    found.rows += [
        Row(one.where, REFUSED, one.reason[ui_words.language()], one.line)
        for one in report.refused[: 10 * MAX_REMARKS]
    ]
    return found


def _chosen(imported: Imported) -> tuple[dict[str, int | None] | None, Choice | None]:
    """Return the columns that were chosen for this file, or before for such a file."""
    kept = columns.of_kept(imported.choice)
    if kept is not None:
        return dict(kept.columns), None
    header = import_files.read(imported, None).header
    before = selectors.choice_of(imported.organisation_id, header.fingerprint) if header else None
    memory = columns.of_kept(before) if before else None
    return (dict(memory.columns), memory) if memory else (None, None)


def kept_choice(plan: Plan) -> dict[str, Any]:
    """Return what is kept of the choice of columns, to be known again by the same headers."""
    found: dict[str, Any] = {"whole": plan.whole}
    if plan.report.choice and plan.report.header:
        found |= {**plan.report.choice.kept(), "header_mark": plan.report.header.fingerprint}
    return found


# --- one kind of file each ----------------------------------------------------------------------

Known = Mapping[str, Domain]


def _not_ours(name: str, known: Known) -> str:
    """Say why a name cannot be taken: it lies below one of ours, or it is of somebody else."""
    above = next((one for one in names.above(name) if one in known), "")
    if above:
        words = _("This name lies below %(name)s and is not registered. Register it first.")
        return words % {"name": names.shown(above)}
    return _("This is not one of your names.")


def _of_results(found: Plan, known: Known, actor: Actor) -> None:
    by_name: dict[str, list[Told]] = defaultdict(list)
    for one in found.report.told:
        by_name[one.name].append(one)
    scores = {one.name: one.percent for one in found.report.scores}
    for name, told in by_name.items():
        label = names.shown(name)
        if name not in known:
            found.rows.append(Row(label, REFUSED, _not_ours(name, known)))
            continue
        found.told += told
        found.rows.append(Row(label, TAKEN, _result_words(told, scores.get(name))))


def _result_words(told: list[Told], percent: int | None) -> str:
    failed = sum(one.state == "fail" for one in told)
    lost = sum(one.state == "not_measured" for one in told)
    words = ngettext("%(n)d test", "%(n)d tests", len(told)) % {"n": len(told)}
    words += ", " + _("%(failed)d not met, %(lost)d not measured") % {
        "failed": failed, "lost": lost,
    }  # fmt: skip
    return words if percent is None else f"{words}, {percent} %"


def _of_scan(found: Plan, known: Known, actor: Actor) -> None:
    addresses = import_subjects.names_of_addresses(actor.organisation_id)
    for one in found.report.told:
        name = one.name or addresses.get(one.address, "")
        label = names.shown(one.name) or one.address
        if reason := _no_finding(one, name, known):
            found.rows.append(Row(label, REFUSED, reason, one.line))
            continue
        found.told.append(replace(one, name=name))
        label = f"{label} ({_said_in(kinds.get(one.kind).label)})"
        found.rows.append(Row(label, TAKEN, _said_in(one.detail["text"]), one.line))


def _no_finding(one: Told, name: str, known: Known) -> str:
    """Say why a finding cannot be taken over; nothing when it can."""
    if not name:
        return _("None of your names has this address.")
    if name not in known:
        return _not_ours(name, known)
    return _("This date lies in the future.") if one.at > clock.now() else ""


def _said_in(texts: Mapping[str, str]) -> str:
    return texts[ui_words.language()]


def _of_register(found: Plan, known: Known, actor: Actor) -> None:
    """Tell of each website whether it stands in the list; a name counts with and without www."""
    listed = found.report.listed
    for name, domain in sorted(known.items()):
        if not domain.carries_web:
            continue
        state, texts = _listed(name, listed)
        detail = {"reason": f"rio:{state}", "text": texts}
        found.told.append(Told(name, rio.KIND, state, _at(found.report), detail))
        found.rows.append(Row(names.shown(name), TAKEN, _said_in(texts)))
    others = len(listed) - len({one for one in listed if one in known})
    if others:
        words = ngettext(
            "%(n)d name of the list is not registered here.",
            "%(n)d names of the list are not registered here.", others,
        )  # fmt: skip
        found.rows.append(Row(_("Other names"), LEFT_OUT, words % {"n": others}))


def _at(report: Report) -> datetime:
    if report.at is None:
        raise Refused(_("Give the date of the list."), "day")
    return report.at


def _listed(name: str, listed: Mapping[str, str]) -> tuple[Any, dict[str, str]]:
    bare = name.removeprefix("www.")
    place = next((one for one in (name, bare, f"www.{bare}") if one in listed), None)
    if place is None:
        return "fail", {
            "nl": "Staat niet in de lijst van het register.",
            "en": "Does not stand in the list of the register.",
        }
    owner = listed[place]
    behind = {"nl": f" op naam van {owner}", "en": f" under {owner}"} if owner else {}
    return "pass", {
        "nl": f"Staat in het register als {place}{behind.get('nl', '')}.",
        "en": f"Stands in the register as {place}{behind.get('en', '')}.",
    }


def _of_certificates(found: Plan, known: Known, actor: Actor) -> None:
    for one in found.report.names:
        label = names.shown(one.name)
        if one.name in known:
            found.rows.append(Row(label, KNOWN, _("Is registered already."), one.line))
        elif reason := _cannot_register(one.name, known):
            found.rows.append(Row(label, REFUSED, reason, one.line))
        else:
            reason = _("only as a wildcard, *.%(name)s") % {"name": label} if one.wildcard else ""
            found.rows.append(Row(label, TAKEN, reason, one.line, one.name))


def _cannot_register(name: str, known: Known) -> str:
    """Say why a name on a certificate is no proposal; nothing when it is."""
    try:
        names.checked(name)
    except Refused as refused:
        return refused.message
    proven = [one for one in names.above(name) if _proven(known.get(one))]
    return "" if proven else _("This name does not lie below a name whose authority is proven.")


def _proven(domain: Domain | None) -> bool:
    return domain is not None and domain.state == Domain.State.AUTHORISED


_PLANNERS = {
    "internetnl": _of_results,
    "easm": _of_scan,
    "rio": _of_register,
    "certificates": _of_certificates,
}


# --- observations -------------------------------------------------------------------------------

# The observations per name.
Seen = dict[str, list[Observation]]


def observations(actor: Actor, plan: Plan, source: str) -> dict[datetime, Seen]:
    """Return what is to be recorded, per moment and name, the oldest first."""
    told = _at_one_moment(plan)
    placed = import_subjects.placed(actor.organisation_id, source, told)
    found: dict[datetime, Seen] = defaultdict(lambda: defaultdict(list))
    for one, subject, known in placed:
        seen = Observation(one.kind, subject, one.state, one.detail)
        if one.since is not None and one.since < one.at and not known:
            found[one.since][one.name].append(seen)
        found[one.at][one.name].append(seen)
    return {moment: dict(found[moment]) for moment in sorted(found)}


def _at_one_moment(plan: Plan) -> list[Told]:
    """Let everything in a file that is whole hold at its own date: what it names is open then."""
    if not plan.whole or plan.report.at is None:
        return plan.told
    at = max([plan.report.at, *(one.at for one in plan.told)])
    return [replace(one, at=at) for one in plan.told]
