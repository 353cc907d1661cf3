# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about names that look like ours."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from dijkring.surface.engine.mail import org_domain
from dijkring.surface.models import Domain, Lookalike

KIND = "surface.lookalikes"
_ORDER = (When(gone_at__isnull=False, then=Value(2)), When(~Q(verdict="open"), then=Value(1)))


def lookalikes(organisation_id: int) -> QuerySet[Lookalike]:
    """Return every such name: first what is to be judged, and of that what receives mail."""
    rows = Lookalike.objects.filter(organisation_id=organisation_id)
    order = Case(*_ORDER, default=Value(0), output_field=IntegerField())
    return rows.annotate(order=order).order_by("order", "-receives_mail", "name")


def own_names(organisation_id: int) -> list[str]:
    """Return the names to look for resemblances of: of what we may measure, without subdomains."""
    rows = Domain.objects.filter(
        organisation_id=organisation_id, state=Domain.State.AUTHORISED
    ).exclude(part="customer")
    return sorted(set(map(org_domain, rows.values_list("name", flat=True))))


def registered(organisation_id: int, names: Iterable[str]) -> set[str]:
    """Return which of these names are our own."""
    rows = Domain.objects.filter(organisation_id=organisation_id, name__in=list(names))
    return set(rows.exclude(state=Domain.State.REMOVED).values_list("name", flat=True))
