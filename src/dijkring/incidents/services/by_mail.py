# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Putting a letter in the register: one message (RFC 5322) as a mail server hands it over.

Only the subject, the sender and the plain text are read, up to a limit. The letter itself, with all
that hangs on it, is kept as evidence and opened by nothing here.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.incidents.models import Intake, WayIn
from dijkring.incidents.services import intake, ways_in
from dijkring.incidents.services.intake import Came
from dijkring.incidents.services.reporting import Reported
from dijkring.incidents.services.ways_in import MAILBOX

LARGEST = intake.LARGEST_FILE
# More parts in each other than a person ever sends would cost time without end.
MOST_BOUNDARIES, MOST_PARTS, LONGEST_HEADER, LONGEST_TEXT = 20, 200, 998, 7000
# An older date is more likely a wrong clock than a letter that was long under way.
OLDEST = timedelta(days=2)
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_ADDRESS = re.compile(rf"^{MAILBOX}\+([a-z2-7]{{32}})@", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Unreadable(Refused):
    """This is no letter that can be put in the register; sending it again does not help."""


class NobodyThere(Refused):
    """The address is not, or no longer, one of an organisation."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a letter: its incident, or nothing for an automatic answer."""

    intake: Intake | None


def take(data: bytes, *, to: str = "") -> Taken:
    """Put a letter in the register; the same letter comes in once.

    `to` is the address of the envelope, when the mail server gives it. Raises Unreadable, or
    NobodyThere, or TooMany, after which it may be tried later.
    """
    message = _read(data)
    way = _way(message, to)
    if _is_automatic(message):
        return Taken(None)
    name, address = parseaddr(_header(message, "From"))
    came = Came(
        _reported(message, name or address),
        name=name or address,
        contact=address,
        files=[("bericht.eml", data)],
        key=_key(message, data),
    )
    return Taken(intake.by_way(way=way, came=came, at=Intake.Way.MAIL))


def _read(data: bytes) -> Message:
    if len(data) > LARGEST:
        raise Unreadable(_("This letter is larger than 5 MB."))
    if data.lower().count(b"boundary=") > MOST_BOUNDARIES:
        raise Unreadable(_("This letter has more parts in each other than can be read."))
    try:
        message = message_from_bytes(data, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise Unreadable(_("This is not a letter that can be read.")) from error
    if not message.keys():
        raise Unreadable(_("This is not a letter that can be read."))
    return message


def _way(message: Message, to: str) -> WayIn:
    given = [to, *(str(one) for name in _TO for one in message.get_all(name, [])[:5])]
    for _name, address in getaddresses([one[:LONGEST_HEADER] for one in given]):
        if found := _ADDRESS.match(address):
            way = ways_in.opened(found[1].lower(), WayIn.Kind.MAIL)
            if way is not None:
                return way
    raise NobodyThere(_("This address is not, or no longer, one of an organisation."))


def _is_automatic(message: Message) -> bool:
    """Tell whether it is a bounce or an answer of an absent person (RFC 3834): no report."""
    said = _header(message, "Auto-Submitted").lower()
    bounced = message.get_content_type() == "multipart/report"
    return said.startswith("auto-replied") or bounced


def _header(message: Message, name: str) -> str:
    """Return a header as one line of text, whatever was put in it."""
    raw = str(message.get(name, ""))[:LONGEST_HEADER]
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError):
        text = raw
    return " ".join(_UNPRINTABLE.sub(" ", text.replace("\ufffd", "?")).split())


def _key(message: Message, data: bytes) -> str:
    return _header(message, "Message-ID") or hashlib.sha256(data).hexdigest()


def _reported(message: Message, who: str) -> Reported:
    sent, now = _sent_at(message), clock.now()
    at = sent if sent and now - OLDEST < sent <= now else now
    return Reported(
        _header(message, "Subject")[:200] or _("Letter without a subject"),
        at,
        _text(message),
        evidence=_("E-mail of %(who)s.") % {"who": who or "?"},
    )


def _sent_at(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(message: Message) -> str:
    """Return the plain text, or that there is none; markup is left alone."""
    for place, part in enumerate(message.walk()):
        if place >= MOST_PARTS:
            break
        plain = part.get_content_type() == "text/plain" and not part.is_multipart()
        if plain and not part.get_filename():
            return _decoded(part)
    return _("This letter has no plain text. It is kept as evidence.")


def _decoded(part: Message) -> str:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n")).strip()[:LONGEST_TEXT]
