# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about filters, drafts, the theme and the accessibility statement."""

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from dijkring.core.access import Actor
from dijkring.documents.house import NEUTRAL, House
from dijkring.workplace.look import paper
from dijkring.workplace.models import (
    AccessibilityStatement,
    FirstFilter,
    FormDraft,
    SavedFilter,
    Theme,
)


def filters(actor: Actor) -> QuerySet[SavedFilter]:
    """Return the filters of a person and those for all; `first` where a list opens with one."""
    own = Q(user_id=actor.user_id or 0) | Q(shared=True)
    first = FirstFilter.objects.filter(
        filter_id=OuterRef("pk"),
        user_id=actor.user_id or 0,
        organisation_id=actor.organisation_id,
    )
    rows = SavedFilter.objects.filter(own, organisation_id=actor.organisation_id)
    return rows.annotate(first=Exists(first)).select_related("user").order_by("path", "name", "id")


def filters_of_list(actor: Actor, path: str) -> list[SavedFilter]:
    """Return the kept filters of one list by name."""
    return list(filters(actor).filter(path=path))


def draft(actor: Actor, path: str) -> FormDraft | None:
    """Return what a person typed before in the form at an address."""
    rows = FormDraft.objects.filter(
        organisation_id=actor.organisation_id, user_id=actor.user_id or 0, path=path
    )
    return rows.first()


def theme(organisation_id: int) -> Theme | None:
    """Return the look of an organisation, without its logo."""
    return Theme.objects.filter(organisation_id=organisation_id).defer("logo").first()


def logo(organisation_id: int) -> bytes | None:
    """Return the logo of an organisation as PNG."""
    rows = Theme.objects.filter(organisation_id=organisation_id).exclude(logo_hash="")
    found = rows.values_list("logo", flat=True).first()
    return bytes(found) if found else None


def house(organisation_id: int) -> House:
    """Return the look of an organisation for its documents."""
    found = Theme.objects.filter(organisation_id=organisation_id).first()
    if found is None:
        return NEUTRAL
    return paper.house(found.light, bytes(found.logo) if found.logo else None)


def statement(organisation_id: int) -> AccessibilityStatement | None:
    """Return the accessibility statement of an organisation, published or not."""
    return AccessibilityStatement.objects.filter(organisation_id=organisation_id).first()


_PUBLISHED = (
    "SELECT name, status, tested_on, tested_by, method, exceptions, contact, answer_days, "
    "approved_by, approved_on FROM door_accessibility(%s)"
)


def published_statement(slug: str) -> dict[str, Any] | None:
    """Return the published statement of an organisation, for everybody; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, [slug])
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
    return dict(zip(names, row, strict=True)) if row else None
