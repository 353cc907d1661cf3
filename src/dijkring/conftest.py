# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures that every test may ask for; what is behind them stands in `dijkring.tests.harness`."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

from dijkring.config.settings import _database as database_settings
from dijkring.tests.harness.browser import (
    NO_BROWSER,
    browser,
    browser_as,
    context,
    live_server_url,
    page,
)
from dijkring.tests.harness.database import Clone, cloned
from dijkring.tests.harness.people import (
    QUICK_WORK_FACTOR,
    acting,
    alice,
    bob,
    charlie,
    client_of,
    dora,
    erik,
    fatima,
    ina,
)
from dijkring.tests.harness.work import do_jobs, lab, practice

__all__ = [
    "acting",
    "alice",
    "bob",
    "browser",
    "browser_as",
    "charlie",
    "client_of",
    "context",
    "do_jobs",
    "dora",
    "erik",
    "fatima",
    "ina",
    "lab",
    "live_server_url",
    "page",
    "practice",
]

# How long an example takes says nothing about the code; the same code gets the same examples, so
# that a red run is about the change. Search wider with --hypothesis-seed and a larger profile.
hypothesis.settings.register_profile("dijkring", deadline=None, derandomize=True)
hypothesis.settings.load_profile("dijkring")

# What is read and collected stays until the end; looking through it for garbage again and again
# would take a third of the time before the first test.
gc.disable()


@pytest.fixture(scope="session")
def clone() -> Iterator[Clone]:
    """Give the database of this process; only tests that ask for one have to wait for it."""
    with cloned() as found:
        yield found


@pytest.fixture(scope="session")
def django_db_setup(
    clone: Clone, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Let Django work on the clone, as the role that also serves the pages."""

    def renew(self: Any) -> None:
        from dijkring.controls import catalogue  # needs Django to be set up

        clone.renew()
        # A new clone gives the same ids to other content.
        catalogue._changes.cache_clear()
        catalogue._load.cache_clear()

    values = database_settings(clone.app_url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        with django_db_blocker.unblock():
            connections["default"].settings_dict.update(values)
            yield
            connections.close_all()


@pytest.fixture(autouse=True)
def dutch() -> None:
    """Begin in Dutch: a page asked for in English leaves its language behind in the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords as the application does, with less work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScryptPasswordHasher, "work_factor", QUICK_WORK_FACTOR)
        yield


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep uploads and other files of the tests out of the data folder."""
    folder = tmp_path_factory.mktemp("home")
    settings.HOME = folder
    settings.MEDIA_ROOT = folder / "uploads"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    return folder


def pytest_configure(config: pytest.Config) -> None:
    """Give every process of the tests a cache of its own, before anything looks at it."""
    folder = TemporaryDirectory()
    settings.CACHES["default"]["LOCATION"] = folder.name
    config.add_cleanup(folder.cleanup)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin with the database while the workers still read the tests; keep it until the end."""
    if session.config.getoption("numprocesses", None):
        held = ExitStack()
        making = Thread(target=held.enter_context, args=[cloned()])
        making.start()
        # The last one that is added comes first.
        session.config.add_cleanup(held.close)
        session.config.add_cleanup(making.join)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs a browser, so that `-m "not browser"` leaves it out; it takes longest."""
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.browser)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that need no database first, because one has to be made; then those that are long.

    So at the end no worker waits for another. Long are files with a browser and those that walk
    along every page.
    """
    stored = {item.path for item in items if needs_database(item)}
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    long = slow | set(Path(__file__).parent.glob("tests/test_*.py"))
    items.sort(key=lambda item: (item.path in stored, item.path not in long))


def needs_database(item: pytest.Item) -> bool:
    fixtures = {"clone", "db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_collection_finish() -> None:
    """Look for garbage from here on, but only among what the tests themselves make."""
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one loud line that the pages were not tested in a browser."""
    skipped = terminalreporter.stats.get("skipped", [])
    missed = [report for report in skipped if NO_BROWSER in str(report.longrepr)]
    if missed:
        line = f"!!! {NO_BROWSER}: {len(missed)} tests of pages did NOT run"
        terminalreporter.write_line(line, red=True, bold=True)
