# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "dijkring.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dijkring.controls import hooks
        from dijkring.controls.services import NEW_VERSION
        from dijkring.core import access, due, events, navigation, search
        from dijkring.core.access import EVERYONE, Role
        from dijkring.evidence import break_glass, by_link, doors, facts, improvements, slots, told  # noqa: F401
        from dijkring.evidence import search as found
        from dijkring.evidence.selectors import due as ending
        from dijkring.evidence.services import carry_over, offers
        from dijkring.organisations import scopes
        from dijkring.ui import panels as ui_panels

        access.register("evidence.view", _("See facts and standings"), EVERYONE, writes=False)
        access.register(
            "evidence.judge", _("Judge as owner of a requirement"), {Role.CISO, Role.PROCESS_OWNER}
        )
        access.register("evidence.review", _("Judge as CISO"), {Role.CISO})
        access.register("evidence.audit", _("Judge as independent auditor"), {Role.AUDITOR})
        access.register(
            "evidence.deviate", _("Accept a deviation"), {Role.CISO, Role.SECRETARY, Role.BOARD}
        )
        access.register("evidence.withdraw", _("Withdraw a wrong fact"), {Role.CISO})
        access.register(
            "evidence.population", _("Take a subject out of the count"), {Role.CISO, Role.SECRETARY}
        )
        access.register(
            "evidence.upload",
            _("Upload documents"),
            {Role.CISO, Role.PROCESS_OWNER, Role.AUDITOR, Role.PRIVACY_OFFICER},
        )
        access.register(
            "evidence.scopes",
            _("Keep systems, processes, locations and services that are judged apart"),
            {Role.CISO, Role.PROCESS_OWNER},
        )
        access.register(
            "evidence.provide", _("Carry out requirements for others, and publish"), {Role.CISO}
        )
        access.register(
            "evidence.take", _("Let another carry out requirements"), {Role.CISO, Role.SECRETARY}
        )
        navigation.add("house", _("Standings"), "evidence:standings", "evidence.view")
        navigation.add(
            "house", _("Systems, processes and services"), "evidence:scopes", "evidence.view"
        )
        navigation.add("house", _("Carried out by others"), "evidence:provisions", "evidence.view")
        navigation.add("house", _("Facts"), "evidence:facts", "evidence.view")
        navigation.add("house", _("Documents"), "evidence:uploads", "evidence.view")
        due.register("judgement", _("Judgement that ends"), ending.judgements)
        due.register("deviation", _("Deviation that ends"), ending.deviations)
        due.register("standing", _("Standing that lapses"), ending.standings)
        hooks.on_applicability_changed.append(slots.changing_applicability)
        hooks.states_of_leaves.append(slots.leaf_states)
        events.subscribe(NEW_VERSION, carry_over.on_new_version)
        events.subscribe("identity.break_glass_tested", break_glass.on_tested)
        events.subscribe("scope.changed", offers.on_scope_changed)
        ui_panels.extend("controls.framework", slots.of_framework)
        ui_panels.extend("controls.requirement", slots.of_requirement)
        ui_panels.extend("actions.action", improvements.of_action)
        scopes.offer_kinds(improvements.kinds_to_post)
        search.add("facts", _("Facts"), "evidence.view", found.facts, order=50)
        search.add("judgements", _("Judgements"), "evidence.view", found.judgements, order=60)
        search.add("documents", _("Documents"), "evidence.view", found.documents, order=65)
        by_link.register()
        told.register()
