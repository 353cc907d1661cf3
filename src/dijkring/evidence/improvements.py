# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What evidence adds to an action: where the requirements stand that it helps, and the proof."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.actions.models import Action
from dijkring.actions.selectors import register
from dijkring.evidence import kinds
from dijkring.evidence.models import Fact
from dijkring.evidence.selectors import lists, standings
from dijkring.ui.panels import Markup, Panel


def kinds_to_post() -> list[tuple[str, str]]:
    """Return the kinds of fact that a token can be given, in words."""
    return [(kind.id, lists.kind_label(kind.id)) for kind in kinds.all_kinds()]


def of_action(request: Any, action: Action) -> list[Panel]:
    """Return the standings that an action helps and the facts that closed its lines."""
    if not request.can("evidence.view"):
        return []
    stood, proofs = _standings(action), _proofs(action)
    return [
        *(
            [Markup(_("Where that stands"), "evidence/carriers.html", {"rows": stood})]
            * bool(stood)
        ),
        *([Markup(_("Proof"), "evidence/proofs.html", {"facts": proofs})] * bool(proofs)),
    ]


def _standings(action: Action) -> list[tuple[Any, str]]:
    helped = [row for row in register.requirements(action.requirements) if row.leaf]
    found = standings.of_leaves(action.organisation_id, [row.pk for row in helped])
    return [(row, found[row.pk].verdict if row.pk in found else "not_assessed") for row in helped]


def _proofs(action: Action) -> list[Fact]:
    proofs = action.lines.exclude(proof=None).values_list("proof", flat=True)
    return list(
        Fact.objects.filter(pk__in=[proof["fact"] for proof in proofs if proof]).order_by("subject")
    )
