# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    name = "dijkring.onboarding"
    label = "onboarding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, navigation
        from dijkring.core.access import Role
        from dijkring.onboarding import by_link, panels
        from dijkring.ui import panels as ui_panels

        managers = {Role.CISO, Role.ADMINISTRATOR}
        access.register(
            "onboarding.view", _("See the first hour"), {*managers, Role.SECRETARY}, writes=False
        )
        access.register("onboarding.bring_in", _("Bring in files from elsewhere"), managers)
        access.register(
            "onboarding.confirm",
            _("Confirm verdicts from before"),
            {Role.CISO, Role.PROCESS_OWNER, Role.AUDITOR},
        )
        navigation.add("today", _("First hour"), "onboarding:guide", "onboarding.view")
        navigation.add(
            "house",
            _("To be confirmed"),
            "onboarding:to_confirm",
            "onboarding.confirm",
            group="work",
        )
        ui_panels.extend("evidence.requirement", panels.of_requirement)
        ui_panels.extend("controls.requirement", panels.of_requirement)
        by_link.register()
