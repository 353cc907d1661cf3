# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "dijkring.cooperation"
    label = "cooperation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.cooperation import doors  # noqa: F401
        from dijkring.cooperation import search as found
        from dijkring.cooperation.selectors import cbw_tests
        from dijkring.core import access, due, navigation, search
        from dijkring.core.access import EVERYONE, Role

        access.register(
            "cooperation.view", _("See co-operations and the chain"), EVERYONE, writes=False
        )
        access.register(
            "cooperation.propose", _("Propose a co-operation"), {Role.CISO, Role.SECRETARY}
        )
        access.register(
            "cooperation.record",
            _("Record our side of a co-operation"),
            {Role.CISO, Role.SECRETARY, Role.PROCESS_OWNER},
        )
        access.register(
            "cooperation.test",
            _("Test whether a co-operation falls under the Cbw"),
            {Role.CISO, Role.SECRETARY},
        )
        navigation.add(
            "disruption", _("Co-operations"), "cooperation:cooperations", "cooperation.view"
        )
        navigation.add("disruption", _("Chain"), "cooperation:chain", "cooperation.view")
        due.register("cbw_test", _("Cbw test"), cbw_tests.due, keeper="cooperation.test")
        search.add(
            "cooperations", _("Co-operations"), "cooperation.view", found.cooperations, order=60
        )
