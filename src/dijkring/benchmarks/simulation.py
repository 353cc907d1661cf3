# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Daily rounds over the names of a whole country: what does the database have to bear?

One site and one mail domain of a practice internet are really measured and judged; every other
name has the same results under its own name and addresses. Cutting, recording, standings, actions
and progress are the real ones.
"""

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg

from dijkring.benchmarks import names as naming
from dijkring.core import clock
from dijkring.lab.threads import start_in_thread
from dijkring.surface.engine import Options, Result, judge
from dijkring.surface.engine.addressmap import read_address_map, split_endpoint
from dijkring.surface.engine.observe import observe, run_loop

SITE, MAIL = "site.example", "post.example"
SEED, MAIL_SHARE, CHANGED = 7, 50, 0.01
TOGETHER, COUNTRY = 20, 500_000
DAY = timedelta(days=1)
Tell = Callable[[str], None]


def run(tell: Tell, wanted: int, wanted_organisations: int, days: int) -> dict[str, Any]:
    """Live through a first round, unchanged days, and days on which one name in a hundred changes.

    Seconds of one worker, of which its own CPU apart; rows and bytes of the whole database. What
    the stub takes to stand for the engine is left out of both. `reckoned` takes the figures of the
    last day of each sort times 500,000: reckoned, not lived through.
    """
    owner = psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True)
    organisations = naming.organisations(owner, wanted_organisations)
    names = _names(organisations, wanted)
    naming.register(owner, names, datetime.now(UTC) - timedelta(days=30))
    stub = Stub(_really_measured(), wanted)
    country = Country(owner, organisations, stub, tell)
    found: dict[str, Any] = {"organisations": len(organisations), "names": wanted, **stub.size()}
    found["first_round"] = country.live("first round", changed=0.0)
    found["unchanged"] = [country.live("unchanged", changed=0.0) for _day in range(days)]
    found["one_in_a_hundred"] = [
        country.live("1 % changes", changed=CHANGED) for _day in range(days)
    ]
    owner.close()
    return {**found, "reckoned": _reckoned(found, wanted)}


def _reckoned(found: Mapping[str, Any], names: int) -> dict[str, Any]:
    """What a country would cost if each name cost what it did here."""
    unchanged, changing = found["unchanged"][-1], found["one_in_a_hundred"][-1]
    kinds = {"first_round": found["first_round"], "unchanged": unchanged, "changing": changing}
    hours = {
        f"{kind}_{of}_hours": round(day[key] * COUNTRY / 3_600_000, 2)
        for kind, day in kinds.items()
        for of, key in (("worker_cpu", "worker_cpu_ms_per_name"), ("elapsed", "ms_per_name"))
    }
    per_day = {
        f"{of}_per_changing_day": round(changing[f"more_{of}"] * COUNTRY / names)
        for of in ("facts", "bytes")
    }
    return {"names": COUNTRY, **hours, **per_day}


def _names(organisations: Sequence[int], wanted: int) -> dict[int, list[tuple[str, bool]]]:
    """Divide names over organisations; one in fifty has mail besides its website."""
    found: dict[int, list[tuple[str, bool]]] = {one: [] for one in organisations}
    for number in range(wanted):
        of = organisations[number % len(organisations)]
        found[of].append((f"n{number}.example", number // len(organisations) % MAIL_SHARE == 0))
    return found


def _really_measured() -> dict[str, list[Result]]:
    domains = {SITE: {"mail": "none"}, MAIL: {}}
    with tempfile.TemporaryDirectory() as folder:
        lab = start_in_thread(Path(folder), {"domains": domains})
        address, port = split_endpoint(str(lab.resolver))
        known = read_address_map(Path(str(lab.address_map)).read_text())
        options = Options(
            resolver=(address, port or 53), ca_file=str(lab.ca_file), address_map=known
        )
        seen = run_loop(observe(domains, options))
        lab.stop()
    return {one.domain: judge(one) for one in seen}


class Stub:
    """Gives every name the results of a name that was really measured."""

    def __init__(self, measured: Mapping[str, Sequence[Result]], names: int) -> None:
        self.templates = {
            name: json.dumps([asdict(one) | {"measured_at": ""} for one in results])
            for name, results in measured.items()
        }
        self.addresses = {
            name: sorted({one.subject.partition("/")[2] for one in results} - {""})
            for name, results in measured.items()
        }
        self.changed: frozenset[int] = frozenset()
        self.names, self.day = names, 0
        self.spent, self.cpu = 0.0, 0.0
        self.random = random.Random(SEED)  # noqa: S311 -- the same country every time

    def size(self) -> dict[str, int]:
        """How many results a name has."""
        counted = {name: len(json.loads(text)) for name, text in self.templates.items()}
        return {"results_of_a_site": counted[SITE], "results_of_a_mail_domain": counted[MAIL]}

    def begin(self, changed: float) -> None:
        """Begin a day on which a share of the names has changed."""
        self.day += 1
        some = self.random.sample(range(self.names), int(self.names * changed))
        self.changed = self.changed ^ frozenset(some)

    def results(self, name: str) -> list[Result]:
        """Give the results of one name."""
        number = int(name[1:].partition(".")[0])
        template = MAIL if name in self.mail else SITE
        text = self.templates[template].replace(template, name)
        for place, address in enumerate(self.addresses[template]):
            text = text.replace(address, f"2001:db8:{place}:{number >> 16:x}::{number & 65535:x}")
        found = [Result(**one) for one in json.loads(text)]
        if number in self.changed:
            at = next(at for at, one in enumerate(found) if one.check == "web-appsecpriv.http_csp")
            one = found[at]
            found[at] = Result(one.subject, one.check, "fail", one.measured_at, {"reason": "x"})
        return found

    mail: frozenset[str] = frozenset()

    def measured(self, names: Sequence[str]) -> Generator[list[Any], None, None]:
        """Give the names as the engine does, some at a time."""
        from dijkring.surface.probing import Measured

        for at in range(0, len(names), TOGETHER):
            begin, cpu = time.perf_counter(), time.process_time()
            found = [Measured(one, self.results(one)) for one in names[at : at + TOGETHER]]
            self.spent += time.perf_counter() - begin
            self.cpu += time.process_time() - cpu
            yield found

    def enough(self) -> None:
        """Nothing more urgent comes."""


class Country:
    """Organisations whose names are measured day after day."""

    def __init__(
        self, owner: psycopg.Connection, organisations: Sequence[int], stub: Stub, tell: Tell
    ) -> None:
        self.owner, self.organisations, self.stub, self.tell = owner, organisations, stub, tell
        self.now = datetime.now(UTC) - timedelta(days=20)
        rows = owner.execute("SELECT name FROM surface_domain WHERE carries_mail")
        stub.mail = frozenset(row[0] for row in rows)

    def live(self, title: str, *, changed: float) -> dict[str, Any]:
        """Measure everything once, a day after the last time."""
        self.stub.begin(changed)
        stub_spent, stub_cpu = self.stub.spent, self.stub.cpu
        before, spent, cpu = self._sizes(), 0.0, 0.0
        for place, organisation in enumerate(self.organisations):
            with clock.moved_to(self.now):
                begin, begin_cpu = time.perf_counter(), time.process_time()
                self._round(organisation)
                spent += time.perf_counter() - begin
                cpu += time.process_time() - begin_cpu
            if place % 100 == 0:
                self.tell(f"{title}: {place} of {len(self.organisations)} organisations")
        spent -= self.stub.spent - stub_spent
        cpu -= self.stub.cpu - stub_cpu
        self.now += DAY
        self.owner.execute("TRUNCATE procrastinate_jobs CASCADE")
        self.owner.execute("VACUUM ANALYZE")
        after = self._sizes()
        day = {
            "seconds": round(spent, 1),
            "ms_per_name": round(spent * 1000 / self.stub.names, 3),
            "worker_cpu_ms_per_name": round(cpu * 1000 / self.stub.names, 3),
            **{f"more_{key}": after[key] - before[key] for key in before},
        }
        self.tell(f"{title}: {day}")
        return day

    def _round(self, organisation: int) -> None:
        from dijkring.benchmarks.rounds import start_rounds
        from dijkring.core import jobs
        from dijkring.surface.services import measuring

        (job,) = start_rounds([organisation])
        work = {"job_id": job, "organisation_id": organisation}
        with stubbed(self.stub):
            jobs.perform(kind=measuring.ALL, ids={}, **work)
            rows = self.owner.execute(
                "SELECT id FROM surface_batch WHERE job_id = %s ORDER BY number", [job]
            )
            for (batch,) in rows.fetchall():
                jobs.perform(kind=measuring.BATCH, ids={"batch": batch}, **work)

    def _sizes(self) -> dict[str, int]:
        found = self.owner.execute(_SIZES).fetchone()
        return dict(zip(("facts", "changes", "bytes"), found or (), strict=True))


_SIZES = """
SELECT (SELECT count(*) FROM evidence_fact), (SELECT count(*) FROM evidence_standingchange),
  pg_database_size(current_database())
"""


@contextmanager
def stubbed(stub: Stub) -> Iterator[None]:
    """Let measuring ask the stub instead of the internet."""
    with mock.patch("dijkring.surface.probing.Measuring", return_value=stub):
        yield
