# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What notices do by themselves: every minute what is due is handed out, each as its own task."""

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.notices import mail
from dijkring.notices.services import contacts, digests, preferences, reminding, urgent

AT_MOST = 1000


@app.periodic(cron="* * * * *")
@app.task(name="notices.tick", queueing_lock="notices.tick", pass_context=False)
def tick(timestamp: int) -> None:
    """Hand out the reminders and digests that are due; the dates live in the rows."""
    for organisation_id, ask_id in due_asks():
        remind.defer(organisation_id=organisation_id, ask_id=ask_id)
    if mail.possible():
        preferences.plan_newcomers()
        for user_id in digests.due(AT_MOST):
            digest.defer(user_id=user_id)


def due_asks() -> list[tuple[int, int]]:
    """Return (organisation, ask) of everything that waits for a reminder or its end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, id FROM door_due_asks(%s, %s)", [clock.now(), AT_MOST]
        )
        return list(cursor.fetchall())


@app.task(name="notices.mail_ask")
def mail_ask(*, organisation_id: int, ask_id: int) -> None:
    """Mail the link of a new ask."""
    reminding.mail_ask(organisation_id=organisation_id, ask_id=ask_id)


@app.task(name="notices.remind")
def remind(*, organisation_id: int, ask_id: int) -> None:
    """Remind the receiver of an ask, or tell the asker that no answer came."""
    reminding.remind(organisation_id=organisation_id, ask_id=ask_id)


@app.task(name="notices.digest")
def digest(*, user_id: int) -> None:
    """Send one person the mail of the day."""
    digests.send_digest(user_id=user_id)


@app.task(
    name="notices.mail_at_once",
    # Each time half a minute later, and so for two days.
    retry=RetryStrategy(max_attempts=110, linear_wait=30, retry_exceptions=[urgent.NotTaken]),
)
def mail_at_once(*, organisation_id: int, notice_id: int) -> None:
    """Mail one notice that cannot wait; tried again when the server does not take it."""
    urgent.mail_notice(organisation_id=organisation_id, notice_id=notice_id)


@app.task(name="notices.mail_contact")
def mail_contact(*, user_id: int, slug: str) -> None:
    """Mail the link by which somebody confirms where they get mail."""
    contacts.mail_link(user_id=user_id, slug=slug)
