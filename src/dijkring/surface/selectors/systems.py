# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about the register of systems, and about what we are to a name."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from dijkring.core import clock
from dijkring.landscape.selectors import assets
from dijkring.organisations.models import Membership
from dijkring.surface import names
from dijkring.surface.models import Belonging, Domain, Part, System

# BIO2 5.14.05 asks for a look at least every six months at the list of public sites; we ask the
# same of the register.
REVIEW_DAYS = 183


def systems(organisation_id: int) -> QuerySet[System]:
    """Return every system, retired ones too, with how much belongs to it."""
    rows = System.objects.filter(organisation_id=organisation_id).select_related("owner", "party")
    return rows.annotate(
        names=Count("belongings__domain"),
        addresses=Count("belongings", filter=~Q(belongings__address="")),
    ).order_by("name")


def oldest_good_review() -> date:
    """Return the day before which a review is too long ago."""
    return clock.today() - timedelta(days=REVIEW_DAYS)


def lacks(system: System) -> list[str]:
    """Return what a system in use lacks: an owner, something that belongs to it, a review."""
    found = []
    if system.owner_id is None:
        found.append("owner")
    if not (system.names or system.addresses):  # type: ignore[attr-defined]  # annotated
        found.append("empty")
    if system.reviewed_on is None or system.reviewed_on < oldest_good_review():
        found.append("review")
    return found


def without_system(organisation_id: int) -> QuerySet[Domain]:
    """Return the names in use that stand under no system in use."""
    placed = Belonging.objects.filter(domain=OuterRef("pk"), system__retired_at=None)
    rows = Domain.objects.filter(~Exists(placed), organisation_id=organisation_id)
    return rows.exclude(state=Domain.State.REMOVED).order_by("name")


def in_use(organisation_id: int) -> list[System]:
    """Return the systems in use, by name."""
    rows = System.objects.filter(organisation_id=organisation_id, retired_at=None)
    return list(rows.order_by("name"))


def of_domain(domain: Domain) -> list[System]:
    """Return the systems in use under which a name stands."""
    rows = System.objects.filter(belongings__domain=domain, retired_at=None)
    return list(rows.select_related("owner").order_by("name"))


def colleagues(organisation_id: int) -> list[tuple[int, str]]:
    """Return who can own a system, as (person, name)."""
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    return [
        (row.user_id, str(row.user)) for row in rows.select_related("user").order_by("user__name")
    ]


def known_suppliers(organisation_id: int) -> list[str]:
    """Return who is known to deliver or host: parties of the landscape, and hosts of names."""
    rows = Domain.objects.filter(organisation_id=organisation_id).exclude(responsible="")
    hosts = rows.exclude(state=Domain.State.REMOVED).values_list("responsible", flat=True)
    parties = assets.parties(organisation_id).values_list("name", flat=True)
    spelled = {name.casefold(): name for name in (*hosts, *parties)}
    return [spelled[key] for key in sorted(spelled)]


def suppliers_of(organisation_id: int) -> dict[str, str]:
    """Return, per name in use, who mends what stands there.

    Who mends the system comes before who hosts the name.
    """
    rows = Domain.objects.filter(organisation_id=organisation_id).exclude(
        state=Domain.State.REMOVED
    )
    found = dict(rows.values_list("name", "responsible"))
    said = Belonging.objects.filter(
        organisation_id=organisation_id, domain__isnull=False, system__retired_at=None
    ).exclude(system__supplier="")
    mends = Coalesce("system__party__name", "system__supplier")
    for name, supplier in said.order_by("-system__name").values_list("domain__name", mends):
        if name in found:
            found[name] = supplier
    return found


def may_test_ports(domain: Domain) -> bool:
    """Tell whether the ports of a name's addresses may be tried.

    Only for an owner whose authority is proven by the DNS itself, of this name or of one above it.
    What a customer, a joint owner or a statement says never opens another's host to that.
    """
    return domain.pk in ports_may_be_tested([domain])


def ports_may_be_tested(domains: Iterable[Domain]) -> set[int]:
    """Return the ids of the names whose ports may be tried; all of one organisation."""
    owned = [one for one in domains if _may_be_proven(one)]
    if not owned:
        return set()
    organisation_id = owned[0].organisation_id
    shared = Belonging.objects.filter(domain__in=owned, system__retired_at=None).exclude(
        system__part=Part.OWNER
    )
    others = set(shared.values_list("domain_id", flat=True))
    rows = Domain.objects.filter(
        organisation_id=organisation_id,
        state=Domain.State.AUTHORISED,
        part=Part.OWNER,
        authority=Domain.Authority.DNS_TXT,
    )
    proven = set(rows.values_list("name", flat=True))
    return {one.pk for one in owned if one.pk not in others and _is_proven(one, proven)}


def _may_be_proven(domain: Domain) -> bool:
    """Tell whether looking further is of use: a statement never is proof, nor is a customer."""
    counts = domain.state == Domain.State.AUTHORISED and domain.part == Part.OWNER
    return counts and domain.authority != Domain.Authority.STATEMENT


def _is_proven(domain: Domain, proven: set[str]) -> bool:
    if domain.authority == Domain.Authority.DNS_TXT:
        return True
    above = domain.authority == Domain.Authority.PARENT
    return above and not proven.isdisjoint(names.above(domain.name))
