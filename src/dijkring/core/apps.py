# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dijkring.core.triggers import index_triggers

# Every app is imported before the first model, and the models bring their triggers.
index_triggers()


class CoreConfig(AppConfig):
    name = "dijkring.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, doors  # noqa: F401
        from dijkring.core.access import EVERYONE, Role

        access.register("core.jobs", _("See running work"), EVERYONE, writes=False)
        access.register(
            "core.audit",
            _("Read the audit trail"),
            {Role.CISO, Role.ADMINISTRATOR, Role.AUDITOR, Role.PRIVACY_OFFICER},
            writes=False,
        )
        access.register("core.matrix", _("See who may do what"), EVERYONE, writes=False)
