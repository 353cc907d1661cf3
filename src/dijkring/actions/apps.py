# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "dijkring.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.actions import search as found
        from dijkring.actions.selectors import calendar
        from dijkring.core import access, due, navigation, search
        from dijkring.core.access import EVERYONE, Role

        editors = {Role.CISO, Role.PROCESS_OWNER, Role.SECRETARY, Role.PRIVACY_OFFICER}
        access.register("actions.view", _("See actions"), EVERYONE, writes=False)
        access.register("actions.edit", _("Open and change actions"), editors)
        access.register("actions.close", _("Finish actions or call them off"), editors)
        navigation.add("house", _("Actions"), "actions:actions", "actions.view")
        navigation.add("house", _("Calendar"), "actions:calendar", "actions.view")
        due.register("action", _("Action"), calendar.due_actions)
        search.add("actions", _("Actions"), "actions.view", found.actions, order=30)
        search.add("comments", _("Comments"), "actions.view", found.comments, order=35)
