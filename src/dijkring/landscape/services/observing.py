# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records how the landscape as a whole stands, as facts; what fails opens an action by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.evidence.kinds import ORGANISATION
from dijkring.evidence.services import populations, rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.landscape import facts
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import starts, unknown, weighing
from dijkring.landscape.selectors.graph import Landscape, Node, landscape
from dijkring.landscape.selectors.starts import Kind, Start
from dijkring.landscape.selectors.weighing import Weight
from dijkring.landscape.services import taking
from dijkring.organisations.models import Organisation

# So many names stand in a fact; the list shows the others.
MOST_NAMES = 12
HOME = "NL"


def observe(organisation_id: int) -> None:
    """Look at the landscape and record what holds; before it was begun there is nothing to say.

    A landscape that was emptied is not measured: nothing is known of it any more.
    """
    if not selectors.begun(organisation_id):
        return
    actor = system_actor(organisation_id)
    taking.refresh(organisation_id)
    populations.add(actor=actor, population=facts.POPULATION, member=ORGANISATION)
    rounds.record(
        actor=actor,
        source=facts.SOURCE,
        member=ORGANISATION,
        observed_at=clock.now(),
        observations=list(_observations(organisation_id)),
        complete=True,
        answers=True,
    )


def _observations(organisation_id: int) -> Iterator[Observation]:
    rows = Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
    rows = rows.order_by("name")
    yield _lacking(facts.OWNERS, rows.filter(provider=None), Q(owner=None))
    yield _lacking(facts.CURRENT, rows, selectors.to_confirm())
    carrying = rows.filter(kind__in=selectors.CLASSIFIED, provider=None)
    yield _lacking(facts.CLASSIFIED, carrying, selectors.UNCLASSIFIED)
    work = rows.filter(kind__in=selectors.WORK)
    yield _lacking(facts.OBJECTIVES, work, selectors.WITHOUT_OBJECTIVES)
    yield from _reckoned(organisation_id)


def _lacking(kind: str, rows: Any, lacks: Q) -> Observation:
    total = rows.count()
    if not total:
        return _unknown(kind)
    lacking = list(rows.filter(lacks).values_list("name", flat=True))
    if not lacking:
        return _in_order(kind, total)
    nl = f"{len(lacking)} van {total} niet in orde: {_listed(lacking, 'en nog')}"
    en = f"{len(lacking)} of {total} not in order: {_listed(lacking, 'and')}"
    return _seen(kind, "fail", nl, en, total=total, lacking=len(lacking))


def _listed(names: Sequence[str], more: str) -> str:
    words = ", ".join(names[:MOST_NAMES])
    rest = len(names) - MOST_NAMES
    return f"{words} {more} {rest}" if rest > 0 else words


def _in_order(kind: str, total: int) -> Observation:
    nl, en = f"Bij alle {total} in orde.", f"In order for all {total}."
    return _seen(kind, "pass", nl, en, total=total)


def _seen(kind: str, state: str, nl: str, en: str, **counts: int) -> Observation:
    return Observation(kind, ORGANISATION, state, {"text": {"nl": nl, "en": en}, **counts})


def _unknown(kind: str) -> Observation:
    nl = "Er staat nog niets van deze soort in het landschap."
    en = "Nothing of this kind stands in the landscape yet."
    return _seen(kind, "not_measured", nl, en)


def _reckoned(organisation_id: int) -> Iterator[Observation]:
    """Say what only the cascade can tell."""
    found = landscape(organisation_id)
    yield _promises(found)
    named = starts.names(organisation_id, found)
    hanging = starts.by_kind(found, named)
    most = selectors.most_on_one(organisation_id)
    own = str(Organisation.objects.get(pk=organisation_id)).casefold()
    suppliers = [one for one in _of(hanging, Kind.PARTY) if one.name.casefold() != own]
    nobody = unknown.without_supplier(found)
    yield _concentrated(facts.SUPPLIER, found, suppliers, nobody, most)
    countries = [one for one in _of(hanging, Kind.COUNTRY) if one.value != HOME]
    nowhere = unknown.without_country(found)
    yield _concentrated(facts.COUNTRY, found, countries, nowhere, most)


def _of(hanging: Mapping[str, Mapping[str, Start]], kind: str) -> Iterable[Start]:
    return hanging.get(kind, {}).values()


def _promises(found: Landscape) -> Observation:
    """Say which promises break; that all can be kept only when all below them is known."""
    promising = [one for one in found.nodes.values() if one.promised >= 0]
    if len(promising) < 2 or not found.lines:
        return _unknown(facts.PROMISES)
    if broken := weighing.conflicts(found):
        names = [f"{one.node.name} ← {one.cause.name}" for one in broken]
        nl = f"{len(broken)} niet waar te maken: {_listed(names, 'en nog')}"
        en = f"{len(broken)} cannot be kept: {_listed(names, 'and')}"
        return _seen(facts.PROMISES, "fail", nl, en, total=len(promising), lacking=len(broken))
    bare = [one for one in unknown.bare(found) if one.promised >= 0]
    if silent := [*unknown.unpromised(found), *bare]:
        return _open(
            facts.PROMISES,
            silent,
            "Niet te zeggen zolang hiervan niet bekend is wanneer het terug is of wat het nodig"
            " heeft",
            "Cannot be told while of these nobody knows when they are back or what they need",
        )
    return _in_order(facts.PROMISES, len(promising))


def _concentrated(
    kind: str, found: Landscape, names: Sequence[Start], nobody: Sequence[Node], most: int
) -> Observation:
    """Hold the statutory tasks that fall with one name against what is allowed, in percents.

    `nobody` is what hangs on a name that is not known. That may be one name, and any of those
    that are known: only when even then no share is too large can it be said that none is.
    """
    tasks = sum(one.statutory for one in found.nodes.values())
    if not tasks or not found.lines:
        return _unknown(kind)
    if above := _above(found, names, most, tasks):
        nl = f"Meer dan {most}% van {tasks} wettelijke taken: {_shares(above)}"
        en = f"More than {most}% of {tasks} statutory tasks: {_shares(above)}"
        return _seen(kind, "fail", nl, en, total=tasks, most=most, lacking=len(above))
    open_ = [*nobody, *unknown.bare(found)]
    pks = {one.pk for one in open_}
    worst = [replace(one, assets=tuple(pks.union(one.assets))) for one in names]
    worst = worst or [Start(Kind.PARTY, "", "", tuple(pks))]
    if pks and _above(found, worst, most, tasks):
        return _open(
            kind,
            open_,
            f"Niet te zeggen of ergens meer dan {most}% van {tasks} wettelijke taken aan hangt"
            " zolang hiervan niet bekend is van wie het komt of wat het nodig heeft",
            f"Cannot be told whether more than {most}% of {tasks} statutory tasks hang on one"
            " while of these nobody knows from whom they come or what they need",
        )
    nl = f"Nergens meer dan {most}% van {tasks} wettelijke taken."
    en = f"Nowhere more than {most}% of {tasks} statutory tasks."
    return _seen(kind, "pass", nl, en, total=tasks, most=most)


def _above(found: Landscape, names: Sequence[Start], most: int, tasks: int) -> list[Weight]:
    weights = weighing.concentration(found, names)
    return [one for one in weights if 100 * one.tasks > most * tasks]


def _open(kind: str, nodes: Sequence[Node], nl: str, en: str) -> Observation:
    names = sorted({one.name for one in nodes})
    nl, en = f"{nl}: {_listed(names, 'en nog')}", f"{en}: {_listed(names, 'and')}"
    return _seen(kind, "not_measured", nl, en, unknown=len(names))


def _shares(above: Sequence[Weight]) -> str:
    return ", ".join(f"{one.start.name} ({one.tasks})" for one in above[:MOST_NAMES])
