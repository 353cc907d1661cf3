# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the register of incidents and its clocks are, with a country of incidents in place.

Two in a hundred incidents are open; one municipality has far more of them than any other.
"""

import functools
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models
from django.test import Client

from dijkring.benchmarks import sharing
from dijkring.benchmarks.clocks_peer import peer
from dijkring.benchmarks.findings import ciso
from dijkring.benchmarks.onboarding import measured
from dijkring.benchmarks.world import SEED, World
from dijkring.core import clock
from dijkring.core.tenancy import transaction_for
from dijkring.incidents import tasks
from dijkring.incidents.deadlines import Case, deadlines
from dijkring.incidents.guides import categories
from dijkring.incidents.models import (
    Awareness,
    Incident,
    IncidentCount,
    Significance,
    Submission,
    TimelineEntry,
)
from dijkring.incidents.obligations import ours
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors.together import together
from dijkring.organisations.models import Organisation

Tell = Callable[[str], None]
PAGE_MS, SWEEP, NATIONAL_MS, PER_SECOND = 100, 1.0, 300, 20_000
OPEN_SHARE, AT_HOME, DAYS, TIMES, TICKS, CASES = 0.02, 3_000, 3 * 365, 9, 12, 2_000
BUSY, EVERY = 200, timedelta(minutes=5)
AUTHORITY, CLOSED = "avg.authority", Incident.State.CLOSED


def run(world: World, tell: Tell, incidents: int, entries: int) -> dict[str, Any]:
    """Fill the register and measure; pages and figures in ms, the sweep in seconds."""
    made = _Country(world, incidents, entries)
    made.fill(tell)
    tell("pages")
    found: dict[str, Any] = {
        "organisations": len(world.organisations),
        "incidents": incidents,
        "entries": made.entries,
        "open_clocks_of_home": made.open_clocks(),
        **_pages(made),
    }
    tell("clocks")
    found |= _recomputed()
    tell("sweeps")
    found |= _sweeps()
    tell("national")
    found |= _national(world)
    found["within_budget"] = (
        max(found["open_list_ms"], found["incident_ms"]) <= PAGE_MS
        and found["clocks_per_second"] >= PER_SECOND
        and found["sweep_seconds"] <= SWEEP
        and found["national_ms"] <= NATIONAL_MS
    )
    return found


class _Rows:
    """Writes rows of a model with COPY: what is not given has its default."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.table = model._meta.db_table
        self.columns = ", ".join(str(field.column) for field in fields)
        self.places = {field.column: place for place, field in enumerate(fields)}
        self.plain = [self._default(field) for field in fields]

    @staticmethod
    def _default(field: Any) -> Any:
        value = field.get_default()
        if isinstance(field, models.JSONField):
            return json.dumps(value)
        return value

    def row(self, **values: Any) -> list[Any]:
        """Return a row in the order of the columns."""
        found = self.plain.copy()
        for name, value in values.items():
            found[self.places[name]] = value
        return found


class _Country:
    """Incidents of everybody, with their awareness, weighings, reports and timeline."""

    def __init__(self, world: World, incidents: int, entries: int) -> None:
        self.world, self.incidents, self.entries = world, incidents, entries
        self.dice = random.Random(SEED)  # noqa: S311 -- the same country every time
        self.kinds = list(categories())
        self.home = Organisation.objects.filter(kind="municipality", pk__in=world.organisations)[0]
        self.rows: list[tuple[int, int, datetime, bool]] = []

    def fill(self, tell: Tell) -> None:
        """Copy everything into place."""
        self._draw()
        parts: list[tuple[type[models.Model], Iterator[Any]]] = [
            (Incident, self._incidents()),
            (Awareness, self._awareness()),
            (Significance, self._weighings()),
            (Submission, self._submissions()),
            (TimelineEntry, self._entries()),
            (IncidentCount, self._counts()),
        ]
        for model, rows in parts:
            shape = _Rows(model)
            written = (shape.row(id=at, **one) for at, one in enumerate(rows, 1))
            count = self.world._copy(shape.table, shape.columns, written)  # type: ignore[arg-type]
            self.world.connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{shape.table}', 'id'), {max(1, count)})"
            )
            self.world.connection.execute(f"VACUUM ANALYZE {shape.table}")
            tell(f"{shape.table}: {count} rows")

    def open_clocks(self) -> int:
        """Return how many clocks run in the busiest organisation."""
        with transaction_for([self.home.pk]):
            return len(clocks.open_clocks(self.home.pk))

    def _draw(self) -> None:
        """Draw per incident: id, organisation, when it was noticed, and whether it is open."""
        others = [one for one in self.world.organisations if one != self.home.pk]
        at_home = min(AT_HOME, self.incidents // 10)
        for place in range(1, self.incidents + 1):
            owner = self.home.pk if place <= at_home else others[place % len(others)]
            is_open = self.dice.random() < OPEN_SHARE
            days = self.dice.uniform(0, 30 if is_open else DAYS)
            at = self.world.now - timedelta(days=days, minutes=1)
            self.rows.append((place, owner, at, is_open))

    def _incidents(self) -> Iterator[dict[str, Any]]:
        numbers: Counter[tuple[int, int]] = Counter()
        for _place, owner, at, is_open in self.rows:
            numbers[owner, at.year] += 1
            ended = None if is_open else at + timedelta(days=2)
            yield {
                "organisation_id": owner,
                "year": at.year,
                "number": numbers[owner, at.year],
                "title": "Vreemde inlog op de mailserver",
                "description": "Er is iets aan de hand.",
                "category": self.dice.choice(self.kinds),
                "severity": self.dice.choice(Incident.Severity.values),
                "state": Incident.State.HANDLING if is_open else CLOSED,
                "personal_data": self.dice.choice(Incident.Known.values),
                "detected_at": at,
                "reported_at": at,
                "reporter": "x",
                "ended_at": ended,
                "closed_at": ended,
                "avoidable": self.dice.choice(Incident.Known.values),
            }

    def _awareness(self) -> Iterator[dict[str, Any]]:
        for place, owner, at, _open in self.rows:
            yield {
                "organisation_id": owner, "incident_id": place, "at": at, "who": "x",
                "evidence": "x", "recorded_at": at, "recorded_by": "x",
            }  # fmt: skip

    def _weighings(self) -> Iterator[dict[str, Any]]:
        for place, owner, at, is_open in self.rows:
            if not is_open or place % 2:
                yield {
                    "organisation_id": owner, "incident_id": place, "regime": "cbw",
                    "content_version": 1, "report": True, "reason": "x", "decided_at": at,
                }  # fmt: skip

    def _submissions(self) -> Iterator[dict[str, Any]]:
        for place, owner, at, is_open in self.rows:
            names = ("cbw.early_warning", "cbw.notification", AUTHORITY)
            for name in names if not is_open else names[: place % 3]:
                yield {
                    "organisation_id": owner, "incident_id": place, "obligation": name,
                    "at": at + timedelta(hours=1), "by": "x", "how": "x", "recorded_at": at,
                }  # fmt: skip

    def _entries(self) -> Iterator[dict[str, Any]]:
        """Spread the entries; what is open at home has far more of them."""
        busy = {row[0] for row in self.rows if row[1] == self.home.pk and row[3]}
        spread, left = max(1, self.entries // self.incidents), self.entries
        for place, owner, at, _open in self.rows:
            count = BUSY if place in busy else spread
            for step in range(min(count, left)):
                moment = at + timedelta(minutes=step)
                yield {
                    "organisation_id": owner, "incident_id": place, "at": moment,
                    "text": "Account geblokkeerd en wachtwoord vervangen.",
                    "recorded_at": moment, "recorded_by": "x",
                }  # fmt: skip
            left -= min(count, left)

    def _counts(self) -> Iterator[dict[str, Any]]:
        """Count as the daily work does, but for what was in time and avoidable, which is drawn."""
        found: Counter[tuple[int, date, str]] = Counter()
        for _place, owner, at, _open in self.rows:
            found[owner, at.date().replace(day=1), self.dice.choice(self.kinds)] += 1
        for (owner, month, kind), count in found.items():
            yield {
                "organisation_id": owner, "month": month, "category": kind, "incidents": count,
                "in_time": self.dice.randint(0, count), "late": 0, "avoidable": count // 2,
                "unavoidable": count - count // 2,
            }  # fmt: skip


def _pages(made: _Country) -> dict[str, Any]:
    """Open the pages as a person does, at the organisation that has the most."""
    client, base = Client(), f"/o/{made.home.slug}/incidenten/"
    client.force_login(ciso(made.home.pk))
    one = next(row[0] for row in made.rows if row[1] == made.home.pk and row[3])
    pages = {"open_list": f"{base}?state=open", "list": base, "incident": f"{base}{one}/"}
    found: dict[str, Any] = {}
    for name, address in pages.items():
        ask = functools.partial(_open, client, address)
        # The first one compiles templates, once per process.
        ask()
        began = time.process_time()
        runs = [measured(ask) for _ in range(TIMES)]
        found[f"{name}_ms"] = round(statistics.median(run[0] for run in runs) * 1000, 1)
        found[f"{name}_cpu_ms"] = round((time.process_time() - began) * 1000 / TIMES, 1)
        found[f"{name}_queries"] = runs[-1][1]
    return found


def _open(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _recomputed() -> dict[str, Any]:
    """Reckon cases anew with every obligation of ours, and let a naive peer do the same terms."""
    dice = random.Random(SEED)  # noqa: S311 -- the same cases every time
    begin, now = datetime(2026, 8, 15, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    cases = []
    for number in range(CASES):
        aware = begin + timedelta(minutes=dice.randrange(365 * 1440))
        told = {"cbw.notification": aware + timedelta(hours=dice.randrange(1, 90))}
        cases.append(Case(aware, told if number % 2 else {}))
    held = [one for one in ours() if one.regime in ("cbw", "avg")]
    began = time.process_time()
    reckoned = [deadlines(case, held, now) for case in cases]
    took = time.process_time() - began
    began = time.process_time()
    theirs = [peer(case) for case in cases]
    peer_took = time.process_time() - began
    same = sum(
        one.due == other.get(one.obligation.id)
        for row, other in zip(reckoned, theirs, strict=True)
        for one in row
        if one.obligation.id in other
    )
    many, peers = sum(map(len, reckoned)), sum(map(len, theirs))
    return {
        "clocks_per_second": round(many / took),
        "peer_clocks_per_second": round(peers / peer_took),
        "peer_same_instants": f"{same} of {peers}",
    }


def _sweeps() -> dict[str, Any]:
    """Let the watchman look, five minutes after each other; the first two times at everybody."""
    took, now = [], clock.now()
    for number in range(2 + TICKS):
        with clock.moved_to(now + number * EVERY):
            began = time.perf_counter()
            tasks.watch(0)
            took.append(time.perf_counter() - began)
    return {
        "first_sweep_seconds": round(took[0], 2),
        "sweep_seconds": round(statistics.median(took[2:]), 3),
        "slowest_sweep_seconds": round(max(took[2:]), 3),
    }


def _national(world: World) -> dict[str, Any]:
    """Ask for the figures of everybody, who all agreed to share them with one body."""
    receiver = Organisation.objects.get(slug="ibd")
    givers = [one for one in world.organisations if one != receiver.pk]
    sharing.agree(world, givers, receiver.pk, records=("figures",))

    def ask() -> Any:
        with transaction_for([receiver.pk]):
            return together()

    shown = ask()
    runs = [measured(ask)[0] for _ in range(TIMES)]
    return {
        "national_ms": round(statistics.median(runs) * 1000, 1),
        "national_givers": shown.organisations,
        "national_lines": len(shown.months) + len(shown.kinds),
    }
