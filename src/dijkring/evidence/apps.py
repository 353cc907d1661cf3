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
        from dijkring.core import due, events, search
        from dijkring.evidence import (  # noqa: F401
            alarm,
            break_glass,
            by_link,
            doors,
            facts,
            improvements,
            rights,
            slots,
            told,
        )
        from dijkring.evidence import search as found
        from dijkring.evidence.selectors import due as ending
        from dijkring.evidence.selectors import provisions
        from dijkring.evidence.services import carry_over, offers
        from dijkring.organisations import scopes
        from dijkring.sharing import partners
        from dijkring.sharing.services import endings
        from dijkring.ui import panels as ui_panels

        rights.register()
        due.register("judgement", _("Judgement that ends"), ending.judgements)
        due.register("deviation", _("Deviation that ends"), ending.deviations)
        due.register("standing", _("Standing that lapses"), ending.standings)
        hooks.on_applicability_changed.append(slots.changing_applicability)
        hooks.states_of_leaves.append(slots.leaf_states)
        events.subscribe(NEW_VERSION, carry_over.on_new_version)
        events.subscribe("identity.break_glass_tested", break_glass.on_tested)
        events.subscribe("scope.changed", offers.on_scope_changed)
        events.subscribe(offers.OVER, offers.on_agreement_over)
        endings.on_end(offers.on_agreement_end)
        partners.register(provisions.partners)
        ui_panels.extend("controls.framework", slots.of_framework)
        ui_panels.extend("controls.requirement", slots.of_requirement)
        ui_panels.extend("actions.action", improvements.of_action)
        scopes.offer_kinds(improvements.kinds_to_post)
        search.add("facts", _("Facts"), "evidence.view", found.facts, order=50)
        search.add("judgements", _("Judgements"), "evidence.view", found.judgements, order=60)
        search.add("documents", _("Documents"), "evidence.view", found.documents, order=65)
        by_link.register()
        told.register()
        alarm.register()
