# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of the log of a crisis."""

from django.utils.translation import gettext_lazy as _

from dijkring.crisis.models import LogLine
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter


class LogFilter(FilterSet):
    """Filter the log of a crisis."""

    search = SearchFilter("text")
    kind = ChoiceFilter(label=_("Kind"), field_name="kind", choices=LogLine.Kind.choices)

    class Meta:
        model = LogLine
        fields: tuple[str, ...] = ()
