# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "dijkring.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.incidents import (
            dossier_wiring,
            intake_wiring,
            joint_wiring,
            privacy_wiring,
            wiring,
        )

        wiring.register()
        dossier_wiring.register()
        intake_wiring.register()
        privacy_wiring.register()
        joint_wiring.register()
