# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One judgement on many leaves at once; each leaf succeeds or is refused on its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.services import judgements

MOST = 200


@dataclass(slots=True)
class Outcome:
    """On which leaves a judgement was recorded, and on which not, with the reason."""

    done: list[Requirement] = field(default_factory=list)
    refused: list[tuple[Requirement, str]] = field(default_factory=list)


def judge_many(
    *,
    actor: Actor,
    requirements: Sequence[Requirement],
    layers: Sequence[str],
    line: str,
    verdict: str,
    reason: str,
    valid_until: datetime | None,
) -> Outcome:
    """Record the same judgement on some layers of many leaves, as far as each asks for them.

    Raises Refused without a layer, and for more than 200 leaves.
    """
    actor.require(judgements.RIGHT_OF_LINE.get(line, "evidence.audit"))
    if not layers:
        raise Refused(_("Choose at least one layer."), "layers")
    if len(requirements) > MOST:
        raise Refused(_("Choose at most %(most)d requirements at once.") % {"most": MOST})
    found = Outcome()
    for one in requirements:
        try:
            with transaction.atomic():
                for layer in _asked(actor, one, layers):
                    judgements.judge(
                        actor=actor,
                        requirement=one,
                        layer=layer,
                        line=line,
                        verdict=verdict,
                        reason=reason,
                        valid_until=valid_until,
                    )
        except Refused as refused:
            found.refused.append((one, refused.message))
        else:
            found.done.append(one)
    return found


def _asked(actor: Actor, requirement: Requirement, layers: Sequence[str]) -> list[str]:
    asked = judgements.layers_of(actor.organisation_id, requirement)
    found = [layer for layer in layers if layer in asked]
    if not found:
        raise Refused(_("This layer is not asked for by this requirement."), "layers")
    return found
