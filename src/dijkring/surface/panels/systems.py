# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of systems show."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from dijkring.surface import names
from dijkring.surface.models import Domain, System
from dijkring.surface.selectors import domains as measured
from dijkring.surface.selectors import systems as selectors
from dijkring.surface.services.systems import RIGHT
from dijkring.surface.tables.domains import DomainTable
from dijkring.ui import words
from dijkring.ui.links import link
from dijkring.ui.panels import Facts, Markup, Panel, RelatedTable


def of_system(request: Any, system: System) -> list[Panel]:
    """Return the panels of a system: what it is, its names as measured, its addresses."""
    rows = list(system.belongings.select_related("domain"))
    named = {row.domain.name for row in rows if row.domain}
    shown = [
        row
        for row in measured.domain_rows(system.organisation_id)
        if row.name in {names.shown(one) for one in named} and row.state != "removed"
    ]
    hidden = ("met", "advice", "responsible")
    table = DomainTable(shown, request=request, exclude=hidden, orderable=False)
    addresses = [row.address for row in rows if row.address]
    return [
        Facts(_("About this system"), _about(request, system)),
        RelatedTable(_("Domain names"), table, empty=_("No name belongs to this system.")),
        *(
            [Markup(_("Addresses"), "surface/addresses.html", {"addresses": addresses})]
            if addresses
            else []
        ),
    ]


def _mender(request: Any, system: System) -> Any:
    """Lead to who mends it in the landscape, for whoever may look there."""
    if system.party_id is None or not request.can("landscape.view"):
        return system.mender
    address = link(request, "landscape:party", system.party_id)
    return format_html('<a href="{}">{}</a>', address, system.mender)


def _about(request: Any, system: System) -> list[tuple[Any, Any]]:
    return [
        (_("Kind"), system.get_kind_display()),
        (_("We are"), system.get_part_display()),
        (_("Owner"), words.person_words(system.owner)),
        (_("Who mends it"), _mender(request, system)),
        (_("Reviewed on"), system.reviewed_on or _("never")),
        (_("Added"), system.added_at),
        *([(_("Retired"), system.retired_at)] if system.retired_at else []),
    ]


def of_domain(request: Any, domain: Domain) -> list[Panel]:
    """Return the panel on the page of a name: under which systems it stands, what we are to it."""
    context = {
        "domain": domain,
        "systems": selectors.of_domain(domain),
        "may_change": request.can(RIGHT) and domain.state != Domain.State.REMOVED,
        "ports": selectors.may_test_ports(domain),
    }
    return [Markup(_("In the register"), "surface/placed.html", context)]
