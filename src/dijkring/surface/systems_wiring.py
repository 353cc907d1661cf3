# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register of systems, requests and the registration tell the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, leaving, navigation, search
from dijkring.core.access import Role
from dijkring.surface import by_link, request_doors  # noqa: F401
from dijkring.surface import search as found
from dijkring.surface.panels.requests import of_supplier
from dijkring.surface.selectors.registrations import due_registration
from dijkring.surface.selectors.requests import due_requests
from dijkring.surface.services import registrations, requests, systems
from dijkring.ui.panels import extend


def register() -> None:
    """Register rights, lines of the navigation, what can be found and what is due."""
    keepers = {Role.CISO, Role.PROCESS_OWNER}
    access.register(systems.RIGHT, _("Keep the register of systems on the internet"), keepers)
    navigation.add(
        "house", _("Systems on the internet"), "surface:systems", "surface.view", group="internet"
    )
    search.add("systems", _("Systems on the internet"), "surface.view", found.systems, order=41)
    leaving.register(systems.leave)
    access.register(requests.RIGHT, _("Ask suppliers to mend something"), keepers)
    share = _("Share what suppliers answer with other organisations")
    access.register(requests.SHARE, share, {Role.CISO})
    navigation.add(
        "house", _("Requests to suppliers"), "surface:requests", "surface.view", group="internet"
    )
    words, keeper = _("Request to a supplier"), requests.RIGHT
    due.register("surface.request", words, due_requests, "surface.view", keeper=keeper)
    by_link.register()
    # The page of a supplier is of a room beside this one: only the name of its slot is known.
    extend("suppliers:supplier", of_supplier)
    register_registration()


def register_registration() -> None:
    """Register what belongs to the registration under the Cbw."""
    label = _("Registration under the Cbw")
    access.register(
        registrations.RIGHT,
        _("Record the registration under the Cbw"),
        {Role.CISO, Role.SECRETARY},
    )
    navigation.add("accountability", label, "surface:registration", "surface.view")
    keeper = registrations.RIGHT
    due.register("surface.registration", label, due_registration, "surface.view", keeper=keeper)
