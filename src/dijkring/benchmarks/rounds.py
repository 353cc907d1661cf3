# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A large round through two worker processes, one of them killed: is anything lost or doubled?

Every organisation has all names of a practice internet, so that the workers meet at each address.
No look is shared here: each organisation is said to have proven its authority after all of them.
A killed worker's batches are taken up again by the work that ticks every minute.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from dijkring.benchmarks import names as naming
from dijkring.lab.threads import start_in_thread

SITES, PATIENCE, LOOK_AGAIN = 250, 7200.0, 0.05
LAB_NETWORKS = "192.0.0.0/8,2001:db8::/32"
Tell = Callable[[str], None]


def run(tell: Tell, wanted: int) -> dict[str, Any]:
    """Measure so many names with two workers, kill one midway, and count what is in the database.

    Seconds; `lost`, `doubled_rounds` and `doubled_facts` ought to be zero.
    """
    sites = min(wanted, SITES)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        tell(f"a practice internet of {sites} sites")
        scenario = {f"site{number}.example": {"mail": "none"} for number in range(sites)}
        lab = stack.enter_context(start_in_thread(Path(folder), {"domains": scenario}))
        settings = {
            "SURFACE_RESOLVER": str(lab.resolver),
            "SURFACE_CA_FILE": str(lab.ca_file),
            "SURFACE_ADDRESS_MAP": str(lab.address_map),
            "SURFACE_ALLOWED_NETWORKS": LAB_NETWORKS,
            "SURFACE_BATCH": "50",
        }
        owner = psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True)
        stack.enter_context(owner)
        organisations = naming.organisations(owner, -(-wanted // sites))
        every = [(name, False) for name in scenario]
        naming.register(owner, {one: every for one in organisations}, datetime.now(UTC))
        owner.execute("UPDATE surface_domain SET authority_at = now() + interval '1 day'")
        return Kill(owner, os.environ | settings, tell).carry_out(organisations)


class Kill:
    """Two workers on the rounds of some organisations, of which one is killed midway."""

    def __init__(
        self, owner: psycopg.Connection, environment: Mapping[str, str], tell: Tell
    ) -> None:
        self.owner, self.environment, self.tell = owner, environment, tell

    def carry_out(
        self, organisations: Sequence[int], forget: Callable[[int], None] | None = None
    ) -> dict[str, Any]:
        """Start the rounds and the workers, kill one, and wait until all jobs have ended.

        `forget` makes the queue see at once that the worker with that id is gone; without it that
        takes a minute.
        """
        names = self._count("SELECT count(*) FROM surface_domain WHERE state = 'authorised'")
        with self._worker() as lives:
            known = self._worker_ids()
            with self._worker() as dies:
                (doomed,) = self._worker_ids() - known
                began, jobs = time.monotonic(), start_rounds(organisations)
                self._wait(lambda: self._rounds() >= names // 4 and self._busy(doomed))
                dies.kill()
                dies.wait()
                killed_at = self._rounds()
            self.tell(f"one worker killed after {killed_at} of {names} names")
            if forget:
                forget(doomed)
            self._wait(lambda: self._ended(jobs) == len(jobs) or lives.poll() is not None)
        return {
            "names": names,
            "organisations": len(organisations),
            "killed_after": killed_at,
            "seconds": round(time.monotonic() - began, 1),
            **self.counts(),
        }

    @contextmanager
    def _worker(self) -> Iterator[subprocess.Popen[bytes]]:
        line = [sys.executable, "-m", "django", "worker", "--concurrency", "2"]
        before = self._worker_ids()
        process = subprocess.Popen(line, env=self.environment)  # noqa: S603
        try:
            self._wait(lambda: bool(self._worker_ids() - before) or process.poll() is not None)
            yield process
        finally:
            process.kill()
            process.wait()

    def _wait(self, ready: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > until:
                raise RuntimeError("the rounds do not come to an end")
            time.sleep(LOOK_AGAIN)

    def _worker_ids(self) -> set[int]:
        return {row[0] for row in self.owner.execute("SELECT id FROM procrastinate_workers")}

    def _busy(self, worker: int) -> bool:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND worker_id = %s"
        return bool(self._count(query, [worker]))

    def _rounds(self) -> int:
        return self._count("SELECT count(*) FROM evidence_round")

    def _ended(self, jobs: Sequence[int]) -> int:
        query = "SELECT count(*) FROM core_job WHERE ended_at IS NOT NULL AND id = ANY(%s)"
        return self._count(query, [list(jobs)])

    def _count(self, query: str, values: Sequence[Any] = ()) -> int:
        found = self.owner.execute(query, values).fetchone()
        return int(found[0]) if found else 0

    def counts(self) -> dict[str, int]:
        """Count what is there, and what is there twice or not at all."""
        return {name: self._count(query) for name, query in COUNTS.items()}


COUNTS = {
    "rounds": "SELECT count(*) FROM evidence_round",
    "facts": "SELECT count(*) FROM evidence_fact",
    "lost": "SELECT count(*) FROM surface_domain d WHERE NOT EXISTS (SELECT FROM evidence_round r "
    "WHERE r.organisation_id = d.organisation_id AND r.scope = d.name)",
    "doubled_rounds": "SELECT count(*) FROM evidence_round WHERE times > 1",
    "doubled_facts": "SELECT count(*) - count(DISTINCT (organisation_id, kind, subject)) "
    "FROM evidence_fact",
    "jobs_not_whole": "SELECT count(*) FROM core_job WHERE state <> 'done' OR done <> total",
    "batches_left": "SELECT count(*) FROM surface_batch",
}


def start_rounds(organisations: Sequence[int]) -> list[int]:
    """Queue the planned round of each organisation; returns the jobs."""

    from dijkring.core import jobs
    from dijkring.core.access import system_actor
    from dijkring.core.tenancy import transaction_for
    from dijkring.surface.services import measuring

    started = []
    for organisation in organisations:
        with transaction_for([organisation]):
            job = jobs.start(
                actor=system_actor(organisation), kind=measuring.ALL, title="Benchmark"
            )
            started.append(job.pk)
    return started
