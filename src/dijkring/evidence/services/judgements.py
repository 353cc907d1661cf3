# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recording a person's verdict on one layer of one requirement."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement, JudgementDocument, Scope, Upload
from dijkring.evidence.selectors import provisions
from dijkring.evidence.services import standings

RIGHT_OF_LINE = {"owner": "evidence.judge", "ciso": "evidence.review", "audit": "evidence.audit"}
VERDICTS = ("met", "partly", "not_met", "not_applicable")


def judge(
    *,
    actor: Actor,
    requirement: Requirement,
    layer: str,
    line: str,
    verdict: str,
    reason: str,
    valid_until: datetime | None,
    documents: Sequence[Upload] = (),
    scope: Scope | None = None,
) -> Judgement:
    """Record a judgement; it supersedes the one in its own line, layer and scope only.

    `valid_until` is an aware moment after now, or None. Raises Refused for a layer that the
    requirement does not ask for, an unknown verdict, an empty reason, a date in the past or a
    scope that has ended.
    """
    actor.require(RIGHT_OF_LINE.get(line, "evidence.audit"))
    asked = layers_of(actor.organisation_id, requirement, scope)
    _check(requirement, asked, layer, line, verdict)
    _check_words(reason, valid_until, scope)
    standings.begin_change(actor.organisation_id)
    tenancy.note_reason(reason)
    now = clock.now()
    Judgement.objects.filter(
        organisation_id=actor.organisation_id,
        requirement=requirement,
        layer=layer,
        line=line,
        scope=scope,
        superseded_at=None,
    ).update(superseded_at=now)
    made = Judgement.objects.create(
        organisation_id=actor.organisation_id,
        requirement=requirement,
        scope=scope,
        layer=layer,
        line=line,
        verdict=verdict,
        reason=reason,
        judged_by_id=actor.user_id,
        judged_at=now,
        valid_until=valid_until,
    )
    for upload in documents:
        JudgementDocument.objects.create(
            organisation_id=actor.organisation_id, judgement=made, upload=upload
        )
    standings.recompute(actor.organisation_id, [requirement.pk], changed_at=now)
    return made


def layers_of(
    organisation_id: int, requirement: Requirement, scope: Scope | None = None
) -> list[str]:
    """Return the layers that can be judged; what another carries out has one's own part as well."""
    asked = provisions.asks_own_part(organisation_id, requirement.pk, scope)
    return [*requirement.layers, *(["own_part"] if asked else [])]


def _check(
    requirement: Requirement, layers: Sequence[str], layer: str, line: str, verdict: str
) -> None:
    if requirement.leaf and layer == "own_part" and layer not in layers:
        raise Refused(
            _("Nobody else carries this out now, so there is no own part to judge."), "layer"
        )
    if not requirement.leaf or layer not in layers:
        raise Refused(_("This layer is not asked for by this requirement."), "layer")
    if line not in RIGHT_OF_LINE:
        raise Refused(_("Choose a line from the list."), "line")
    if verdict not in VERDICTS:
        raise Refused(_("Choose a verdict from the list."), "verdict")


def _check_words(reason: str, valid_until: datetime | None, scope: Scope | None) -> None:
    if not reason.strip():
        raise Refused(_("Give the reason for your verdict."), "reason")
    if valid_until is not None and valid_until <= clock.now():
        raise Refused(_("Choose a date in the future."), "valid_until")
    if scope is not None and scope.until is not None:
        raise Refused(_("Choose one from the list."), "scope")
