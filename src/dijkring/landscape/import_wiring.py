# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What reading in and the software of systems tell the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import search
from dijkring.landscape import (
    component_search,
    import_tasks,  # noqa: F401 -- its job must be known
    uses,
)
from dijkring.landscape.panels import components
from dijkring.landscape.panels.assets import SLOT
from dijkring.landscape.selectors import starts
from dijkring.ui import panels


def register() -> None:
    """Hang the software of a system on its page, and let people find it."""
    panels.extend(SLOT, components.of_asset)
    uses.register(starts.scenarios_with)
    search.add(
        "components", _("Software in systems"), "landscape.view", component_search.components,
        order=46,
    )  # fmt: skip
