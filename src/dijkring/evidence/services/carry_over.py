# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking judgements along to a new version of a norm.

What stayed the same takes its judgements along as they are. What moved or was reworded takes them
along too, and stands on the list of what a person must look at again. What went is only listed.
The old version keeps everything: a law may still name it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dijkring.controls.models import Framework, LookAgain
from dijkring.controls.services import (
    Fate,
    carry_applicability,
    list_again,
    what_became,
)
from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Judgement, JudgementDocument, Provision
from dijkring.evidence.services import standings

# Where two leaves become one, the worst verdict goes along; what has ended is not good any more.
_WORST_FIRST = ("not_met", "partly", "show_again", "met", "not_applicable")
_SURE = ("not_met", "partly")
# The new leaf, the layer, the line, and what is judged apart.
Place = tuple[int, str, str, int | None]


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many judgements went along, and what a person must look at again."""

    carried: int
    look_again: list[LookAgain]


def on_new_version(*, organisation_id: int, old_id: int, new_id: int) -> None:
    """Take everything along when a new version of a norm comes in."""
    old, new = Framework.objects.get(pk=old_id), Framework.objects.get(pk=new_id)
    carry_over(actor=system_actor(organisation_id), old=old, new=new)


def carry_over(*, actor: Actor, old: Framework, new: Framework) -> CarriedOver:
    """Take the judgements and the applicability of one organisation along to a new version.

    A second time carries nothing twice, and nothing to where somebody has judged already.
    """
    actor.require("evidence.review")
    standings.begin_change(actor.organisation_id)
    fates = what_became(old, new)
    weighed = carry_applicability(actor=actor, fates=fates)
    judged = _judgements(actor.organisation_id, [fate.old.pk for fate in fates])
    provided = _provided(actor.organisation_id, judged)
    own = {id: [row for row in rows if (id, row.layer) not in provided]
           for id, rows in judged.items()}  # fmt: skip
    carried = _carry(actor.organisation_id, fates, own)
    listed = list_again(actor=actor, fates=fates, spoken=weighed | judged.keys())
    standings.recompute(actor.organisation_id, {row.requirement_id for row in carried})
    return CarriedOver(len(carried), listed)


def _judgements(organisation_id: int, ids: Iterable[int]) -> dict[int, list[Judgement]]:
    rows = Judgement.objects.filter(
        organisation_id=organisation_id, requirement_id__in=ids, superseded_at=None
    )
    found: dict[int, list[Judgement]] = defaultdict(list)
    for row in rows.prefetch_related("documents"):
        found[row.requirement_id].append(row)
    return found


def _provided(organisation_id: int, ids: Iterable[int]) -> set[tuple[int, str]]:
    """Return the leaves and layers that another carries out: half of that says nothing alone.

    Who provides them says so anew of the new version, and then the own part is judged again.
    """
    rows = Provision.objects.filter(
        organisation_id=organisation_id, requirement_id__in=list(ids), until=None
    )
    found = rows.values_list("requirement_id", "layers")
    return {(id, layer) for id, layers in found for layer in layers}


def _carry(
    organisation_id: int, fates: Sequence[Fate], judged: dict[int, list[Judgement]]
) -> list[Judgement]:
    new = {leaf.pk for fate in fates for leaf in fate.new}
    known = Judgement.objects.filter(organisation_id=organisation_id, requirement_id__in=new)
    taken = set(known.values_list("requirement_id", "layer", "line", "scope_id"))
    wanted: dict[Place, list[Judgement]] = defaultdict(list)
    for place, row in _wanted(fates, judged):
        wanted[place].append(row)
    sources = Counter(
        (leaf.pk, layer)
        for fate in fates
        for leaf in fate.new
        for layer in {*leaf.layers} & {*fate.old.layers}
    )
    chosen = {
        place: _worst(rows)
        for place, rows in wanted.items()
        if place not in taken and (len(rows) >= sources[place[:2]] or _worst(rows).verdict in _SURE)
    }
    made = [_copy(row, place[0], wanted[place]) for place, row in chosen.items()]
    Judgement.objects.bulk_create(made)
    JudgementDocument.objects.bulk_create(
        JudgementDocument(
            organisation_id=organisation_id, judgement=copy, upload_id=document.upload_id
        )
        for copy, row in zip(made, chosen.values(), strict=True)
        for document in row.documents.all()
    )
    return made


def _wanted(
    fates: Sequence[Fate], judged: dict[int, list[Judgement]]
) -> Iterator[tuple[Place, Judgement]]:
    for fate in fates:
        for leaf in fate.new:
            for row in judged.get(fate.old.pk, ()):
                if row.layer in leaf.layers:
                    yield (leaf.pk, row.layer, row.line, row.scope_id), row


def _worst(rows: Iterable[Judgement]) -> Judgement:
    return min(rows, key=_rank)


def _rank(row: Judgement) -> int:
    ended = row.valid_until is not None and row.valid_until <= clock.now()
    sure = row.verdict in _SURE or not ended
    return _WORST_FIRST.index(row.verdict if sure else "show_again")


def _copy(row: Judgement, requirement_id: int, merged: Iterable[Judgement]) -> Judgement:
    """Copy a judgement; of several that become one, what is good holds until the first ends."""
    counts = [row] if row.verdict in _SURE else merged
    ends = [one.valid_until for one in counts if one.valid_until is not None]
    return Judgement(
        organisation_id=row.organisation_id,
        requirement_id=requirement_id,
        layer=row.layer,
        line=row.line,
        verdict=row.verdict,
        reason=row.reason,
        judged_by_id=row.judged_by_id,
        judged_at=row.judged_at,
        valid_until=min(ends, default=None),
        scope_id=row.scope_id,
        carried_from=row,
    )
