# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register of the landscape tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, leaving, navigation, search
from dijkring.core.access import EVERYONE, Role
from dijkring.landscape import (
    doors,  # noqa: F401
    facts,  # noqa: F401
)
from dijkring.landscape import search as found
from dijkring.landscape.selectors.assets import due_confirmations
from dijkring.landscape.services import assets, publications


def register() -> None:
    """Register rights, the line of the navigation, what can be found and what is due."""
    keepers = {Role.CISO, Role.PROCESS_OWNER}
    see = _("See the landscape and what needs what")
    access.register("landscape.view", see, EVERYONE, writes=False)
    access.register(assets.RIGHT, _("Keep the landscape"), keepers)
    publish = _("Publish services to other organisations")
    access.register(publications.RIGHT, publish, {Role.CISO})
    navigation.add("house", _("Landscape"), "landscape:assets", "landscape.view", group="landscape")
    search.add("assets", _("Landscape"), "landscape.view", found.assets, order=44)
    due.register(
        "landscape.confirm",
        _("Confirm in the landscape"),
        due_confirmations,
        "landscape.view",
        keeper=assets.RIGHT,
    )
    leaving.register(assets.leave)
