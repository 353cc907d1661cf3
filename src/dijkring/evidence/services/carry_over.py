# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking judgements along to a new version of a norm.

What stayed the same takes its judgements along as they are. What moved or was reworded takes them
along too, and stands on the list of what a person must look at again. What went is only listed.
The old version keeps everything: a law may still name it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dijkring.controls.models import Framework, LookAgain
from dijkring.controls.services import (
    Fate,
    carry_applicability,
    list_again,
    what_became,
)
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Judgement, JudgementDocument
from dijkring.evidence.services import standings

# Where two leaves become one, the worst verdict goes along.
_WORST_FIRST = ("not_met", "partly", "met", "not_applicable")
Place = tuple[int, str, str]


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
    carried = _carry(actor.organisation_id, fates, judged)
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


def _carry(
    organisation_id: int, fates: Sequence[Fate], judged: dict[int, list[Judgement]]
) -> list[Judgement]:
    new = {leaf.pk for fate in fates for leaf in fate.new}
    known = Judgement.objects.filter(organisation_id=organisation_id, requirement_id__in=new)
    taken = set(known.values_list("requirement_id", "layer", "line"))
    chosen: dict[Place, Judgement] = {}
    for place, row in _wanted(fates, judged):
        other = chosen.get(place)
        if place not in taken and (other is None or _rank(row) < _rank(other)):
            chosen[place] = row
    made = [_copy(row, requirement) for (requirement, _layer, _line), row in chosen.items()]
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
                    yield (leaf.pk, row.layer, row.line), row


def _rank(row: Judgement) -> int:
    return _WORST_FIRST.index(row.verdict)


def _copy(row: Judgement, requirement_id: int) -> Judgement:
    return Judgement(
        organisation_id=row.organisation_id,
        requirement_id=requirement_id,
        layer=row.layer,
        line=row.line,
        verdict=row.verdict,
        reason=row.reason,
        judged_by_id=row.judged_by_id,
        judged_at=row.judged_at,
        valid_until=row.valid_until,
        carried_from=row,
    )
