# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""E-mail: one letter as plain text and HTML, in the language of who gets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from smtplib import SMTPException
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

log = structlog.get_logger(__name__)
SECONDS = 10
LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail; `subject` and `template` are made in `language`."""

    to: str
    subject: str
    template: str
    context: Mapping[str, Any]
    language: str
    headers: Mapping[str, str] = field(default_factory=dict)


def possible() -> bool:
    """Tell whether there is a mail server."""
    return bool(settings.EMAIL_HOST)


def address(url_name: str, *args: Any) -> str:
    """Return the whole address of a page, as it stands in a mail."""
    return settings.SITE_URL.rstrip("/") + reverse(url_name, args=args)


def one_line(text: str, most: int = LONGEST_SUBJECT) -> str:
    """Make a text fit for a header: one line, no control characters, not too long."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def send(letter: Letter) -> bool:
    """Send a letter; False when there is no mail server or it does not take it.

    It is never called inside a transaction that it could hold up.
    """
    if not possible():
        return False
    try:
        return _message(letter).send() == 1
    except (SMTPException, OSError, ValueError):
        # Who it was for is personal data and stays out of the log.
        log.exception("letter not mailed", template=letter.template)
        return False


def _message(letter: Letter) -> EmailMultiAlternatives:
    with translation.override(letter.language):
        context = {**letter.context, "language": letter.language, "site": settings.SITE_URL}
        text = render_to_string(f"notices/mail/{letter.template}.txt", context).strip()
        html = render_to_string(f"notices/mail/{letter.template}.html", context).strip()
    headers = {"Auto-Submitted": "auto-generated", **letter.headers}
    message = EmailMultiAlternatives(
        one_line(letter.subject),
        text,
        to=[letter.to],
        headers=headers,
        connection=get_connection(timeout=SECONDS),
    )
    message.attach_alternative(html, "text/html")
    return message
