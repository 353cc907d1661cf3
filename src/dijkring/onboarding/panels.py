# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room hangs on the page of a requirement: verdicts from before that still wait."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import Requirement
from dijkring.onboarding import selectors
from dijkring.ui.panels import Markup, Panel


def of_requirement(request: Any, requirement: Requirement) -> list[Panel]:
    """Return the verdicts from before on a leaf, which count for nothing yet."""
    if not request.can("evidence.view") or not requirement.leaf:
        return []
    rows = list(selectors.to_confirm(request.actor.organisation_id, requirement.pk))
    if not rows:
        return []
    context = {"rows": rows, "may_confirm": request.can("onboarding.confirm")}
    return [Markup(_("Taken over, to be confirmed"), "onboarding/panel.html", context)]
