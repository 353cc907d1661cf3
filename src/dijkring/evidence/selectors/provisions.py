# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What others carry out for us, what they offer, and what we carry out for others."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence.models import (
    LAYERS,
    Judgement,
    Offer,
    Provision,
    Publication,
    Scope,
    Taker,
)
from dijkring.evidence.selectors import standings
from dijkring.evidence.standing import Layer, Verdict
from dijkring.evidence.standing import Provision as EngineProvision
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Agreement, Detail, Record
from dijkring.ui.words import date_words


@dataclass(frozen=True, slots=True)
class Provided:
    """What a provider said of one layer at a moment; not measured when it said nothing."""

    provision: Provision
    layer: str
    verdict: str
    since: datetime
    until: datetime | None
    ended_by: str = ""
    why: str = ""

    @property
    def scope(self) -> Scope | None:
        """The scope of our own that it is about, if any."""
        return self.provision.scope

    @property
    def engine(self) -> EngineProvision:
        """The voice as the engine hears it."""
        layers, verdict = (Layer(self.layer),), Verdict(self.verdict)
        return EngineProvision(self.provision.pk, layers, verdict, self.until)

    def words(self, ended: bool) -> str:
        """Say why it is not measured; empty when something is published."""
        if ended and self.provision.end_reason:
            return _("ended: %(reason)s") % {"reason": self.provision.end_reason}
        if self.is_over(ended):
            return self._ended_there()
        if ended:
            return _("ended: %(reason)s") % {"reason": _("term")}
        if self.verdict != "not_measured":
            return ""
        if self.provision.service is None:
            return _("this provider publishes nothing here")
        return _("the provider has published nothing about this, or withdrew it")

    def is_over(self, ended: bool) -> bool:
        """Tell whether the provider's side has ended it: taken out, or its agreement is over."""
        ours = bool(self.provision.end_reason)
        return bool(self.ended_by) and not ours and (ended or self.verdict == "not_measured")

    def _ended_there(self) -> str:
        if self.ended_by == "agreement":
            words = _("the agreement under which this was published has ended: %(reason)s")
            return words % {"reason": self.why or _("term")}
        return _("the provider does not carry this out any more: %(reason)s") % {"reason": self.why}


def provided_then(organisation_id: int, requirement_id: int, at: datetime) -> list[Provided]:
    """Return what provisions said of a leaf at a moment; ended ones too until somebody judges."""
    rows = Provision.objects.filter(
        organisation_id=organisation_id, requirement_id=requirement_id, since__lte=at
    ).select_related("provider", "scope")
    said = _said_then(organisation_id, requirement_id, at)
    judged = _judged_then(organisation_id, requirement_id, at)
    found = []
    for row in rows:
        for layer in row.layers:
            last = judged.get((row.scope_id, layer))
            if row.until is not None and last is not None and last >= row.until:
                continue
            found.append(_provided(row, layer, said.get((row.pk, layer))))
    return found


def _provided(row: Provision, layer: str, said: Publication | None) -> Provided:
    ends = [end for end in (row.until, said.valid_until if said else None) if end is not None]
    verdict = said.verdict if said else "not_measured"
    ended_by, why = (said.ended_by, said.why) if said else ("", "")
    since = said.at if said else row.since
    return Provided(row, layer, verdict, since, min(ends, default=None), ended_by, why)


def _said_then(
    organisation_id: int, requirement_id: int, at: datetime
) -> dict[tuple[int, str], Publication]:
    rows = Publication.objects.filter(
        Q(until=None) | Q(until__gt=at),
        organisation_id=organisation_id,
        provision__requirement_id=requirement_id,
        at__lte=at,
    )
    return {(row.provision_id, row.layer): row for row in rows.order_by("at", "id")}


def _judged_then(
    organisation_id: int, requirement_id: int, at: datetime
) -> dict[tuple[int | None, str], datetime]:
    rows = Judgement.objects.filter(
        Q(superseded_at=None) | Q(superseded_at__gt=at),
        organisation_id=organisation_id,
        requirement_id=requirement_id,
        judged_at__lte=at,
    ).order_by("judged_at")
    return {(row.scope_id, row.layer): row.judged_at for row in rows}


# --- lists --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offered:
    """A service that is published to an organisation, with the leaves that it covers."""

    provider: Organisation
    service: int
    name: str
    description: str
    since: datetime
    requirements: list[int]
    taken: int

    @property
    def pk(self) -> int:
        """The service, for links."""
        return self.service

    @property
    def covers(self) -> int:
        """How many leaves it covers."""
        return len(self.requirements)


def offered(organisation_id: int) -> list[Offered]:
    """Return the services that are published to an organisation, and how much of each it takes."""
    query = "SELECT * FROM door_offered(%s) WHERE taker = %s"
    rows = fetch(query, [clock.now(), organisation_id])
    providers = Organisation.objects.in_bulk([row[1] for row in rows])
    taken = _taken(organisation_id)
    found = [
        Offered(providers[provider], service, name, words, since, ids, taken.get(service, 0))
        for _taker, provider, service, name, words, since, ids in rows
    ]
    return sorted(found, key=lambda one: (one.provider.sort_name, one.name))


def _taken(organisation_id: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for service in taken(organisation_id).values_list("service", flat=True):
        if service is not None:
            found[service] = found.get(service, 0) + 1
    return found


def taken(organisation_id: int) -> QuerySet[Provision]:
    """Return what others carry out for an organisation now."""
    rows = Provision.objects.filter(organisation_id=organisation_id, end_reason="")
    return rows.select_related("provider", "scope", "requirement__framework")


def partners(organisation_id: int) -> set[int]:
    """Return who carries something out for an organisation now, and for whom it does so."""
    providers = taken(organisation_id).order_by().values_list("provider_id", flat=True)
    in_force = Agreement.objects.in_force(clock.now())
    told = takers(organisation_id).filter(Q(agreement=None) | Q(agreement__in=in_force))
    return {*providers, *told.values_list("taker_id", flat=True)}


def of_requirement(organisation_id: int, requirement_id: int) -> list[Provision]:
    """Return who carries out one leaf for an organisation now."""
    return list(taken(organisation_id).filter(requirement_id=requirement_id))


def scopes(organisation_id: int) -> QuerySet[Scope]:
    """Return the current scopes of an organisation."""
    return Scope.objects.filter(organisation_id=organisation_id, until=None)


def takers(organisation_id: int) -> QuerySet[Taker]:
    """Return to whom an organisation publishes which service now."""
    rows = Taker.objects.filter(organisation_id=organisation_id, until=None)
    return rows.select_related("service", "taker", "agreement")


def agreements(organisation_id: int, taker_id: int | None = None) -> QuerySet[Agreement]:
    """Return the agreements in force by which an organisation shares standings, with a taker."""
    rows = Agreement.objects.filter(
        organisation_id=organisation_id,
        records__contains=[Record.NORMS.value],
        detail__in=[Detail.STANDING, Detail.FACT],
    )
    rows = rows if taker_id is None else rows.filter(receiver_id=taker_id)
    return rows.in_force(clock.now()).select_related("organisation", "receiver")


def asks_own_part(organisation_id: int, requirement_id: int, scope: Scope | None) -> bool:
    """Tell whether somebody else carries a leaf out, so that one's own part of it is asked.

    What has ended still asks it, until somebody judges the layers again. Said without a scope it
    holds in every scope.
    """
    ever = Provision.objects.filter(organisation_id=organisation_id, requirement_id=requirement_id)
    if not ever.exists():
        return False
    rows = provided_then(organisation_id, requirement_id, clock.now())
    return any(scope is None or row.scope in {None, scope} for row in rows)


def covered(organisation_id: int, service: Scope) -> list[Offer]:
    """Return the leaves that a service covers now."""
    rows = Offer.objects.filter(organisation_id=organisation_id, service=service, until=None)
    return list(rows.select_related("requirement__framework").order_by("requirement__position"))


def taken_out(organisation_id: int, service: Scope) -> list[Offer]:
    """Return the leaves that a service covered and does not any more, the last one first."""
    rows = Offer.objects.filter(
        organisation_id=organisation_id, service=service, until__isnull=False
    )
    return list(rows.select_related("requirement").order_by("-until", "-pk"))


def leaves(ids: list[int]) -> list[Requirement]:
    """Return leaves in the order of their framework."""
    rows = Requirement.objects.filter(pk__in=ids, leaf=True).select_related("framework")
    return list(rows.order_by("framework_id", "position"))


@dataclass(frozen=True, slots=True)
class ScopedRow:
    """Where one scope stands on one leaf; `covered` says that takers get it."""

    pk: int
    ref: str
    title: str
    verdict: str
    covered: str
    offer: int | None
    take_out_label: str


def scoped_rows(organisation_id: int, scope: Scope, take_out_label: str = "") -> list[ScopedRow]:
    """Return where a scope stands, on what is judged apart or covered.

    `take_out_label` is what taking a covered leaf out is called, if it may be done.
    """
    stood = standings.of_scope(organisation_id, scope.pk)
    offers = {offer.requirement_id: offer for offer in covered(organisation_id, scope)}
    return [
        ScopedRow(
            leaf.pk,
            leaf.ref,
            leaf.label,
            stood[leaf.pk].verdict if leaf.pk in stood else "not_assessed",
            _covered_words(offers.get(leaf.pk)),
            offers[leaf.pk].pk if leaf.pk in offers else None,
            take_out_label if leaf.pk in offers else "",
        )
        for leaf in leaves([*{*stood, *offers}])
    ]


def _covered_words(offer: Offer | None) -> str:
    if offer is None:
        return ""
    if offer.ends_at is None:
        return _("yes")
    day = date_words(clock.day_of(offer.ends_at))
    return _("until %(day)s: %(reason)s") % {"day": day, "reason": offer.end_reason}


@dataclass(frozen=True, slots=True)
class TakerRow:
    """One organisation that takes a service."""

    pk: int
    taker: Organisation
    since: datetime
    agreement: Agreement | None
    end_label: str


def taker_rows(organisation_id: int, service: Scope, end_label: str) -> list[TakerRow]:
    """Return who takes a service now; `end_label` is what ending is called, if it may be done."""
    rows = takers(organisation_id).filter(service=service).order_by("taker__sort_name")
    return [TakerRow(row.pk, row.taker, row.since, row.agreement, end_label) for row in rows]


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One leaf that another carries out for us, with our own standing on it."""

    pk: int
    provision: int
    requirement: Requirement
    verdict: str
    provider: Organisation
    service_name: str
    layers: str
    document: str
    until: datetime | None
    end_label: str


def provision_rows(organisation_id: int, end_label: str) -> list[ProvisionRow]:
    """Return what others carry out for an organisation, with where it stands on each."""
    rows = list(taken(organisation_id).order_by("service_name", "requirement__position"))
    stood = standings.of_leaves(organisation_id, [row.requirement_id for row in rows])
    words = {layer: str(word) for layer, word in LAYERS}
    return [
        ProvisionRow(
            row.requirement_id,
            row.pk,
            row.requirement,
            stood[row.requirement_id].verdict if row.requirement_id in stood else "not_assessed",
            row.provider,
            row.service_name,
            ", ".join(words[layer] for layer in row.layers),
            row.document,
            row.until,
            end_label,
        )
        for row in rows
    ]
