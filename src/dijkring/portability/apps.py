# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PortabilityConfig(AppConfig):
    name = "dijkring.portability"
    label = "portability"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, navigation
        from dijkring.core.access import Role

        managers = {Role.CISO, Role.ADMINISTRATOR}
        access.register("portability.export", _("Export and bring in everything"), managers)
        access.register(
            "portability.registers",
            _("Take registers along and bring them back"),
            {*managers, Role.PROCESS_OWNER, Role.PRIVACY_OFFICER, Role.AUDITOR},
        )
        navigation.add("management", _("Exchange"), "portability:overview", "portability.registers")
        # Each room says in its own registers.py which lists can leave as a sheet and come back.
        autodiscover_modules("registers")
