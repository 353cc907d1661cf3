# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""House rules: obligations of the organisation itself, in the form of our own content."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents import obligations
from dijkring.incidents.models import HouseRule
from dijkring.incidents.obligations import ContentError, Obligation

RIGHT = "incidents.rules"


def add(*, actor: Actor, name: str, text: str) -> HouseRule:
    """Add a house rule; raises Refused, in words, for what cannot be read or reckoned.

    A rule of a regime that was there takes its place from now on.
    """
    actor.require(RIGHT)
    try:
        found = obligations.read(text, _("the rule"))
    except ContentError as error:
        raise Refused(error.english if get_language() == "en" else error.dutch, "text") from error
    _check(found)
    return HouseRule.objects.create(
        organisation_id=actor.organisation_id,
        name=name.strip()[:120] or found[0].regime,
        text=text,
        added_at=clock.now(),
    )


def _check(found: tuple[Obligation, ...]) -> None:
    ours = {one.regime for one in obligations.ours()}
    if taken := sorted({one.regime for one in found} & ours):
        words = _("The law has '%(regime)s' already; give your rule another name before the dot.")
        raise Refused(words % {"regime": taken[0]}, "text")
    ids = [one.id for one in found]
    if len(ids) != len(set(ids)):
        raise Refused(_("One id stands twice."), "text")
    reachable = {*ids, *(one.id for one in obligations.ours() if one.regime == "cbw")}
    for one in found:
        if one.follows and one.follows not in reachable:
            words = _("%(id)s counts from %(follows)s, which is not there.")
            raise Refused(words % {"id": one.id, "follows": one.follows}, "text")
    _no_circle(found)


def _no_circle(found: tuple[Obligation, ...]) -> None:
    follows = {one.id: one.follows for one in found}
    for start in follows:
        at, seen = start, set[str]()
        while at in follows and at not in seen:
            seen.add(at)
            at = follows[at]
        if at in seen:
            raise Refused(_("%(id)s counts from itself in the end.") % {"id": start}, "text")


def retire(*, actor: Actor, rule: HouseRule, reason: str) -> HouseRule:
    """Take a house rule out of use; incidents that have it keep its clocks."""
    actor.require(RIGHT)
    rows = HouseRule.objects.select_for_update()
    found = rows.get(pk=rule.pk, organisation_id=actor.organisation_id)
    if found.retired_at is None:
        tenancy.note_reason(reason)
        found.retired_at = clock.now()
        found.save(update_fields=["retired_at"])
    return found
