# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class CrisisConfig(AppConfig):
    name = "dijkring.crisis"
    label = "crisis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.crisis import wiring

        wiring.register()
