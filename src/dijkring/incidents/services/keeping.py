# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deleting an incident after its term: asked by one person, agreed by another, with proof left."""

import json
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.services import uploads
from dijkring.incidents import removing  # noqa: F401 -- registers the only way to remove one
from dijkring.incidents.models import Deletion, Incident, KeepingTerm
from dijkring.incidents.models.keeping import LEAST_YEARS, MOST_YEARS
from dijkring.incidents.selectors import keeping as selectors
from dijkring.incidents.services import checking
from dijkring.notices.models import Notice

RIGHT = "incidents.remove"


def set_term(*, actor: Actor, years: int) -> KeepingTerm:
    """Say for how many years after closing incidents are kept; never less than three."""
    actor.require(RIGHT)
    if not LEAST_YEARS <= years <= MOST_YEARS:
        words = _("Incidents are kept for at least %(least)d and at most %(most)d years.")
        raise Refused(words % {"least": LEAST_YEARS, "most": MOST_YEARS}, "years")
    row, _made = KeepingTerm.objects.update_or_create(
        organisation_id=actor.organisation_id, defaults={"years": years}
    )
    return row


def ask(*, actor: Actor, incident: Incident, ground: str) -> Deletion:
    """Ask to delete an incident that was kept for long enough; another person must agree."""
    actor.require(RIGHT)
    found = checking.locked(actor, incident)
    years = selectors.years(actor.organisation_id)
    closed_at = _long_enough(found, years)
    if (
        selectors.deletions(actor.organisation_id)
        .filter(incident=found.pk, withdrawn_at=None)
        .exists()
    ):
        raise Refused(_("It has been asked already to delete this incident."))
    if actor.user_id is None:
        raise Refused(_("Only a person can ask this."))
    return Deletion.objects.create(
        organisation_id=actor.organisation_id,
        incident=found.pk,
        reference=found.reference,
        reported_at=found.reported_at,
        closed_at=closed_at,
        sha256=selectors.hash_of(found),
        ground=checking.needed(ground, "reason", _("Give the ground for deleting it."))[:2000],
        years=years,
        asked_at=clock.now(),
        asked_by_id=actor.user_id,
    )


def _long_enough(found: Incident, years: int) -> datetime:
    since = selectors.kept_since(max(years, LEAST_YEARS))
    if found.is_open or found.closed_at is None or found.closed_at > since:
        words = _("This incident must still be kept: %(years)d years after it was closed.")
        raise Refused(words % {"years": max(years, LEAST_YEARS)})
    return found.closed_at


def agree(*, actor: Actor, deletion: Deletion, why: str) -> Deletion:
    """Agree, as another person, to delete an incident; it is gone with all that hangs on it.

    Raises Refused when its file is no longer as it was when it was asked, and when something of
    another room cannot be without it.
    """
    actor.require(RIGHT)
    row = _waiting(actor, deletion)
    if actor.user_id is None or row.asked_by_id == actor.user_id:
        raise Refused(_("A second person must confirm this: not the one who asked it."))
    incident = Incident.objects.select_for_update().get(
        pk=row.incident, organisation_id=actor.organisation_id
    )
    _long_enough(incident, max(row.years, selectors.years(actor.organisation_id)))
    if selectors.hash_of(incident) != row.sha256:
        raise Refused(_("Its file was changed since this was asked. Withdraw it and ask again."))
    row.confirmed_at, row.confirmed_by_id = clock.now(), actor.user_id
    row.confirmation = checking.needed(why, "reason", _("Say why you agree."))[:2000]
    row.save()
    pointed_at = selectors.uploads_of(selectors.hanging(incident))
    row.removed = _remove(row)
    notices = Notice.objects.filter(
        organisation_id=actor.organisation_id,
        url_name__startswith="incidents:",
        url_args=[row.incident],
    )
    notices.delete()
    uploads.remove_unused(organisation_id=actor.organisation_id, uploads=pointed_at)
    row.done_at = clock.now()
    row.save()
    return row


def _remove(row: Deletion) -> dict[str, int]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT deed_remove_incident(%s)", [row.pk])
            counts = cursor.fetchone()[0]
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        words = _("Something of another part of Dijkring still needs this incident.")
        raise Refused(words) from error
    found: dict[str, int] = json.loads(counts) if isinstance(counts, str) else counts
    return found


def withdraw(*, actor: Actor, deletion: Deletion, why: str) -> Deletion:
    """Withdraw what was asked, or say as second person that it must not be deleted."""
    actor.require(RIGHT)
    row = _waiting(actor, deletion)
    row.withdrawn_at, row.withdrawn_by_id = clock.now(), actor.user_id
    row.withdrawal = checking.needed(why, "reason", _("Give a reason."))[:2000]
    row.save()
    return row


def _waiting(actor: Actor, deletion: Deletion) -> Deletion:
    rows = Deletion.objects.select_for_update().filter(organisation_id=actor.organisation_id)
    row = rows.get(pk=deletion.pk)
    if not row.waits:
        raise Refused(_("This does not wait for anybody any more."))
    return row
