# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mailing the link of a questionnaire, only when a person presses the button for it.

The job makes the link itself, so that no token stands in a job or in the database; the links
before stop working. What became of it is kept with the questionnaire.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.notices import mail
from dijkring.notices.mail import Letter
from dijkring.suppliers import words
from dijkring.suppliers.models import Inquiry
from dijkring.suppliers.services import inquiries
from dijkring.suppliers.services.inquiries import RIGHT
from dijkring.ui.words import moment_words

TASK = "suppliers.mail_link"


def ask_to_mail(*, actor: Actor, inquiry: Inquiry) -> None:
    """Have the link mailed to who answers at the supplier; Refused where that cannot be done."""
    actor.require(RIGHT)
    found = Inquiry.objects.select_for_update().get(
        pk=inquiry.pk, organisation_id=actor.organisation_id
    )
    if found.state != Inquiry.State.OPEN:
        raise Refused(_("This questionnaire is not open any more."))
    if not found.email:
        raise Refused(_("There is no e-mail address. Give the link to the supplier yourself."))
    if not mail.possible():
        raise Refused(_("There is no mail server. Give the link to the supplier yourself."))
    if waiting(found):
        raise Refused(_("The e-mail is under way already."))
    found.mail_asked_at, found.mail_failed = clock.now(), False
    found.save(update_fields=["mail_asked_at", "mail_failed"])
    ids = {"organisation_id": found.organisation_id, "inquiry_id": found.pk}
    app.configure_task(TASK).defer(**ids)


def waiting(found: Inquiry) -> bool:
    """Tell whether somebody asked for an e-mail that has not gone yet."""
    asked, sent = found.mail_asked_at, found.mailed_at
    return asked is not None and not found.mail_failed and (sent is None or sent < asked)


def mail_link(*, organisation_id: int, inquiry_id: int) -> bool:
    """Mail what somebody asked for; False when it went already or could not go.

    It is marked after it went: who is killed meanwhile mails it again rather than never.
    """
    with _acting(organisation_id):
        found = _locked(inquiry_id)
        letter = None
        if waiting(found) and found.state == Inquiry.State.OPEN:
            letter = _letter(found, inquiries.fresh_token(found))
    if letter is None:
        return False
    sent = mail.send(letter)
    with _acting(organisation_id):
        found = _locked(inquiry_id)
        found.mailed_at, found.mail_failed = clock.now() if sent else None, not sent
        found.save(update_fields=["mailed_at", "mail_failed"])
    return sent


@contextmanager
def _acting(organisation_id: int) -> Iterator[None]:
    """Be Dijkring itself for one organisation, in a transaction."""
    actor = system_actor(organisation_id)
    with transaction_for([organisation_id], actor):
        yield


def _locked(inquiry_id: int) -> Inquiry:
    rows = Inquiry.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "supplier", "asked_by").get(pk=inquiry_id)


def _letter(found: Inquiry, token: str) -> Letter:
    """Make the mail; the demands themselves stay behind the link."""
    with translation.override(found.language):
        names = {"organisation": found.organisation.name}
        subject = _("A questionnaire of %(organisation)s") % names
        context = {
            "inquiry": found,
            "what": words.in_tongue(found.title),
            "asker": str(found.asked_by or found.organisation.name),
            "until": moment_words(found.expires_at),
            "address": mail.address("questionnaire", token),
        }
    return Letter(found.email, subject, "questionnaire", context, found.language)
