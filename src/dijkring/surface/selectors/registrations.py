# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about the registration under the Cbw: what was submitted, what differs since."""

import ipaddress
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.addresses import Network
from dijkring.core.audit import history_of
from dijkring.core.due import DueItem
from dijkring.organisations.models import Organisation
from dijkring.surface import addresses, names
from dijkring.surface.models import (
    Belonging,
    CbwDetails,
    CbwRegistration,
    Domain,
    Part,
    System,
)
from dijkring.surface.registered import Current, Difference, Spell, Submitted, compare_all
from dijkring.surface.terms import FIRST_DUE

FIELDS = (
    "entity",
    "code",
    "entity_kind",
    "sector",
    "address",
    "email",
    "phone",
    "countries",
    "exchange",
)


def registrations(organisation_id: int) -> QuerySet[CbwRegistration]:
    """Return every registration that was submitted, the newest first."""
    rows = CbwRegistration.objects.filter(organisation_id=organisation_id)
    return rows.select_related("recorded_by")


def details(organisation_id: int) -> CbwDetails | None:
    """Return the data of the entity as they are now."""
    return CbwDetails.objects.filter(organisation_id=organisation_id).first()


def differences(organisation_id: int) -> list[Difference]:
    """Return what must be changed in the registration, the most urgent first.

    Empty when nothing was submitted. Names and addresses of which the organisation is only a
    customer are the supplier's, and are left out.
    """
    return _differences(organisation_id, list(registrations(organisation_id)))


def _differences(organisation_id: int, rows: Sequence[CbwRegistration]) -> list[Difference]:
    given = [_submitted(row) for row in rows]
    if not given:
        return []
    now = Current(
        domains=_domains(organisation_id),
        ranges=_ranges(organisation_id),
        details=_details(organisation_id),
    )
    return compare_all(given, now, names.above)


def _submitted(row: CbwRegistration) -> Submitted:
    return Submitted(
        on=row.submitted_on,
        domains=row.domains,
        ranges=[ipaddress.ip_network(one) for one in row.ranges],
        details={field: getattr(row, field) for field in FIELDS},
    )


def _domains(organisation_id: int) -> dict[str, Spell]:
    """Return each name with its last spell; a name of today hides an earlier removal."""
    found: dict[str, Spell] = {}
    rows = Domain.objects.filter(organisation_id=organisation_id).exclude(part=Part.CUSTOMER)
    for row in rows.order_by("registered_at", "id"):
        until = clock.day_of(row.removed_at) if row.removed_at else None
        found[row.name] = Spell(clock.day_of(row.registered_at), until)
    return found


def _ranges(organisation_id: int) -> dict[Network, Spell]:
    ours = System.objects.filter(organisation_id=organisation_id).exclude(part=Part.CUSTOMER)
    found: dict[Network, Spell] = {}
    for gone, ended in _taken_away(organisation_id):
        found[gone] = Spell(ended, ended)
    rows = Belonging.objects.filter(system__in=ours).exclude(address="").select_related("system")
    # Those in use come last, and so count.
    for row in sorted(rows, key=lambda one: one.system.retired_at is None):
        network, retired_at = addresses.as_network(row.address), row.system.retired_at
        if network is not None:
            until = clock.day_of(retired_at) if retired_at else None
            found[network] = Spell(clock.day_of(row.added_at), until)
    return found


def _taken_away(organisation_id: int) -> list[tuple[Network, date]]:
    """Return the addresses that were taken off a system, with the day; oldest first."""
    events = history_of(Belonging).objects.filter(
        organisation_id=organisation_id, pgh_label="delete"
    )
    rows = events.exclude(address="").order_by("pgh_id").values_list("address", "pgh_created_at")
    found = [(addresses.as_network(address), clock.day_of(at)) for address, at in rows]
    return [(network, day) for network, day in found if network is not None]


def _details(organisation_id: int) -> dict[str, tuple[str, date]]:
    row = details(organisation_id)
    if row is None:
        return {}
    return {
        field: (getattr(row, field), date.fromisoformat(row.changed[field]))
        for field in FIELDS
        if field in row.changed
    }


def proposed(organisation_id: int) -> tuple[list[str], list[str]]:
    """Return the names and ranges as the register has them now, to be submitted.

    A name below another one of the list is covered by it, and a network inside another one as well.
    """
    here = {name for name, spell in _domains(organisation_id).items() if spell.until is None}
    tops = [name for name in sorted(here) if here.isdisjoint(names.above(name))]
    networks = [one for one, spell in _ranges(organisation_id).items() if spell.until is None]
    ranges = [
        *ipaddress.collapse_addresses(n for n in networks if isinstance(n, ipaddress.IPv4Network)),
        *ipaddress.collapse_addresses(n for n in networks if isinstance(n, ipaddress.IPv6Network)),
    ]
    return tops, [str(one) for one in ranges]


def due_registration(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the changes that must be reported as one line, with the first of their days.

    Every municipality is registered (Cbw art. 43); where none was recorded, that is what is due.
    """
    rows = list(registrations(organisation_id))
    if not rows and clock.day_of(until) >= FIRST_DUE and _is_municipality(organisation_id):
        return [_item(FIRST_DUE, _("Record the registration with the NCSC (Cbw art. 98)"))]
    days = [one.due for one in _differences(organisation_id, rows) if one.due]
    if not days or min(days) > clock.day_of(until):
        return []
    title = ngettext(
        "Report %(count)d change to the national register",
        "Report %(count)d changes to the national register",
        len(days),
    ) % {"count": len(days)}
    return [_item(min(days), title)]


def _is_municipality(organisation_id: int) -> bool:
    kind = Organisation.Kind.MUNICIPALITY
    return Organisation.objects.filter(pk=organisation_id, kind=kind).exists()


def _item(at: date, title: str) -> DueItem:
    return DueItem(at, title, "surface:registration", (), "surface.registration")


def what_words(difference: Difference) -> str:
    """Say what a difference is about."""
    if difference.what == "domain":
        return _("Domain name")
    if difference.what == "range":
        return _("IP range")
    label = str(CbwDetails._meta.get_field(difference.what).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def act_words(difference: Difference) -> str:
    """Say what to do about a difference."""
    return {
        "add": _("add"),
        "remove": _("remove"),
        "change": _("change"),
        "look": _("look into it: not in our register"),
    }[difference.act]
