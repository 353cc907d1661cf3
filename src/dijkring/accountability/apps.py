# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountabilityConfig(AppConfig):
    name = "dijkring.accountability"
    label = "accountability"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.accountability import compared, doors  # noqa: F401
        from dijkring.accountability import search as found
        from dijkring.core import access, navigation, search
        from dijkring.core.access import EVERYONE, Role
        from dijkring.ui import panels

        access.register("accountability.today", _("See what is due today"), EVERYONE, writes=False)
        access.register("accountability.view", _("See public reports"), EVERYONE, writes=False)
        access.register(
            "accountability.annex",
            _("See the confidential annex"),
            {Role.CISO, Role.SECRETARY, Role.BOARD, Role.AUDITOR},
            writes=False,
        )
        access.register("accountability.make", _("Make a report to the council"), {Role.CISO})
        access.register(
            "accountability.secretary", _("Sign as municipal secretary"), {Role.SECRETARY}
        )
        access.register("accountability.board", _("Sign as member of the board"), {Role.BOARD})
        access.register(
            "accountability.national", _("See the national picture"), EVERYONE, writes=False
        )
        access.register(
            "accountability.comparison", _("Compare with like-sized others"), EVERYONE, writes=False
        )
        navigation.add("today", _("Today"), "accountability:today", "accountability.today")
        navigation.add(
            "accountability",
            _("Report to the council"),
            "accountability:reports",
            "accountability.view",
        )
        search.add("reports", _("Reports"), "accountability.view", found.reports, order=70)
        for place, (kind, label, find) in enumerate(
            (
                ("shared_facts", _("Facts of others"), found.shared_facts),
                ("shared_exposure", _("Exposure of others"), found.shared_exposure),
                ("shared_judgements", _("Judgements of others"), found.shared_judgements),
                ("shared_actions", _("Actions of others"), found.shared_actions),
            )
        ):
            search.add(kind, label, "sharing.look", find, order=90 + place, shared=True)
        navigation.add(
            "accountability", _("Shared with us"), "accountability:shared_list", "sharing.look"
        )
        navigation.add(
            "accountability",
            _("Comparison"),
            "accountability:comparison",
            "accountability.comparison",
        )
        navigation.add(
            "accountability", _("Who is exposed"), "accountability:exposed", "sharing.look"
        )
        panels.extend("surface.score", compared.on_score_page)
