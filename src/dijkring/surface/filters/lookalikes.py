# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of names like ours."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.surface.models import Lookalike
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

YES_OR_NO = [("True", _("yes")), ("False", _("no"))]
THERE = [("there", _("there now")), ("gone", _("gone"))]


class LookalikeFilter(FilterSet):
    """By words, what we think, whether it receives mail and whether it is there."""

    search = SearchFilter("name", method="with_words")
    verdict = ChoiceFilter(label=_("What we think"), choices=Lookalike.Verdict.choices)
    receives_mail = ChoiceFilter(label=_("Receives mail"), choices=YES_OR_NO)
    there = ChoiceFilter(label=_("Now"), choices=THERE, method="by_presence")

    class Meta:
        model = Lookalike
        fields: tuple[str, ...] = ()

    def with_words(self, rows: QuerySet[Lookalike], _name: str, words: str) -> QuerySet[Lookalike]:
        """Keep what has these words in its name, in ours or in the note."""
        found = Q(name__icontains=words) | Q(resembles__icontains=words) | Q(note__icontains=words)
        return rows.filter(found)

    def by_presence(self, rows: QuerySet[Lookalike], _name: str, value: str) -> QuerySet[Lookalike]:
        """Keep what is there now, or what is gone."""
        return rows.filter(gone_at__isnull=value == "there")
