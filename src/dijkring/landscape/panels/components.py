# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The software of a system on the page of that system."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.landscape.models import Asset
from dijkring.landscape.selectors import components
from dijkring.landscape.tables.imports import SystemPartsTable
from dijkring.ui.links import link
from dijkring.ui.panels import Panel, RelatedTable

_SHOWN = 10


def of_asset(request: Any, asset: Asset) -> list[Panel]:
    """Return the first parts of a system with the way to all of them; nothing without a list."""
    rows = list(components.of_system(asset)[:_SHOWN])
    if not rows:
        return []
    table = SystemPartsTable(rows, request=request, orderable=False)
    more = link(request, "landscape:components_of", asset.pk)
    return [RelatedTable(_("Software in it"), table, more=more)]
