# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    name = "dijkring.workplace"
    label = "workplace"
    default_auto_field = "django.db.models.BigAutoField"
