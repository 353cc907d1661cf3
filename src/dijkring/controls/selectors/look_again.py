# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is still to be looked at after a new version."""

from django.db.models import QuerySet

from dijkring.controls.models import LookAgain


def to_do(organisation_id: int) -> QuerySet[LookAgain]:
    """Return the lines that nobody has looked at yet, in the order of the norm."""
    rows = LookAgain.objects.filter(organisation_id=organisation_id, done_at=None)
    return rows.select_related("requirement__framework", "old__framework")
