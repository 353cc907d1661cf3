# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of findings as a page asks for it: narrowed, ordered and counted in the database.

One question gives the numbers of the findings in order, and the figures; only what is shown is
read. What people did about a finding is not joined to it: facts, lines of actions and deviations
are sorted together and taken per kind and subject, which is quick whatever the database thinks of
its tables (a join of ten thousand to thousands may be taken for one of one to one).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from dijkring.core import clock
from dijkring.core.rows import fetch
from dijkring.evidence.selectors.lists import kind_label
from dijkring.surface.models import Domain
from dijkring.surface.selectors import findings
from dijkring.surface.selectors.findings import CONFIRMED, LEVELS, PREFIX, SEVERITIES, Finding

FIGURES = ("all", "mandatory", "nobody", "not_measured", "accepted")

_REASON = """coalesce(f.detail -> 'text' ->> %(language)s, f.detail -> 'text' ->> 'nl',
  f.detail ->> 'text', f.detail ->> 'reason', '')"""
_FACTS = f"""SELECT f.kind, f.subject, f.id, f.source, f.state, f.state_since AS since, f.until,
  f.member, CASE WHEN f.state = 'fail' THEN 'fail' ELSE 'not_measured' END AS shown,
  {CONFIRMED} AS confirmed, {CONFIRMED} + f.validity AS valid_until, REASON AS reason,
  NULL::bigint AS owner_id, NULL::date AS due_on, NULL::timestamptz AS accepted_until
FROM evidence_fact f LEFT JOIN evidence_round r ON r.id = f.round_id
WHERE f.organisation_id = %(organisation)s AND f.kind = ANY(%(kinds)s::text[])
  AND NOT EXISTS (SELECT FROM evidence_withdrawal w WHERE w.fact_id = f.id)"""  # noqa: S608 -- constants
_NOW = f"""{_FACTS} AND f.until IS NULL AND (f.state IN ('fail', 'not_measured')
  OR f.state IN ('pass', 'not_applicable') AND {CONFIRMED} + f.validity <= %(now)s)"""
_ENDED = f"{_FACTS} AND f.id = ANY(%(ended)s)"
_ACTS = """
UNION ALL SELECT a.origin_kind, l.subject, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, a.owner_id, a.due_on, NULL
FROM actions_actionline l JOIN actions_action a ON a.id = l.action_id
WHERE l.organisation_id = %(organisation)s AND l.closed_at IS NULL AND a.state = 'open'
  AND starts_with(a.origin_kind, %(prefix)s)
UNION ALL SELECT d.kind, d.subject, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, d.ends_at
FROM evidence_deviation d
WHERE d.organisation_id = %(organisation)s AND d.kind <> '' AND d.ended_at IS NULL
  AND d.ends_at > %(now)s"""
_LISTED = """WITH said AS (BASE),
laid AS (SELECT kind, subject, id, state, since, until, member, shown, confirmed, valid_until,
  reason, row_number() OVER (same ORDER BY id IS NULL, shown <> 'fail', source) AS place,
  max(owner_id) OVER same IS NOT NULL AS busy, min(due_on) OVER same AS due_on,
  max(accepted_until) OVER same AS accepted_until
  FROM said WINDOW same AS (PARTITION BY kind COLLATE "C", subject COLLATE "C", until)),
found AS (SELECT laid.*, tests.severity, tests.level, tests.label,
    state = 'fail' AND until IS NULL AS failing
  FROM laid JOIN unnest(%(kinds)s::text[], %(severities)s::int[],
    %(levels)s::int[], %(labels)s::text[])
    AS tests(kind, severity, level, label) USING (kind)
  WHERE place = 1 AND id IS NOT NULL)
SELECT coalesce(array_agg(id ORDER BY ORDERS) FILTER (WHERE FITS), '{}'), count(*),
  count(*) FILTER (WHERE failing AND level = 0),
  count(*) FILTER (WHERE failing AND accepted_until IS NULL AND NOT busy),
  count(*) FILTER (WHERE shown = 'not_measured'), count(accepted_until)
FROM found"""

STATES = {
    "fail": "shown = 'fail'",
    "not_measured": "shown = 'not_measured'",
    "nobody": "failing AND accepted_until IS NULL AND NOT busy",
    "busy": "failing AND accepted_until IS NULL AND busy",
    "accepted": "accepted_until IS NOT NULL",
    "unconfirmed": "failing AND valid_until <= %(now)s",
}
FITS = {
    "search": "strpos(lower(subject || ' ' || label || ' ' || reason), %(search)s) > 0",
    "category": "starts_with(kind, %(category)s)",
    "kind": "kind = %(kind)s",
    "severity": "severity = %(severity)s",
    "level": "level = %(level)s",
    "hoster": "member = ANY(%(hoster)s)",
    "since": "since >= %(since)s",
}
ORDERS = {
    **{
        name: name
        for name in ("label", "severity", "level", "since", "due_on", "confirmed", "accepted_until")
    },
    **{name: f'{name} COLLATE "C"' for name in ("kind", "subject", "shown")},
}
GRAVEST = ("shown <> 'fail'", "level", "severity", "since DESC", ORDERS["kind"], ORDERS["subject"])


@dataclass(frozen=True)
class Part:
    """Some of a list of findings, that are read when somebody looks at them."""

    organisation_id: int
    ids: Sequence[int]
    ended: bool

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Finding]:
        return iter(findings.read(self.organisation_id, self.ids, ended=self.ended))


@dataclass(frozen=True)
class Listed:
    """The findings of an organisation, narrowed by `chosen` and in an order; read as they are used.

    It knows how many there are, and gives a slice without reading the rest.
    """

    organisation_id: int
    chosen: Mapping[str, Any] = field(default_factory=dict)
    orders: tuple[str, ...] = ()
    figures: dict[str, int] = field(default_factory=dict)

    def narrowed(self, chosen: Mapping[str, Any]) -> "Listed":
        """Return the findings that fit what was chosen; nothing chosen is this very list.

        Keys: search, state (of `STATES`), category, kind, severity, level, hoster, since (a day),
        and solved (a day): what has ended since then, instead of what there is now.
        """
        wanted = {name: value for name, value in chosen.items() if value}
        return replace(self, chosen=wanted) if wanted else self

    def ordered(self, *names: str) -> "Listed":
        """Return the same findings in another order; the gravest first where that is equal.

        The names are of `ORDERS`, with a minus in front for the other way round.
        """
        known = tuple(name for name in names if name.lstrip("-") in ORDERS)
        return self if known == self.orders else replace(self, orders=known)

    def __len__(self) -> int:
        return len(self._ids)

    def counted(self) -> Counter[str]:
        """Return the figures above the list, of all that is so now; empty when there is nothing.

        They come with the answer of whatever narrowed or ordered list was asked for.
        """
        if not self.figures:
            _asked = self._ids
        return Counter({name: count for name, count in self.figures.items() if count})

    def __getitem__(self, place: slice) -> "Part":
        return Part(self.organisation_id, self._ids[place], ended="solved" in self.chosen)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self[:])

    @cached_property
    def _ids(self) -> list[int]:
        ((ids, *figures),) = fetch(self._query(), self._values())
        if "solved" not in self.chosen:
            self.figures.update(zip(FIGURES, figures, strict=True))
        return list(ids)

    def _query(self) -> str:
        base = _ENDED if "solved" in self.chosen else _NOW + _ACTS
        reason = _REASON if "search" in self.chosen else "NULL::text"
        fits = [words for name, words in FITS.items() if name in self.chosen]
        if state := self.chosen.get("state"):
            fits.append(STATES[state])
        return (
            _LISTED.replace("BASE", base)
            .replace("REASON", reason)
            .replace("ORDERS", ", ".join((*self._orders(), *GRAVEST)))
            .replace("FITS", " AND ".join(f"({one})" for one in fits) or "true")
        )

    def _orders(self) -> list[str]:
        """Return the order in the words of the database; what is not there comes last."""
        found = [
            f"{ORDERS[name.lstrip('-')]} {'DESC' if name.startswith('-') else 'ASC'} NULLS LAST"
            for name in self.orders
        ]
        return [*found, "until DESC"] if "solved" in self.chosen else found

    def _values(self) -> dict[str, Any]:
        kinds = findings.kinds_of_room()
        return {
            "organisation": self.organisation_id,
            "now": clock.now(),
            "prefix": PREFIX,
            "language": get_language() or "nl",
            "kinds": [kind.id for kind in kinds],
            "severities": [findings.place(SEVERITIES, kind.severity) for kind in kinds],
            "levels": [findings.place(LEVELS, kind.level) for kind in kinds],
            "labels": [kind_label(kind.id) for kind in kinds],
            **self._chosen_values(),
        }

    def _chosen_values(self) -> dict[str, Any]:
        makes: dict[str, Callable[[Any], Any]] = {
            "search": str.lower,
            "category": lambda name: f"{PREFIX}{name}.",
            "severity": SEVERITIES.index,
            "level": LEVELS.index,
            "since": clock.begin_of,
            "hoster": self._hosted,
            "solved": self._ended,
        }
        found = {
            name: makes[name](one) if name in makes else one for name, one in self.chosen.items()
        }
        return {**found, "ended": found.get("solved", [])}

    def _hosted(self, hoster: str) -> list[str]:
        rows = Domain.objects.filter(organisation_id=self.organisation_id, responsible=hoster)
        return list(rows.exclude(state=Domain.State.REMOVED).values_list("name", flat=True))

    def _ended(self, day: date) -> list[int]:
        return [one.pk for one in findings.solved(self.organisation_id, clock.begin_of(day))]
