# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filters of notices and of what was asked."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.notices.models import Ask, Notice
from dijkring.notices.selectors import asks
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter


class AskFilter(FilterSet):
    """Filter what was asked."""

    search = SearchFilter("title")
    state = ChoiceFilter(label=_("State"), choices=Ask.State.choices, method="in_state")

    class Meta:
        model = Ask
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Ask], _name: str, state: str) -> QuerySet[Ask]:
        """Keep one state."""
        return asks.with_state(rows, state)


class NoticeFilter(FilterSet):
    """Filter notices."""

    read = ChoiceFilter(
        label=_("State"), choices=[("no", _("not read yet")), ("yes", _("read"))], method="of_read"
    )

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()

    def of_read(self, rows: QuerySet[Notice], _name: str, read: str) -> Any:
        """Keep what is read, or not."""
        return rows.filter(read_at__isnull=read == "no")
