# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The certificates that were seen on our names, and when they end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import starmap
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.core.rows import fetch
from dijkring.surface import names
from dijkring.surface.facts import kind_of

WEB, MAIL = kind_of("web-extra.cert_expiry"), kind_of("mail-extra.cert_expiry")

_SEEN = """
SELECT f.member, f.subject, f.kind, f.detail -> 'seen',
  coalesce(f.confirmed_at, r.observed_at), d.id, coalesce(d.responsible, '')
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
LEFT JOIN surface_domain d ON d.organisation_id = f.organisation_id AND d.name = f.member
  AND d.state <> 'removed'
WHERE f.organisation_id = %s AND f.kind IN (%s, %s) AND f.until IS NULL
  AND f.detail -> 'seen' ? 'until'
ORDER BY f.member, f.subject
"""


class _Row(NamedTuple):
    """A certificate as one fact has it."""

    member: str
    subject: str
    kind: str
    seen: dict[str, Any]
    at: datetime
    pk: int | None
    hoster: str


class _Key(NamedTuple):
    """What makes certificates on several addresses, or of several names, one."""

    host: str
    is_mail: bool
    ends_on: date
    subject: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as seen on one host, on so many of its addresses; it ends on `ends_on`.

    Of a chain it is the one that ends first; `issuer` is empty where nobody recorded it. A host is
    a website, or a mail server of so many `names` of ours; `pk` is of the first of these.
    """

    name: str
    is_mail: bool
    names: int
    pk: int | None
    subject: str
    issuer: str
    ends_on: date
    addresses: int
    hoster: str
    seen_at: datetime

    @property
    def days(self) -> int:
        """Days that are left, by the day in the Netherlands; negative when it has ended."""
        return (self.ends_on - clock.today()).days


def certificates(organisation_id: int) -> list[Certificate]:
    """Return the certificates by the day on which they end, in one question."""
    found: dict[_Key, list[_Row]] = defaultdict(list)
    for row in starmap(_Row, fetch(_SEEN, [organisation_id, WEB, MAIL])):
        ends_on = _day(row.seen.get("until"))
        if ends_on is not None:
            is_mail, subject = row.kind == MAIL, str(row.seen.get("subject", ""))
            host = str(row.seen.get("host", row.member)) if is_mail else row.member
            found[_Key(host, is_mail, ends_on, subject)].append(row)
    made = [_certificate(key, rows) for key, rows in found.items()]
    return sorted(made, key=lambda one: (one.ends_on, one.name))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _certificate(key: _Key, rows: list[_Row]) -> Certificate:
    first = rows[0]
    hosters = {row.hoster for row in rows}
    return Certificate(
        name=names.shown(key.host),
        is_mail=key.is_mail,
        names=len({row.member for row in rows}),
        pk=first.pk,
        subject=own_name(key.subject),
        issuer=issuer_words(str(first.seen.get("issuer", ""))),
        ends_on=key.ends_on,
        addresses=len({row.subject.partition("/")[2] for row in rows}),
        hoster=first.hoster if len(hosters) == 1 else "",
        seen_at=max(row.at for row in rows),
    )


def own_name(text: str) -> str:
    """Return what a certificate calls itself: its common name, else all of its name."""
    return _parts(text).get(NameOID.COMMON_NAME, text)


def issuer_words(text: str) -> str:
    """Return who issued a certificate as people know it: the organisation, and which of its keys.

    The text is a name after RFC 4514, or whatever somebody else recorded.
    """
    parts = _parts(text)
    issuer, key = (parts.get(one) for one in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME))
    if issuer and key and not key.startswith(issuer):
        return f"{issuer} ({key})"
    return key or issuer or text


@lru_cache(1_000)
def _parts(text: str) -> dict[x509.ObjectIdentifier, str]:
    try:
        return {one.oid: str(one.value) for one in x509.Name.from_rfc4514_string(text)}
    except ValueError:
        return {}


def months(rows: Iterable[Certificate]) -> dict[date, list[Certificate]]:
    """Return the certificates that have not ended, by the first day of their month, in order."""
    found: dict[date, list[Certificate]] = defaultdict(list)
    for row in rows:
        if row.days >= 0:
            found[row.ends_on.replace(day=1)].append(row)
    return dict(sorted(found.items()))


# --- what is due --------------------------------------------------------------------------------


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return the certificates that end before a moment, or have ended; one for many names once."""
    last = clock.day_of(until)
    together: dict[tuple[str, date], list[Certificate]] = defaultdict(list)
    for row in certificates(organisation_id):
        if row.ends_on <= last:
            together[row.subject or row.name, row.ends_on].append(row)
    return [_item(ends_on, rows) for (_subject, ends_on), rows in together.items()]


def _item(ends_on: date, rows: list[Certificate]) -> DueItem:
    first, more = rows[0], len(rows) - 1
    title = _("Certificate of %(name)s ends") % {"name": first.name}
    if more:
        words = {"name": first.name, "n": more}
        title = _("Certificate of %(name)s and %(n)d more ends") % words
    alone = first.pk is not None and not more
    page, args = ("surface:domain", (first.pk,)) if alone else ("surface:certificates", ())
    return DueItem(ends_on, title, page, args, "certificate", first.hoster)
