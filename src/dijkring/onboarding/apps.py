# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "dijkring.onboarding"
    label = "onboarding"
    default_auto_field = "django.db.models.BigAutoField"
