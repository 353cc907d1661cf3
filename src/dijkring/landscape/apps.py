# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class LandscapeConfig(AppConfig):
    name = "dijkring.landscape"
    label = "landscape"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.landscape import import_wiring, wiring

        wiring.register()
        import_wiring.register()
