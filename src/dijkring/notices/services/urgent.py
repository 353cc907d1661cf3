# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cannot wait for the e-mail of the day: a notice and a mail at once, also without digest."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.notices import kinds, mail
from dijkring.notices.mail import Letter
from dijkring.notices.models import Notice
from dijkring.notices.services import contacts, telling

LATE = timedelta(minutes=15)


class NotTaken(Exception):
    """No mail server took the letter; it is tried again, and stands in the digest otherwise."""


def tell(
    *,
    organisation_id: int,
    users: Iterable[int | None],
    kind: str,
    values: dict[str, Any],
    url_name: str,
    url_args: Sequence[Any] = (),
    key: str,
) -> int:
    """Tell people something and mail it after this transaction; returns how many were told.

    For the few things that may not wait a night: the README of this room lists them. Who was told
    already under this key is left alone, also by mail: that is tried again by itself.
    """
    rows = Notice.objects.filter(organisation_id=organisation_id, key=key)
    told = set(rows.values_list("user_id", flat=True))
    fresh = {one for one in users if one is not None} - told
    count = telling.tell(
        organisation_id=organisation_id,
        users=fresh,
        kind=kind,
        values=values,
        url_name=url_name,
        url_args=url_args,
        key=key,
    )
    if mail.possible():
        unsent = rows.filter(user_id__in=fresh, digested_at=None)
        for notice_id in unsent.values_list("pk", flat=True):
            app.configure_task("notices.mail_at_once").defer(
                organisation_id=organisation_id, notice_id=notice_id
            )
    return count


def mail_notice(*, organisation_id: int, notice_id: int) -> bool:
    """Mail one notice; False when it went already, or there is nobody (any more) to mail it to.

    It is marked after it went: who is killed meanwhile mails it again rather than never. Raises
    NotTaken when the server does not take it; the digest will then hold it.
    """
    with transaction_for([organisation_id], system_actor(organisation_id)):
        found = _waiting(notice_id)
        letter = _letter(found) if found else None
    if letter is None:
        return False
    if not mail.send(letter):
        raise NotTaken
    with transaction_for([organisation_id], system_actor(organisation_id)):
        telling.mark_mailed([notice_id])
    return True


def _waiting(notice_id: int) -> Notice | None:
    rows = Notice.objects.select_related("user", "organisation")
    found = rows.filter(pk=notice_id, digested_at=None).first()
    if found is None or not telling.is_member(found.user_id, found.organisation_id):
        return None
    if not contacts.mail_address(found.user):
        return None
    if not _is_late(found) or kinds.matters(found):
        return found
    # What was overtaken while the server was away stands in the page, and is no mail any more.
    telling.mark_mailed([notice_id])
    return None


def _is_late(found: Notice) -> bool:
    return clock.now() - found.at > LATE


def _letter(found: Notice) -> Letter:
    language = contacts.language_of(found.user_id)
    organisation = found.organisation
    with translation.override(language):
        words = kinds.say(found.kind, found.values)
        subject = _("At once: %(organisation)s: %(words)s") % {
            "organisation": organisation.name,
            "words": words,
        }
    address = mail.address(found.url_name, organisation.slug, *found.url_args)
    # Who gets it after the server was away must not think that it happened just now.
    late = found.at if _is_late(found) else None
    context = {
        "late": late,
        "person": found.user,
        "organisation": organisation,
        "words": words,
        "address": address,
    }
    return Letter(contacts.mail_address(found.user), subject, "urgent", context, language)
