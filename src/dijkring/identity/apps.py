# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "dijkring.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in

        from dijkring.core import access, due, header, leaving, navigation, web
        from dijkring.core.access import EVERYONE, Role
        from dijkring.identity import checks, door, doors, panels, selectors  # noqa: F401
        from dijkring.identity.services import emergency, proven, sessions
        from dijkring.organisations import login, proof

        managers = {Role.CISO, Role.ADMINISTRATOR}
        lookers = {*managers, Role.SECRETARY, Role.AUDITOR, Role.PRIVACY_OFFICER}
        access.register("identity.view", _("See how people log in"), lookers, writes=False)
        access.register("identity.manage", _("Decide how people log in"), managers)
        access.register("identity.review", _("Look at a broken seal"), {*managers, Role.SECRETARY})
        access.register("identity.own", _("See one's own login"), EVERYONE, writes=False)
        navigation.add("management", _("Login and access"), "identity:overview", "identity.view")
        header.add("identity/menu.html", lambda request: {}, "identity.own", place="menu")
        header.add("identity/announced.html", panels.announced, "identity.own", place="top")
        due.register(
            "break_glass",
            _("Break-glass account"),
            selectors.due,
            "identity.view",
            keeper="identity.review",
        )
        due.register(
            "emergency",
            _("Emergency access"),
            selectors.due_emergency,
            "identity.view",
            keeper="identity.review",
        )
        web.narrow_with(door.narrow)
        web.stop_with(door.demand_second_step)
        web.stop_with(door.keep_to_organisation)
        leaving.register(emergency.leave)
        leaving.register(sessions.after_leaving)
        proof.register(proven.end_ways_in)
        user_logged_in.connect(sessions.remember, dispatch_uid="identity.remember")
        login.after_logout(sessions.after_logout)
