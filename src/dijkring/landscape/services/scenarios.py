# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the questions of what fails when something fails."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import Asset, Scenario, ScenarioStart
from dijkring.landscape.selectors.starts import Start

RIGHT = "landscape.keep"
MOST_STARTS = 200


def keep(*, actor: Actor, name: str, starts: Sequence[Start], description: str = "") -> Scenario:
    """Keep what fails under a name; Refused for nothing, too much, or a name that is taken."""
    actor.require(RIGHT)
    title = " ".join(name.split())
    _check(actor, title, starts)
    made = Scenario.objects.create(
        organisation_id=actor.organisation_id,
        name=title,
        description=description.strip(),
        added_by_id=actor.user_id,
        added_at=clock.now(),
    )
    for start in starts:
        ScenarioStart.objects.create(
            organisation_id=actor.organisation_id, scenario=made, kind=start.kind, **_what(start)
        )
    return made


def _check(actor: Actor, title: str, starts: Sequence[Start]) -> None:
    if not title:
        raise Refused(_("Give it a name."), "name")
    if not starts:
        raise Refused(_("Choose first what fails."), "name")
    if len(starts) > MOST_STARTS:
        raise Refused(
            _("Choose at most %(most)d things that fail.") % {"most": MOST_STARTS}, "name"
        )
    _check_ours(actor, {int(start.value) for start in starts if start.kind == "asset"})
    rows = Scenario.objects.filter(organisation_id=actor.organisation_id, retired_at=None)
    if rows.filter(name=title).exists():
        raise Refused(_("There is a scenario with this name already."), "name")


def _check_ours(actor: Actor, assets: set[int]) -> None:
    ours = Asset.objects.filter(organisation_id=actor.organisation_id, pk__in=assets)
    if ours.count() != len(assets):
        raise Refused(
            _(
                "A part of another's landscape cannot be kept in a scenario: it may go out of "
                "sight. Choose its place, or the service itself."
            ),
            "name",
        )


def _what(start: Start) -> dict[str, int | str]:
    """Return the column that names the start."""
    columns = {"asset": "asset_id", "party": "party_id", "body": "body_id"}
    column = columns.get(start.kind, "words")
    return {column: start.value[:160] if column == "words" else int(start.value)}


def retire(*, actor: Actor, scenario: Scenario, reason: str) -> Scenario:
    """Take a scenario out; what it was stays in its history."""
    actor.require(RIGHT)
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    if scenario.retired_at is None:
        scenario.retired_at = clock.now()
        scenario.save()
    return scenario
