# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    name = "dijkring.suppliers"
    label = "suppliers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.suppliers import wiring

        wiring.register()
