# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room hangs on pages of the landscape: the dossier of a party, contracts of an asset."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.landscape.models import Asset, Party
from dijkring.suppliers.models import Contract, Supplier
from dijkring.ui.panels import Markup, Panel, extend


def hang(party: str, asset: str) -> None:
    """Hang the panels in the slots of the landscape."""
    extend(party, of_party)
    extend(asset, of_asset)


def of_party(request: Any, party: Party) -> list[Panel]:
    """Lead from a party to its dossier in the register of suppliers."""
    rows = Supplier.objects.filter(party=party, organisation_id=party.organisation_id)
    context = {"suppliers": list(rows.filter(retired_at=None))}
    return [Markup(_("In the register of suppliers"), "suppliers/of_party.html", context)]


def of_asset(request: Any, asset: Asset) -> list[Panel]:
    """Show under which contracts something is delivered; nothing where there are none."""
    rows = Contract.objects.filter(deliveries__asset=asset, removed_at=None)
    found = list(rows.select_related("supplier").order_by("name"))
    context = {"contracts": found}
    return [Markup(_("Contracts"), "suppliers/of_asset.html", context)] if found else []
