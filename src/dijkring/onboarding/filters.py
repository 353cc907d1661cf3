# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of what waits."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.evidence.models import VERDICTS
from dijkring.evidence.services.judgements import VERDICTS as GIVEN
from dijkring.onboarding.models import TakenOver
from dijkring.ui import filters


class TakenOverFilter(filters.FilterSet):
    """By words and verdict."""

    search = filters.SearchFilter("reason", method="with_words")
    verdict = filters.ChoiceFilter(
        label=_("Verdict"), choices=[one for one in VERDICTS if one[0] in GIVEN]
    )

    class Meta:
        model = TakenOver
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[TakenOver], _name: str, words: str) -> QuerySet[TakenOver]:
        """Search in number, explanation and who said it."""
        found = Q(was__icontains=words) | Q(requirement__ref__icontains=words)
        return rows.filter(found | Q(reason__icontains=words) | Q(said_by__icontains=words))
