# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurfaceConfig(AppConfig):
    name = "dijkring.surface"
    label = "surface"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, navigation, search
        from dijkring.core.access import EVERYONE, Role
        from dijkring.surface import (
            facts,  # noqa: F401
            findings_wiring,
            imported_wiring,
            lookalikes,  # noqa: F401
            systems_wiring,
        )
        from dijkring.surface import search as found

        see, register = (
            _("See domains and what was measured"),
            _("Register domains and prove authority"),
        )
        access.register("surface.view", see, EVERYONE, writes=False)
        access.register("surface.register", register, {Role.CISO, Role.PROCESS_OWNER})
        access.register("surface.authorise", _("State authority over a domain"), {Role.CISO})
        access.register(
            "surface.measure", _("Start a measurement"), {Role.CISO, Role.PROCESS_OWNER}
        )
        navigation.add(
            "house", _("Internet measuring"), "surface:domains", "surface.view", group="internet"
        )
        findings_wiring.register()
        imported_wiring.register()
        systems_wiring.register()
        search.add("domains", _("Domains"), "surface.view", found.domains, order=40)
