# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions about files that were taken over."""

from django.db.models import QuerySet

from dijkring.landscape.models import Imported


def imports(organisation_id: int) -> QuerySet[Imported]:
    """Return every file, the newest first."""
    rows = Imported.objects.filter(organisation_id=organisation_id)
    return rows.select_related("uploaded_by", "undone_by", "system").order_by("-pk")


def same_file(imported: Imported) -> Imported | None:
    """Return the latest time that exactly this file was taken over and stands."""
    rows = imports(imported.organisation_id).filter(
        sha256=imported.sha256, state=Imported.State.DONE
    )
    return rows.exclude(pk=imported.pk).first()


def made_by_model(organisation_id: int, key: str) -> set[int]:
    """Return the assets that came in from a model with this identifier, and still may stand."""
    rows = imports(organisation_id).filter(state=Imported.State.DONE, undoing__model=key)
    return {pk for one in rows for pk in one.undoing["assets"]} if key else set()


def latest_of_system(imported: Imported) -> bool:
    """Tell whether no newer list of parts of the same system stands."""
    newer = Imported.objects.filter(
        system_id=imported.system_id, state=Imported.State.DONE, done_at__gt=imported.done_at
    )
    return not newer.exists()
