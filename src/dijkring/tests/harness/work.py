# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worker of the tests, and the practice internet."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app

from dijkring.lab.threads import ThreadedLab, start_in_thread

DoJobs = Callable[[], int]
MOST_JOBS = 1000
NEXT = """
UPDATE procrastinate_jobs SET status = 'succeeded'
WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL)
RETURNING task_name, args::text
"""


def do_all_jobs() -> int:
    """Do every queued job in this process, also those that the jobs queue; returns how many."""
    for done in range(MOST_JOBS):
        with connection.cursor() as cursor:
            cursor.execute(NEXT)
            found = cursor.fetchone()
        if found is None:
            return done
        name, arguments = found
        app.tasks[name].func(**json.loads(arguments))
    raise RuntimeError("jobs keep making jobs")


@pytest.fixture
def do_jobs(db: None) -> DoJobs:
    return do_all_jobs


def do_all_jobs_elsewhere() -> int:
    """Do the jobs in another thread, where work may run an event loop beside the browser's."""

    def work() -> int:
        try:
            return do_all_jobs()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreadedLab]:
    """Run the practice internet of the demo region beside the tests."""
    with start_in_thread(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def practice(lab: ThreadedLab, monkeypatch: pytest.MonkeyPatch) -> ThreadedLab:
    """Let this installation measure the practice internet."""
    monkeypatch.setenv("SURFACE_RESOLVER", lab.resolver)
    monkeypatch.setenv("SURFACE_CA_FILE", str(lab.ca_file))
    monkeypatch.setenv("SURFACE_ADDRESS_MAP", str(lab.address_map))
    monkeypatch.setenv("SURFACE_ROAS", str(lab.roas))
    monkeypatch.setenv("SURFACE_ROUTES", str(lab.routes))
    monkeypatch.setenv("SURFACE_REGISTRIES", str(lab.registries))
    monkeypatch.setenv("SURFACE_ALLOWED_NETWORKS", "")
    return lab


@contextmanager
def broken(lab: ThreadedLab, name: str, defect: str) -> Iterator[None]:
    """Plant a defect in the practice internet for a while."""
    lab.break_name(name, defect)
    try:
        yield
    finally:
        lab.mend_name(name, defect)
