# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The e-mail of an invitation, as plain text and HTML, in the language of who invites."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SECONDS = 10
TEMPLATE = "organisations/mail/invitation"


def invitation(*, to: str, organisation: str, address: str, days: int) -> EmailMultiAlternatives:
    """Return the letter with the link of an invitation."""
    context = {
        "organisation": organisation,
        "address": address,
        "days": days,
        "language": (get_language() or "nl")[:2],
        "site": settings.SITE_URL,
    }
    letter = EmailMultiAlternatives(
        _("Invitation: %(organisation)s") % {"organisation": organisation},
        render_to_string(f"{TEMPLATE}.txt", context).strip(),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=SECONDS),
    )
    letter.attach_alternative(render_to_string(f"{TEMPLATE}.html", context).strip(), "text/html")
    return letter
