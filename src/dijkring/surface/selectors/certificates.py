# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The certificates that were seen on our names, and when they end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.core.rows import fetch
from dijkring.surface import names
from dijkring.surface.facts import kind_of

KIND = kind_of("web-extra.cert_expiry")

_SEEN = """
SELECT f.member, f.detail -> 'seen', coalesce(f.confirmed_at, r.observed_at), d.id,
  coalesce(d.responsible, '')
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
LEFT JOIN surface_domain d ON d.organisation_id = f.organisation_id AND d.name = f.member
  AND d.state <> 'removed'
WHERE f.organisation_id = %s AND f.kind = %s AND f.until IS NULL
  AND f.detail -> 'seen' ? 'until'
ORDER BY f.member, f.subject
"""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as seen on one name, on so many of its addresses; it ends on `ends_on`.

    Of a chain it is the one that ends first; `issuer` is empty where nobody recorded it.
    """

    name: str
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
        return (self.ends_on - today()).days


def today() -> date:
    """Return the day in the Netherlands."""
    return clock.now().astimezone(clock.AMSTERDAM).date()


def certificates(organisation_id: int) -> list[Certificate]:
    """Return the certificates by the day on which they end, in one question."""
    found: dict[tuple[str, date, str], list[Any]] = defaultdict(list)
    for row in fetch(_SEEN, [organisation_id, KIND]):
        ends_on = _day(row[1].get("until"))
        if ends_on is not None:
            found[row[0], ends_on, str(row[1].get("subject", ""))].append(row)
    made = [_certificate(*key, rows) for key, rows in found.items()]
    return sorted(made, key=lambda one: (one.ends_on, one.name))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _certificate(name: str, ends_on: date, subject: str, rows: list[Any]) -> Certificate:
    _name, seen, _at, pk, hoster = rows[0]
    return Certificate(
        name=names.shown(name),
        pk=pk,
        subject=subject,
        issuer=str(seen.get("issuer", "")),
        ends_on=ends_on,
        addresses=len(rows),
        hoster=hoster,
        seen_at=max(row[2] for row in rows),
    )


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
    last = until.astimezone(clock.AMSTERDAM).date()
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
