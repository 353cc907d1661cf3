# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LandscapeConfig(AppConfig):
    name = "dijkring.landscape"
    label = "landscape"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, leaving, navigation
        from dijkring.core.access import EVERYONE, Role
        from dijkring.landscape import (
            doors,  # noqa: F401
            import_wiring,
        )
        from dijkring.landscape.services import assets

        keepers = {Role.CISO, Role.PROCESS_OWNER}
        access.register(
            "landscape.view", _("See the landscape and what needs what"), EVERYONE, writes=False
        )
        access.register("landscape.keep", _("Keep the landscape"), keepers)
        access.register(
            "landscape.publish", _("Publish services to other organisations"), {Role.CISO}
        )
        navigation.add("house", _("Landscape"), "landscape:assets", "landscape.view")
        leaving.register(assets.leave)
        import_wiring.register()
