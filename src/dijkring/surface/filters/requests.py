# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The filter of requests to suppliers."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.surface.models import MendRequest
from dijkring.surface.selectors.requests import CANNOT, MEND, NOT_OURS
from dijkring.ui.filters import ChoiceFilter, FilterSet, SearchFilter

STATES = [
    ("open", _("not mended yet")),
    ("asked", _("asked, without an answer")),
    (MEND, _("will be mended")),
    ("no", _("cannot be mended, or not theirs")),
    ("late", _("late")),
    ("mended", _("mended")),
    ("withdrawn", _("withdrawn")),
]


class RequestFilter(FilterSet):
    """Filter requests."""

    search = SearchFilter("supplier", method="with_words")
    state = ChoiceFilter(label=_("State"), choices=STATES, method="of_state")

    class Meta:
        model = MendRequest
        fields: tuple[str, ...] = ()

    def with_words(
        self, rows: QuerySet[MendRequest], _name: str, words: str
    ) -> QuerySet[MendRequest]:
        """Search in the supplier and in what it is about."""
        named = Q(supplier__icontains=words) | Q(lines__subject__icontains=words)
        return rows.filter(pk__in=MendRequest.objects.filter(named).values("pk"))

    def of_state(
        self, rows: QuerySet[MendRequest], _name: str, state: str
    ) -> QuerySet[MendRequest]:
        """Keep the requests that stand so now."""
        today = clock.today()
        waiting = Q(withdrawn_at=None, lines_open__gt=0)
        late = Q(choice=MEND, day__lt=today) | (~Q(choice=MEND) | Q(choice=None)) & Q(
            due_on__lt=today
        )
        wanted = {
            "open": waiting,
            "asked": waiting & Q(choice=None),
            MEND: waiting & Q(choice=MEND),
            "no": waiting & Q(choice__in=[CANNOT, NOT_OURS]),
            "late": waiting & late,
            "mended": Q(withdrawn_at=None, lines_open=0),
            "withdrawn": Q(withdrawn_at__isnull=False),
        }
        return rows.filter(wanted[state])
