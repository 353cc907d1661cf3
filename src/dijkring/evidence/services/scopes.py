# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Systems, processes, locations and services about which is judged apart."""

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement, Offer, Provision, Scope, Standing
from dijkring.evidence.services import standings


def add(*, actor: Actor, kind: str, name: str, description: str = "") -> Scope:
    """Add a scope; raises Refused for an unknown kind or a name that is taken."""
    actor.require("evidence.scopes")
    if kind not in Scope.Kind.values:
        raise Refused(_("Choose a kind from the list."), "kind")
    return Scope.objects.create(
        organisation_id=actor.organisation_id,
        kind=kind,
        name=_free_name(actor, name),
        description=description.strip(),
        since=clock.now(),
    )


def change(*, actor: Actor, scope: Scope, name: str, description: str = "") -> Scope:
    """Give a scope another name or description."""
    actor.require("evidence.scopes")
    scope.name, scope.description = _free_name(actor, name, scope), description.strip()
    scope.save(update_fields=["name", "description"])
    return scope


def _free_name(actor: Actor, name: str, of: Scope | None = None) -> str:
    name = name.strip()
    if not name:
        raise Refused(_("Give it a name."), "name")
    same = Scope.objects.filter(
        organisation_id=actor.organisation_id, name__iexact=name, until=None
    )
    if any(scope != of for scope in same):
        raise Refused(_("There is one with this name already."), "name")
    return name


def end(*, actor: Actor, scope: Scope, reason: str) -> None:
    """End a scope: what was said of it alone counts no more, and stays in the history.

    Raises Refused without a reason, and while others take the service.
    """
    actor.require("evidence.scopes")
    if not reason.strip():
        raise Refused(_("Give the reason for ending it."), "reason")
    if scope.takers.filter(until=None).exists():
        raise Refused(_("Others take this service. End that first."))
    standings.begin_change(actor.organisation_id)
    tenancy.note_reason(reason)
    now, touched = clock.now(), _touched(scope)
    Judgement.objects.filter(scope=scope, superseded_at=None).update(superseded_at=now)
    Provision.objects.filter(scope=scope, end_reason="").update(until=now, end_reason=reason[:500])
    Offer.objects.filter(service=scope, until=None).update(until=now)
    scope.until = now
    scope.save(update_fields=["until"])
    standings.recompute(actor.organisation_id, touched, changed_at=now)


def _touched(scope: Scope) -> set[int]:
    return set(Standing.every.filter(scope=scope).values_list("requirement_id", flat=True))
