# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Putting in the register what comes in from outside, once, and letting who reported follow it.

The terms count from what the reporter noticed, as with a colleague who is logged in.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Fact, Upload
from dijkring.evidence.services import uploads
from dijkring.incidents import told
from dijkring.incidents.models import (
    CustodyRecord,
    Exhibit,
    Incident,
    Intake,
    TimelineEntry,
    WayIn,
)
from dijkring.incidents.selectors import oncall
from dijkring.incidents.services import reporting
from dijkring.incidents.services.reporting import REPORT, Reported
from dijkring.notices.services import telling
from dijkring.organisations.services import hash_token

MOST_FILES, LARGEST_FILE = 3, 5 * 1024 * 1024
MOST_AN_HOUR, MOST_A_DAY = 30, 150
MOST_ADDED = 20
LONGEST_ADDED = 4000
# What nothing opens by itself.
INERT = "application/octet-stream"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class TooMany(Refused):
    """More came in than can be true; it can be tried again later."""


@dataclass(frozen=True, slots=True)
class Came:
    """What came in, from whom; `key` is the same when the same report comes again."""

    what: Reported
    name: str = ""
    contact: str = ""
    files: Sequence[tuple[str, bytes]] = ()
    key: str = ""


def new_key() -> str:
    """Return what a form bears, so that pressing twice reports once."""
    return secrets.token_urlsafe(24)


def follow_token(organisation_id: int, key: str) -> str:
    """Return the private secret of who sent the form with this key; the database cannot tell it."""
    about = f"incident-follow:{organisation_id}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), about.encode(), "sha256").hexdigest()


def by_way(*, way: WayIn, came: Came, at: str) -> Intake:
    """Put in the register what came in by a secret address; the same key comes in once.

    `at` is the way of the intake. Raises TooMany above the limits of an hour and a day, and
    Refused for what the register refuses.
    """
    name = " ".join(came.name.split())[:120]
    actor = Actor(way.organisation_id, name or _("reporter without a name"), "link")
    with transaction_for([way.organisation_id], actor):
        _lock(way.organisation_id)
        # What one way names its reports can be no key of another way.
        once = f"{at}:{came.key}" if came.key else ""
        if known := by_key(way.organisation_id, once):
            return known
        _check_limits(way.organisation_id)
        secret = follow_token(way.organisation_id, came.key)
        follow = hash_token(secret) if at == Intake.Way.PAGE else None
        kept = replace(came, name=name, key=once)
        return put_in(actor=actor, came=kept, at=at, follow_hash=follow)


def put_in(
    *, actor: Actor, came: Came, at: str, follow_hash: str | None = None, fact: Fact | None = None
) -> Intake:
    """Report an incident for who stands outside, and keep how it came in, with its files.

    Raises Refused for too many or too large files, and for what the register refuses.
    """
    _check_files(came.files)
    reporter = replace(actor, rights=frozenset({REPORT}))
    incident = reporting.report(actor=reporter, wanted=came.what)
    made = Intake.objects.create(
        organisation_id=actor.organisation_id,
        incident=incident,
        way=at,
        name=came.name[:120],
        contact=came.contact.strip()[:200],
        fact=fact,
        follow_hash=follow_hash,
        key=_stored(came.key),
        received_at=clock.now(),
    )
    for name, data in came.files:
        _keep(made, name, data, actor.name)
    return made


def by_key(organisation_id: int, key: str) -> Intake | None:
    """Return what came in under a key before; None for no key."""
    rows = Intake.objects.filter(organisation_id=organisation_id, key=_stored(key))
    return rows.select_related("incident").first() if key else None


def _stored(key: str) -> str:
    return hash_token(key) if key else ""


def _lock(organisation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"incidents:{organisation_id}"])


def _check_limits(organisation_id: int) -> None:
    now = clock.now()
    rows = Intake.objects.filter(organisation_id=organisation_id, way__in=("page", "mail"))
    for span, most in ((timedelta(hours=1), MOST_AN_HOUR), (timedelta(days=1), MOST_A_DAY)):
        if rows.filter(received_at__gt=now - span).count() >= most:
            raise TooMany(_("Too many reports came in by this address. Call, or try again later."))


def _check_files(files: Sequence[tuple[str, bytes]]) -> None:
    if len(files) > MOST_FILES:
        raise Refused(_("At most %(most)d files.") % {"most": MOST_FILES}, "attached")
    if any(len(data) > LARGEST_FILE for _name, data in files):
        raise Refused(_("A file may be at most 5 MB. Send it later, to who calls you."), "attached")


def _keep(intake: Intake, name: str, data: bytes, by: str) -> None:
    """Keep a file as evidence, as bytes under their hash: whatever it is, nothing here opens it."""
    if not data:
        return
    common = {"organisation_id": intake.organisation_id}
    now, shown = clock.now(), plain_name(name)
    digest = uploads.keep(intake.organisation_id, data)
    kept = Upload.objects.create(
        **common,
        name=shown,
        media_type=INERT,
        size=len(data),
        sha256=digest,
        uploaded_at=now,
    )
    number = Exhibit.objects.filter(incident=intake.incident).count() + 1
    exhibit = Exhibit.objects.create(
        **common,
        incident=intake.incident,
        number=number,
        what=shown,
        upload=kept,
        sha256=digest,
        added_at=now,
    )
    CustodyRecord.objects.create(
        **common,
        exhibit=exhibit,
        act=CustodyRecord.Act.TAKEN,
        at=now,
        by=by[:120],
        origin=_("Came with the report, by %(way)s") % {"way": intake.get_way_display()},
        sha256=digest,
        recorded_at=now,
        recorded_by=by[:120],
    )


def plain_name(name: str) -> str:
    """Return the name of a file as it can be shown: one line, no folder, no control characters."""
    shown = "".join(sign for sign in Path(name.replace("\\", "/")).name if sign.isprintable())
    return shown.strip()[-200:] or "bestand"


# --- who reported follows it ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Followed:
    """What who reported may see: the number, the state, and what they added themselves."""

    organisation: str
    reference: str
    state: str
    reported_at: datetime
    added: Sequence[TimelineEntry]


def follow(token: str) -> Followed | None:
    """Return how a report stands, for who holds its private secret; changes nothing."""
    found = _followed(token)
    if found is None:
        return None
    id, organisation_id = found
    with transaction_for([organisation_id]):
        intake = Intake.objects.select_related("incident__organisation").get(pk=id)
        incident = intake.incident
        return Followed(
            incident.organisation.name,
            incident.reference,
            incident.state,
            incident.reported_at,
            list(_added(incident)),
        )


def _followed(token: str) -> tuple[int, int] | None:
    rows = fetch("SELECT id, organisation_id FROM door_intake(%s)", [hash_token(token)])
    return rows[0] if rows else None


def _added(incident: Incident):  # type: ignore[no-untyped-def]  # a queryset of entries
    return incident.entries.filter(source=told.BY_REPORTER)


def add(*, token: str, text: str) -> bool:
    """Add something to one's own report; False for an unknown secret or a closed incident.

    Raises Refused for an empty text and after twenty additions.
    """
    found = _followed(token)
    if found is None:
        return False
    actor = Actor(found[1], _("reporter without a name"), "link")
    with transaction_for([found[1]], actor):
        _lock(found[1])
        intake = Intake.objects.select_related("incident").get(pk=found[0])
        if not intake.incident.is_open:
            return False
        _add(intake, text.strip())
    return True


def _add(intake: Intake, text: str) -> None:
    if not text:
        raise Refused(_("Write down what you want to add."), "text")
    count = _added(intake.incident).count()
    if count >= MOST_ADDED:
        raise TooMany(_("You added much already. Call who handles it."), "text")
    TimelineEntry.objects.create(
        organisation_id=intake.organisation_id,
        incident=intake.incident,
        at=clock.now(),
        text=text[:LONGEST_ADDED],
        source=told.BY_REPORTER,
        recorded_at=clock.now(),
        recorded_by=intake.incident.reporter,
    )
    telling.tell(
        organisation_id=intake.organisation_id,
        users=oncall.handlers_of(intake.incident),
        kind=told.ADDED,
        values={"incident": str(intake.incident)},
        url_name="incidents:incident",
        url_args=[intake.incident_id],
        key=f"incident-added-{intake.incident_id}-{count}",
    )
