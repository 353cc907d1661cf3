# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about what others measured: files, scores, and the facts of kinds that are theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from dijkring.surface.models import Domain, GivenScore, Imported


def imports(organisation_id: int) -> QuerySet[Imported]:
    """Return the files, the newest first."""
    rows = Imported.objects.filter(organisation_id=organisation_id)
    return rows.select_related("uploaded_by").order_by("-id")


def same_file(imported: Imported) -> Imported | None:
    """Return the import of exactly this file that is not undone."""
    done = Imported.objects.filter(
        organisation_id=imported.organisation_id,
        kind=imported.kind,
        sha256=imported.sha256,
        state=Imported.State.DONE,
    )
    return done.exclude(pk=imported.pk).first()


def choice_of(organisation_id: int, header_mark: str) -> dict[str, Any] | None:
    """Return the columns that were last chosen for a file with the same headers."""
    rows = Imported.objects.filter(
        organisation_id=organisation_id, kind="easm", choice__header_mark=header_mark
    )
    found = rows.filter(state__in=[Imported.State.DONE, Imported.State.UNDONE]).first()
    return found.choice if found else None


@dataclass(frozen=True, slots=True)
class TheirScore:
    """The last score that another gave a name for one part, with its report."""

    part: str
    percent: int
    url: str
    at: datetime


def scores_of(domain: Domain) -> dict[str, TheirScore]:
    """Return the newest score of others per part."""
    rows = GivenScore.objects.filter(
        organisation_id=domain.organisation_id,
        member=domain.name,
        imported__state=Imported.State.DONE,
    )
    return {
        row.part: TheirScore(row.part, row.percent, row.url, row.at)
        for row in rows.order_by("at", "id")
    }
