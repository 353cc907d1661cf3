# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shouting that nobody watches the deadlines, from a process that is not the worker.

The worker that would mail it is the one that stands still: so this mails by itself.
"""

from datetime import datetime

from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.incidents import told
from dijkring.incidents.services import watching
from dijkring.notices import mail
from dijkring.notices.models import Notice
from dijkring.notices.services import telling, urgent
from dijkring.ui import words


def shout(since: datetime) -> int:
    """Tell who is on call and the CISO of everybody with open incidents, once per sleep.

    `since` is when somebody last watched. Returns how many mails went; one that the server does not
    take is tried again the next time.
    """
    return sum(
        _mail(organisation_id, notice_id)
        for organisation_id, open_still in fetch("SELECT * FROM door_incident_keepers()")
        if open_still
        for notice_id in _tell(organisation_id, since)
    )


def _tell(organisation_id: int, since: datetime) -> list[int]:
    """Make the notices and return which of them were not mailed yet."""
    key = f"incident-asleep-{since:%Y%m%d%H%M%S}"
    with transaction_for([organisation_id]):
        people = watching.people_of(organisation_id, [])
        telling.tell(
            organisation_id=organisation_id,
            users={*people.on_call, *people.by_role[0]},
            kind=told.ASLEEP,
            values={"since": words.moment_words(since)},
            url_name="incidents:clocks",
            key=key,
        )
        rows = Notice.objects.filter(organisation_id=organisation_id, key=key, digested_at=None)
        return list(rows.values_list("pk", flat=True)) if mail.possible() else []


def _mail(organisation_id: int, notice_id: int) -> bool:
    try:
        return urgent.mail_notice(organisation_id=organisation_id, notice_id=notice_id)
    except urgent.NotTaken:
        return False
