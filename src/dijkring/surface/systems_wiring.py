# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register of systems, requests and the registration tell the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, leaving, navigation, search
from dijkring.core.access import Role
from dijkring.surface import search as found
from dijkring.surface.services import systems


def register() -> None:
    """Register rights, lines of the navigation, what can be found and what is due."""
    keepers = {Role.CISO, Role.PROCESS_OWNER}
    access.register(systems.RIGHT, _("Keep the register of systems on the internet"), keepers)
    navigation.add("house", _("Systems on the internet"), "surface:systems", "surface.view")
    search.add("systems", _("Systems on the internet"), "surface.view", found.systems, order=41)
    leaving.register(systems.leave)
