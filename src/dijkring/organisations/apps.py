# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "dijkring.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import password_reset

        from dijkring.core import access, leaving, navigation, search
        from dijkring.core.access import EVERYONE, Role
        from dijkring.organisations import doors, proof, services  # noqa: F401
        from dijkring.organisations import search as found

        access.register(
            "organisations.view", _("See organisations and co-operations"), EVERYONE, writes=False
        )
        access.register("organisations.members", _("See who has access"), EVERYONE, writes=False)
        access.register(
            "organisations.invite", _("Invite and end access"), {Role.CISO, Role.ADMINISTRATOR}
        )
        access.register(
            "organisations.tokens",
            _("Give and withdraw API tokens"),
            {Role.CISO, Role.ADMINISTRATOR},
        )
        leaving.register(services.end_tokens)
        leaving.register(services.end_invitations)
        password_reset.connect(proof.after_reset, dispatch_uid="organisations.proof")
        navigation.add(
            "management", _("Organisations"), "organisations:organisations", "organisations.view"
        )
        navigation.add("management", _("Access"), "organisations:members", "organisations.members")
        navigation.add(
            "management", _("API tokens"), "organisations:tokens", "organisations.tokens"
        )
        navigation.add("management", _("Rights"), "organisations:matrix", "core.matrix")
        navigation.add("management", _("Running work"), "organisations:jobs", "core.jobs")
        navigation.add("management", _("Audit trail"), "organisations:audit", "core.audit")
        search.add("people", _("People"), "organisations.members", found.people, order=80)
        search.add(
            "organisations", _("Organisations"), "organisations.view", found.organisations, order=90
        )
