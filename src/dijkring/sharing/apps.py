# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "dijkring.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.core import access, navigation, search
        from dijkring.core.access import EVERYONE, Role
        from dijkring.sharing import doors  # noqa: F401
        from dijkring.sharing import search as found

        leaders = {Role.SECRETARY, Role.BOARD}
        signers = leaders | {Role.CISO, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER}
        access.register("sharing.view", _("See sharing agreements"), EVERYONE, writes=False)
        access.register(
            "sharing.look", _("Look at what others share with us"), EVERYONE, writes=False
        )
        access.register(
            "sharing.draft",
            _("Draft a sharing agreement"),
            {Role.CISO, Role.PRIVACY_OFFICER, Role.SECRETARY},
        )
        access.register("sharing.sign", _("Sign a sharing agreement, with a mandate"), signers)
        access.register("sharing.end", _("End a sharing agreement"), leaders | {Role.CISO})
        access.register("sharing.mandate", _("Give and take mandates to sign"), leaders)
        search.add("agreements", _("Sharing agreements"), "sharing.view", found.agreements)
        navigation.add("accountability", _("Sharing"), "sharing:agreements", "sharing.view")
