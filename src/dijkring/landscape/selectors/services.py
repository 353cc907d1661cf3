# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about what is provided: by us to others, and by others to us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence.models import Scope
from dijkring.landscape.joint_use import Use
from dijkring.landscape.models import Asset, Publication, ServiceTaker
from dijkring.organisations.models import Organisation

_OFFERED = """
SELECT service, provider, name, description, kind, rto_hours, rpo_hours, state, state_since,
  state_note, since, standing
FROM door_landscape_services(%s) WHERE taker = %s ORDER BY name, service
"""


@dataclass(frozen=True, slots=True)
class Service:
    """What a provider shows us of a service now; nothing of what lies below it.

    `standing` counts the requirements that the provider carries out with it, per verdict; None
    when it tells nothing of them. `asset_id` is our own asset that stands for it, when it was put
    into the landscape.
    """

    service: int
    provider_id: int
    name: str
    description: str
    kind: str
    rto_hours: Decimal | None
    rpo_hours: Decimal | None
    state: str
    state_since: datetime
    state_note: str
    since: datetime
    standing: Mapping[str, int] | None = None
    provider: str = ""
    asset_id: int | None = None

    @property
    def pk(self) -> int:
        return self.service


def offered(organisation_id: int) -> list[Service]:
    """Return the services that others show to an organisation that is acted for."""
    rows = fetch(_OFFERED, [clock.now(), organisation_id])
    taken = _taken(organisation_id)
    names = _names({row[1] for row in rows})
    return [
        replace(Service(*row), provider=names.get(row[1], ""), asset_id=taken.get(row[0]))
        for row in rows
    ]


def norm_services(organisation_id: int) -> QuerySet[Scope]:
    """Return our services on the norms of which takers can be told the standing."""
    rows = Scope.objects.filter(organisation_id=organisation_id, until=None)
    return rows.filter(kind=Scope.Kind.SERVICE).order_by("name")


def _taken(organisation_id: int) -> dict[int | None, int]:
    rows = Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
    return dict(rows.exclude(service=None).values_list("service", "pk"))


def _names(ids: set[int]) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "name"))


def joint_use(
    organisation_id: int, ours: Sequence[Publication], theirs: Sequence[Service]
) -> list[Use]:
    """Return who uses what of whom, as far as we see: our takers, and what others show to us."""
    own = str(Organisation.objects.get(pk=organisation_id))
    given, taken = shown(ours), took_by_name(ours)
    found = [
        Use(own, one.name, taker, _how(taker in taken.get(one.pk, ())), one.state)
        for one in ours
        for taker in sorted(given.get(one.pk, ()))
    ]
    return found + [
        Use(one.provider, one.name, own, _how(one.asset_id is not None), one.state)
        for one in theirs
    ]


def _how(taken: bool) -> str:
    return "uses" if taken else "shown"


def of_asset(asset: Asset) -> Service | None:
    """Return what a provider shows now of the service for which an asset stands."""
    if asset.service is None:
        return None
    found = offered(asset.organisation_id)
    return next((one for one in found if one.service == asset.service), None)


def published(organisation_id: int) -> QuerySet[Publication]:
    """Return the services that we provide, with how many see each of them now (`shown_to`)."""
    rows = Publication.objects.filter(organisation_id=organisation_id, until=None)
    shown = Count("takers", filter=Q(takers__in=_seen()))
    return rows.select_related("asset").annotate(shown_to=shown).order_by("name", "pk")


def takers_of(publication: Publication) -> QuerySet[ServiceTaker]:
    """Return to whom a service is shown, and whether they co-operate, so see it now (`sees`)."""
    rows = publication.takers.filter(until=None).select_related("taker")
    sees = ExpressionWrapper(Q(pk__in=_seen()), BooleanField())
    return rows.annotate(sees=sees).order_by("taker__sort_name")


def _seen() -> RawSQL:
    """Select which takers of the organisations that are acted for see what is shown to them."""
    return RawSQL("SELECT taking FROM door_landscape_seen(%s)", [clock.now()])


def shown(publications: Sequence[Publication]) -> dict[int, set[str]]:
    """Return per service of ours who sees it now, by name."""
    rows = ServiceTaker.objects.filter(publication__in=publications, pk__in=_seen())
    found: dict[int, set[str]] = {}
    for pk, name in rows.values_list("publication_id", "taker__name"):
        found.setdefault(pk, set()).add(name)
    return found


def took_by_name(publications: Sequence[Publication]) -> dict[int, set[str]]:
    """Return per service of ours in whose landscape it stands, by name."""
    pairs = [(row[0], row[1]) for row in fetch("SELECT service, taker FROM door_landscape_taken()")]
    names = _names({taker for _service, taker in pairs})
    ours = {one.pk for one in publications}
    found: dict[int, set[str]] = {}
    for service, taker in pairs:
        if service in ours:
            found.setdefault(service, set()).add(names.get(taker, ""))
    return found
