# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the list of findings is when one organisation has ten thousand, as a page and as a file.

Each name fails every test; a third of the tests has an action with a line per name, and a tenth of
the findings is accepted, so that what stands beside a finding is there too.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from django.test import Client
from psycopg import sql

from dijkring.benchmarks import names as naming
from dijkring.benchmarks.onboarding import measured
from dijkring.benchmarks.world import FACT, ROUND, WEEK, Rows
from dijkring.core import clock
from dijkring.core.access import Role
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member
from dijkring.surface.selectors.findings import kinds_of_room

FINDINGS, TIMES = 10_000, 9
BUDGET_MS, FILE_BUDGET = 300, 5.0
HOSTS = ("Zuiderhost", "Waterweb", "")
PAGES = {
    "page": "",
    "last_page": "page=200",
    "filtered": "state=busy&severity=high",
    "searched": "search=naam17",
    "sorted": "sort=-subject",
}
ACTION = (
    "id, organisation_id, owner_id, due_on, title, description, state, priority, origin_kind, "
    "responsible, requirements, opened_at, close_reason, handed_over_by"
)
LINE = "organisation_id, action_id, subject, text, opened_at, end_reason"
DEVIATION = "organisation_id, kind, subject, reason, accepted_at, ends_at"


def run(tell: Callable[[str], None], owner_url: str) -> dict[str, Any]:
    """Ask for the list in some ways; pages in ms (the median), files in seconds, and queries."""
    organisation = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)[0]
    user = ciso(organisation.pk)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        Filled(connection, organisation.pk, user.pk).fill(tell)
    client, address = Client(), f"/o/{organisation.slug}/internetmeting/bevindingen/"
    client.force_login(user)
    found: dict[str, Any] = {"findings": FINDINGS, "budget_ms": BUDGET_MS}
    for name, query in PAGES.items():
        tell(f"page: {name}")
        runs = [measured(lambda query=query: ask(client, address, query)) for _ in range(TIMES)]  # type: ignore[misc]
        found[f"{name}_ms"] = round(statistics.median(one[0] for one in runs) * 1000)
        found[f"{name}_queries"] = runs[-1][1]
    for kind in ("csv", "xlsx", "ods"):
        tell(f"file: {kind}")
        began = time.perf_counter()
        found[f"{kind}_bytes"] = len(ask(client, address, f"export={kind}"))
        found[f"{kind}_seconds"] = round(time.perf_counter() - began, 2)
    found["within_budget"] = all(found[f"{one}_ms"] <= BUDGET_MS for one in PAGES) and all(
        found[f"{kind}_seconds"] <= FILE_BUDGET for kind in ("csv", "xlsx", "ods")
    )
    return found


def ciso(organisation: int) -> User:
    user = User.objects.create_user("benchmark@example.org", name="Benchmark")
    with transaction_for([organisation]):
        add_member(organisation_id=organisation, user=user, role=Role.CISO)
    return user


def ask(client: Client, address: str, query: str) -> bytes:
    answer = client.get(f"{address}?{query}")
    if answer.status_code != 200:
        raise RuntimeError(f"the list answered {answer.status_code}")
    return answer.content


class Filled:
    """Findings of one organisation and what stands beside them, put in place with COPY."""

    def __init__(self, connection: psycopg.Connection, organisation: int, owner: int) -> None:
        self.connection, self.organisation, self.owner = connection, organisation, owner
        self.kinds = [kind.id for kind in kinds_of_room()]
        self.members = [
            f"naam{number}.example" for number in range(-(-FINDINGS // len(self.kinds)))
        ]
        self.now = datetime.now(UTC)
        self.then = self.now - timedelta(days=40)

    def fill(self, tell: Callable[[str], None]) -> None:
        """Register the names, and copy their findings, actions and what was accepted."""
        every = [(name, False) for name in self.members]
        naming.register(self.connection, {self.organisation: every}, self.then)
        for place, host in enumerate(HOSTS):
            self.connection.execute(
                "UPDATE surface_domain SET responsible = %s WHERE id %% %s = %s",
                [host, len(HOSTS), place],
            )
        for table, columns, rows in (
            ("evidence_round", ROUND, self._rounds()),
            ("evidence_fact", FACT, self._facts()),
            ("actions_action", ACTION, self._actions()),
            ("actions_actionline", LINE, self._lines()),
            ("evidence_deviation", DEVIATION, self._deviations()),
        ):
            tell(table)
            self._copy(table, columns, rows)

    def _copy(self, table: str, columns: str, rows: Rows) -> None:
        name = sql.Identifier(table)
        self.connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(name, sql.SQL(columns))
        with self.connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)
        self.connection.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(name))
        self.connection.execute(sql.SQL("ANALYZE {}").format(name))

    def _rounds(self) -> Rows:
        for number, name in enumerate(self.members, start=1):
            yield (
                number, self.organisation, "dijkring", name, b"\0" * 32, self.then, self.now, 40,
                WEEK, True, self.now,
            )  # fmt: skip

    def _identities(self) -> Iterator[tuple[int, int, str, str]]:
        """Give the place of the test and of the name, the test, and the name, so many times."""
        left = FINDINGS
        for place, kind in enumerate(self.kinds):
            for number, name in enumerate(self.members[:left]):
                yield place, number, kind, name
            left -= min(left, len(self.members))

    def _facts(self) -> Rows:
        for place, number, kind, name in self._identities():
            since = self.then + timedelta(hours=(place * 7 + number) % 900)
            detail = '{"text": {"nl": "De server antwoordt niet zoals het hoort.", "en": "No."}}'
            yield (
                self.organisation, kind, f"{name}/192.0.2.{number % 250}", name, "dijkring", "fail",
                detail, b"\0" * 16, since, since, number + 1, WEEK, "", self.now, "", False,
            )  # fmt: skip

    def _actions(self) -> Rows:
        for place, kind in enumerate(self.kinds[::3], start=1):
            yield (
                place, self.organisation, self.owner, clock.day_of(self.now), kind, "", "open",
                "normal", kind, "", "[]", self.then, "", "",
            )  # fmt: skip

    def _lines(self) -> Rows:
        for place, number, _kind, name in self._identities():
            if place % 3 == 0:
                subject = f"{name}/192.0.2.{number % 250}"
                yield self.organisation, place // 3 + 1, subject, "", self.then, ""

    def _deviations(self) -> Rows:
        ends = self.now + timedelta(days=90)
        for place, number, kind, name in self._identities():
            if (place + number) % 10 == 0:
                subject = f"{name}/192.0.2.{number % 250}"
                yield self.organisation, kind, subject, "Tot de vervanging.", self.then, ends
