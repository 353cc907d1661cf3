# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlsConfig(AppConfig):
    name = "dijkring.controls"
    label = "controls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.controls import search as found
        from dijkring.core import access, navigation, search
        from dijkring.core.access import EVERYONE, Role

        access.register("controls.view", _("See norms and laws"), EVERYONE, writes=False)
        access.register("controls.import", _("Import a framework"), {Role.CISO, Role.ADMINISTRATOR})
        access.register("controls.applicability", _("Decide what applies"), {Role.CISO})
        access.register(
            "controls.look_again",
            _("Look at changed requirements"),
            {Role.CISO, Role.PROCESS_OWNER},
        )
        access.register(
            "controls.approve",
            _("Approve the statement of applicability"),
            {Role.CISO, Role.SECRETARY, Role.BOARD},
        )
        navigation.add(
            "house", _("Norms and laws"), "controls:frameworks", "controls.view", group="norms"
        )
        navigation.add(
            "house",
            _("Statement of applicability"),
            "controls:applicability",
            "controls.view",
            group="norms",
        )
        search.add("requirements", _("Requirements"), "controls.view", found.requirements, order=10)
        search.add("frameworks", _("Norms and laws"), "controls.view", found.frameworks, order=20)
