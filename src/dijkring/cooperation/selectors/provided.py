# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others carry out for an organisation and it for others, and what they publish about it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from dijkring.cooperation.chain import Edge, Party
from dijkring.core import clock
from dijkring.evidence.models import Provision, Publication, Scope, Taker
from dijkring.evidence.selectors import provisions, standings
from dijkring.evidence.selectors.standings import VERDICT_ORDER
from dijkring.organisations.models import Organisation


def party(organisation: Organisation) -> Party:
    """Return an organisation as a party in the chain."""
    return Party(f"o{organisation.pk}", organisation.name)


def running(organisation_id: int) -> QuerySet[Provision]:
    """Return what others carry out for an organisation now."""
    open_ = Q(until=None) | Q(until__gt=clock.now())
    return provisions.taken(organisation_id).filter(open_)


def provided_leaves(organisation_id: int) -> set[int]:
    """Return the requirements that another party carries out for the organisation now."""
    return set(running(organisation_id).values_list("requirement_id", flat=True))


def _day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


def edges(own: Organisation) -> list[Edge]:
    """Return the services that we take, and those that we carry out for others."""
    return [*_taken(own), *_given(own)]


def _taken(own: Organisation) -> list[Edge]:
    """One edge per service, also of what has ended; the requirements are counted."""
    rows = Provision.objects.filter(organisation_id=own.pk).select_related("provider")
    services: dict[tuple[Organisation, str, bool], list[Provision]] = defaultdict(list)
    for row in rows:
        services[row.provider, row.service_name, bool(row.end_reason)].append(row)
    return [
        Edge(
            "provision",
            party(own),
            party(provider),
            name,
            _day(min(row.since for row in group)),
            _last_day(group),
            ("evidence:provisions", ()),
            len({row.requirement_id for row in group}),
        )
        for (provider, name, _ended), group in services.items()
    ]


def _last_day(group: list[Provision]) -> date | None:
    """Return the day on which the last of it ended or ends; None when some of it has no end."""
    ends = [row.until for row in group]
    return None if None in ends else max(day for end in ends if (day := _day(end)))


def _given(own: Organisation) -> list[Edge]:
    rows = Taker.objects.filter(organisation_id=own.pk).select_related("service", "taker")
    counted = rows.annotate(offers=Count("service__offers", filter=Q(service__offers__until=None)))
    return [
        Edge(
            "provision",
            party(row.taker),
            party(own),
            row.service.name,
            _day(row.since),
            _day(row.until),
            ("evidence:scope", (row.service_id,)),
            row.offers,
        )
        for row in counted
    ]


@dataclass(frozen=True, slots=True)
class Published:
    """What a provider publishes to a taker about one service; verdicts with how many have each."""

    service: str
    requirements: int
    verdicts: dict[str, int]
    until: date | None


def received(organisation_id: int, provider_id: int) -> list[Published]:
    """Return what a provider publishes to us; what it left out counts as not measured."""
    rows = running(organisation_id).filter(provider_id=provider_id)
    services: dict[str, list[int]] = defaultdict(list)
    for pk, name in rows.values_list("pk", "service_name"):
        services[name].append(pk)
    layers: dict[int, list[Publication]] = defaultdict(list)
    current = Publication.objects.filter(provision__in=rows.values("pk"), until=None)
    for publication in current:
        layers[publication.provision_id].append(publication)
    return [
        _published(name, [layers.get(pk, []) for pk in group])
        for name, group in sorted(services.items())
    ]


def _published(name: str, said: list[list[Publication]]) -> Published:
    now = clock.now()
    verdicts = Counter(worst([_verdict(row, now) for row in group]) for group in said)
    ends = [row.valid_until for group in said for row in group if row.valid_until]
    return Published(name, len(said), ordered(verdicts), _day(min(ends, default=None)))


def _verdict(row: Publication, now: datetime) -> str:
    return "not_measured" if row.valid_until and row.valid_until <= now else row.verdict


def worst(verdicts: list[str]) -> str:
    """Return the worst of what was said of the layers; not measured when nothing was."""
    return min(verdicts, key=VERDICT_ORDER.index, default="not_measured")


def ordered(counts: Counter[str]) -> dict[str, int]:
    """Return counts per verdict, the worst first."""
    return {verdict: counts[verdict] for verdict in VERDICT_ORDER if counts[verdict]}


def given(organisation_id: int, taker_id: int) -> list[Published]:
    """Return what we publish to one taker about our services."""
    rows = provisions.takers(organisation_id).filter(taker_id=taker_id).order_by("service__name")
    return [_given_of(organisation_id, row.service) for row in rows]


def _given_of(organisation_id: int, service: Scope) -> Published:
    asked = [offer.requirement_id for offer in provisions.covered(organisation_id, service)]
    found = standings.of_scope(organisation_id, service.pk)
    said = [found.get(id) for id in asked]
    verdicts = Counter(one.verdict if one else "not_assessed" for one in said)
    ends = [one.lapses_at for one in said if one and one.lapses_at]
    return Published(service.name, len(asked), ordered(verdicts), _day(min(ends, default=None)))
