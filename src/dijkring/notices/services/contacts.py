# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody gets mail: the address of the account, or one that they confirmed themselves.

Accounts of an identity provider have no address: what a provider claims proves nothing.
"""

import secrets
from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.web import memberships_of
from dijkring.notices import mail
from dijkring.notices.mail import Letter
from dijkring.notices.models import Contact, Preference
from dijkring.organisations.models import User
from dijkring.organisations.services import hash_token

# RFC 2606: an address under .invalid is nobody's.
NOBODYS = ".invalid"
VALID = timedelta(days=1)
MOST_A_DAY = 5


def has_own_address(user: User) -> bool:
    """Tell whether the account itself has an address that mail can go to."""
    return not user.email.lower().endswith(NOBODYS)


def mail_address(user: User) -> str:
    """Return where mail for somebody goes; empty when there is no such place."""
    if has_own_address(user):
        return user.email
    found = Contact.objects.filter(user=user, confirmed_at__isnull=False).first()
    return found.email if found else ""


def ask(*, actor: Actor, email: str, slug: str) -> Contact:
    """Let somebody without an address name one; a link to confirm it is mailed there.

    An address that was confirmed before stays in use until then. Raises Refused for an account
    with an address of its own, without a mail server, and for a sixth address in one day.
    """
    actor.require("notices.own")
    user = User.objects.get(pk=actor.user_id or 0)
    if has_own_address(user):
        raise Refused(_("Your account has an e-mail address already."), "email")
    if email.lower().endswith(NOBODYS):
        raise Refused(_("Mail cannot go to this address."), "email")
    if not mail.possible():
        raise Refused(_("This installation sends no e-mail. Ask your administrator."), "email")
    Contact.objects.get_or_create(user=user)
    found = Contact.objects.select_for_update().get(user=user)
    _count(found)
    found.wanted, found.code_hash, found.asked_at = email.lower(), None, clock.now()
    found.save(update_fields=["wanted", "code_hash", "asked_at", "asked_today"])
    app.configure_task("notices.mail_contact").defer(user_id=user.pk, slug=slug)
    return found


def _count(found: Contact) -> None:
    """Count what is asked in a day, so that nobody's mailbox is filled from here."""
    recent = found.asked_at is not None and found.asked_at > clock.now() - VALID
    found.asked_today = found.asked_today + 1 if recent else 1
    if found.asked_today > MOST_A_DAY:
        raise Refused(_("You named five addresses today. Try again tomorrow."), "email")


def mail_link(*, user_id: int, slug: str) -> bool:
    """Mail the link that confirms an address; the code in it exists nowhere else.

    Its hash is kept after it went: who is killed meanwhile mails another rather than none.
    """
    waiting = Contact.objects.filter(user_id=user_id, code_hash=None).exclude(wanted="")
    found = waiting.select_related("user").first()
    if found is None:
        return False
    code = secrets.token_urlsafe(32)
    if not mail.send(_letter(found, mail.address("notices:confirm_contact", slug, code))):
        return False
    # Another address may have been named meanwhile.
    return bool(waiting.filter(wanted=found.wanted).update(code_hash=hash_token(code)))


def _letter(found: Contact, address: str) -> Letter:
    language = language_of(found.user_id)
    with translation.override(language):
        subject = _("Confirm your e-mail address for Dijkring")
    context = {"person": found.user, "address": address}
    return Letter(found.wanted, subject, "contact", context, language)


def language_of(user_id: int) -> str:
    """Return the language in which somebody wants mail."""
    chosen = Preference.objects.filter(user_id=user_id).first()
    return chosen.language if chosen else "nl"


def confirm(*, actor: Actor, code: str) -> Contact:
    """Take an address in use: done by who asked for it, logged in, with the code that was mailed.

    Raises Refused for a code that is not theirs, that was used, or that is older than a day.
    """
    actor.require("notices.own")
    found = waiting(actor, code)
    if found is None:
        raise Refused(_("This link does not work. Ask for a new one at your notices."))
    found.email, found.confirmed_at = found.wanted, clock.now()
    found.wanted, found.code_hash = "", None
    found.save(update_fields=["email", "confirmed_at", "wanted", "code_hash"])
    return found


def waiting(actor: Actor, code: str) -> Contact | None:
    """Return the address of this person that a code confirms now, or None."""
    rows = Contact.objects.filter(
        user_id=actor.user_id or 0, code_hash=hash_token(code), asked_at__gt=clock.now() - VALID
    )
    return rows.exclude(wanted="").first()


def contact_of(user_id: int) -> Contact | None:
    """Return what is known of where somebody without an address gets mail."""
    return Contact.objects.filter(user_id=user_id).first()


def forget(user_id: int) -> None:
    """Forget the address of somebody who has left the last organisation."""
    if not memberships_of(user_id):
        Contact.objects.filter(user_id=user_id).delete()
