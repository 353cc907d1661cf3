# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letting another carry out a requirement: our side of it, and what the provider published."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Requirement
from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch
from dijkring.evidence.models import Provision, Publication, Scope
from dijkring.evidence.services import lapses, standings
from dijkring.evidence.services.voices import WHOLE, Place
from dijkring.evidence.standing import Verdict, combine
from dijkring.organisations.models import Organisation

LAYERS = ("design", "existence", "operation")
# The provider brings its own standings up to date within a minute; a day later we stop believing.
GRACE = timedelta(days=1)


def take(
    *,
    actor: Actor,
    provider: Organisation,
    service_name: str,
    requirements: Sequence[Requirement],
    layers: Sequence[str],
    document: str,
    service: int | None = None,
    until: datetime | None = None,
    scope: Scope | None = None,
) -> list[Provision]:
    """Let a provider carry out some leaves from now on; one's own part stays a layer apart.

    `service` is the provider's service when it publishes here, else None: then what it does is
    not measured. `until` is an aware moment after now. Raises Refused without a document, for a
    layer that is not there, for oneself as provider and for a circle.
    """
    actor.require("evidence.take")
    _check(actor, provider, service_name, requirements, layers, document, until)
    standings.begin_change(actor.organisation_id)
    _end_earlier(actor, provider, service_name, requirements, scope)
    made = [
        Provision(
            organisation_id=actor.organisation_id,
            requirement=requirement,
            scope=scope,
            provider=provider,
            service=service,
            service_name=service_name.strip(),
            layers=[layer for layer in LAYERS if layer in layers and layer in requirement.layers],
            document=document.strip(),
            since=clock.now(),
            until=until,
        )
        for requirement in requirements
    ]
    Provision.objects.bulk_create(made)
    _receive([actor.organisation_id])
    standings.recompute(actor.organisation_id, [row.requirement_id for row in made])
    return made


def _check(
    actor: Actor,
    provider: Organisation,
    service_name: str,
    requirements: Sequence[Requirement],
    layers: Sequence[str],
    document: str,
    until: datetime | None,
) -> None:
    if provider.pk == actor.organisation_id:
        raise Refused(_("Choose another organisation than your own."), "provider")
    if not service_name.strip():
        raise Refused(_("Name the service."), "service_name")
    if not requirements or any(not requirement.leaf for requirement in requirements):
        raise Refused(_("Choose at least one requirement."), "requirements")
    if not layers or set(layers) - set(LAYERS):
        raise Refused(_("Choose which layers are carried out by the other."), "layers")
    if not document.strip():
        raise Refused(_("Name the document under which this is done."), "document")
    if until is not None and until <= clock.now():
        raise Refused(_("Choose a date in the future."), "until")
    _refuse_circle(actor, provider, requirements)


def _refuse_circle(
    actor: Actor, provider: Organisation, requirements: Sequence[Requirement]
) -> None:
    for requirement in requirements:
        rows = fetch(
            "SELECT door_provided_by(%s, %s, %s)",
            [provider.pk, requirement.pk, actor.organisation_id],
        )
        if rows[0][0]:
            words = _("%(provider)s lets you carry out %(ref)s: that would be a circle.")
            raise Refused(words % {"provider": provider, "ref": requirement.ref}, "requirements")


def _end_earlier(
    actor: Actor,
    provider: Organisation,
    service_name: str,
    requirements: Sequence[Requirement],
    scope: Scope | None,
) -> None:
    earlier = Provision.objects.filter(
        organisation_id=actor.organisation_id,
        provider=provider,
        service_name=service_name.strip(),
        requirement__in=requirements,
        scope=scope,
        end_reason="",
    )
    ids = list(earlier.values_list("pk", flat=True))
    _close(ids, clock.now(), _("taken over by a new agreement"))
    # What comes in its place speaks instead of it.
    Provision.objects.filter(pk__in=ids).update(layers=[])


def end(*, actor: Actor, provisions: Collection[Provision], reason: str) -> None:
    """Stop letting another carry out some leaves: not measured, until somebody judges again."""
    actor.require("evidence.take")
    if not reason.strip():
        raise Refused(_("Give the reason for ending it."), "reason")
    standings.begin_change(actor.organisation_id)
    tenancy.note_reason(reason)
    rows = Provision.objects.filter(
        organisation_id=actor.organisation_id,
        pk__in=[row.pk for row in provisions],
        end_reason="",
    )
    touched = set(rows.values_list("requirement_id", flat=True))
    _close(list(rows.values_list("pk", flat=True)), clock.now(), reason)
    standings.recompute(actor.organisation_id, touched)


def _close(ids: list[int], now: datetime, reason: str) -> None:
    Publication.objects.filter(provision__in=ids, until=None).update(until=now)
    Provision.objects.filter(pk__in=ids).update(until=now, end_reason=reason[:500])


# --- what the provider publishes ----------------------------------------------------------------


def receive(takers: Sequence[int]) -> int:
    """Take over what providers publish to some organisations; returns how many standings changed.

    Acts for the takers, in the transaction that is there.
    """
    changed = 0
    for group in standings.of_one_catalogue(takers):
        with tenancy.acting_for(group):
            standings.lock(group)
            lapses.lapse(group)
            places = _receive(group)
            moment = clock.now()
            changed += standings.recompute_places(places, catalogue(moment), moment)
    return changed


_PUBLISHED = """
SELECT p.id, p.organisation_id, p.requirement_id, coalesce(p.scope_id, 0), p.layers, d.layers,
  d.lapses_at, d.ends_at, coalesce(d.ended_by, ''), coalesce(d.why, '')
FROM evidence_provision p LEFT JOIN door_published(%s) d ON d.provision = p.id
WHERE p.organisation_id = ANY(%s) AND p.end_reason = '' AND p.service IS NOT NULL
"""
_RECEIVED = """
SELECT provision_id, layer, id, verdict, valid_until, ended_by, why FROM evidence_publication
WHERE organisation_id = ANY(%s) AND until IS NULL
"""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a provider says of one layer now; when it ended, what ended it and why."""

    verdict: str
    until: datetime | None
    ended_by: str
    why: str


def _receive(takers: Sequence[int]) -> set[Place]:
    """Bring our copies up to date; returns the places of which something differs."""
    had = {(row[0], row[1]): (row[2], _Said(*row[3:])) for row in fetch(_RECEIVED, [list(takers)])}
    places, gone, new = set(), [], []
    for row in fetch(_PUBLISHED, [clock.now(), list(takers)]):
        provision, organisation, requirement, scope, layers, *said = row
        for layer in layers:
            id, old = had.get((provision, layer), (None, None))
            now = _said(layer, *said)
            if old == now:
                continue
            places.add(Place(organisation, requirement, scope or WHOLE))
            gone += [id] if id else []
            new += [_copy(organisation, provision, layer, now)] if now else []
    Publication.objects.filter(pk__in=gone).update(until=clock.now())
    Publication.objects.bulk_create(new)
    return places


def _said(
    layer: str,
    layers: list[list[str]] | None,
    lapses_at: datetime | None,
    ends_at: datetime | None,
    ended_by: str,
    why: str,
) -> _Said | None:
    """Return what is said of a layer now; None when nothing is, and nothing told us why."""
    verdict = _verdict(layers, layer)
    if verdict is not None:
        ends = [lapses_at + GRACE if lapses_at else None, ends_at]
        until = min((end for end in ends if end), default=None)
        # What lapses earlier ends by the silence of the provider.
        ended = (ended_by, why) if until and until == ends_at else ("", "")
        return _Said(verdict, until, *ended)
    return _Said("not_measured", None, ended_by, why) if ended_by else None


def _verdict(said: list[list[str]] | None, layer: str) -> str | None:
    """Return what was published of a layer; the provider's own part in what it lets do counts."""
    found = [Verdict(verdict) for name, verdict in said or () if name in {layer, "own_part"}]
    return combine(found).value if any(name == layer for name, _ in said or ()) else None


def _copy(organisation: int, provision: int, layer: str, said: _Said) -> Publication:
    return Publication(
        organisation_id=organisation,
        provision_id=provision,
        layer=layer,
        verdict=said.verdict,
        valid_until=said.until,
        ended_by=said.ended_by,
        why=said.why,
        at=clock.now(),
    )
