# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The scores of measuring beside like-sized others, on the comparison and on the page of scores."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.accountability.selectors.comparison import compared_scores
from dijkring.accountability.tables import ScoreComparisonTable
from dijkring.ui.panels import Panel, RelatedTable


def score_panel(organisation_id: int) -> Panel:
    """Return our scores beside the group as a table; others are never named."""
    return RelatedTable(
        _("Score of measuring, beside municipalities of our size"),
        ScoreComparisonTable(compared_scores(organisation_id)),
        _("There is no score to compare yet: measure your domains first."),
    )


def on_score_page(request: Any, organisation_id: int) -> list[Panel]:
    """Hang the comparison on the page of scores of measuring, for who may compare."""
    return [score_panel(organisation_id)] if request.can("accountability.comparison") else []
