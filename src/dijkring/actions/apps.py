# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "dijkring.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.actions import by_link, handing_over, services, told
        from dijkring.actions import leaving as handing
        from dijkring.actions import search as found
        from dijkring.actions.selectors import calendar
        from dijkring.core import access, due, events, leaving, navigation, search
        from dijkring.core.access import EVERYONE, Role
        from dijkring.notices import daily
        from dijkring.sharing.services import handovers
        from dijkring.ui import panels

        editors = {Role.CISO, Role.PROCESS_OWNER, Role.SECRETARY, Role.PRIVACY_OFFICER}
        access.register("actions.view", _("See actions"), EVERYONE, writes=False)
        access.register("actions.edit", _("Open and change actions"), editors)
        access.register("actions.close", _("Finish actions or call them off"), editors)
        deciders = {Role.CISO, Role.SECRETARY}
        access.register(
            "actions.hand_over", _("Hand an action over to another organisation"), deciders
        )
        access.register(
            "actions.accept", _("Accept or decline what another organisation hands over"), deciders
        )
        navigation.add("house", _("Actions"), "actions:actions", "actions.view", group="work")
        navigation.add("house", _("Calendar"), "actions:calendar", "actions.view", group="work")
        leaving.register(handing.hand_over)
        due.register("action", _("Action"), calendar.due_actions)
        search.add("actions", _("Actions"), "actions.view", found.actions, order=30)
        search.add("comments", _("Comments"), "actions.view", found.comments, order=35)
        by_link.register()
        panels.extend("actions.action", by_link.of_action)
        told.register_kinds()
        events.subscribe(services.COMMENTED, told.on_commented)
        events.subscribe(services.ASSIGNED, told.on_assigned)
        handing_over.register()
        events.subscribe(handing_over.PROPOSED, told.on_proposed)
        events.subscribe(handovers.ANSWERED, told.on_handover)
        events.subscribe(handovers.FAILED, told.on_handover)
        daily.register(told.daily)
