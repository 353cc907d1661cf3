# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries per page: no more than the baseline says, however many rows there are.

`UPDATE_QUERY_COUNTS=1` writes the baseline anew; the difference then stands in the change.
"""

import json
import os
from pathlib import Path

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.objects import Arguments
from dijkring.tests.walk import Route, routes

BASELINE = Path(__file__).with_name("query_counts.json")
# The audit trail asks once per table of which something stands on the page: at most this often.
ONCE_PER_TABLE = {"organisations:audit": 30}
FIRST_SETS, MORE_SETS = (1, 2), (3, 4, 5)


def queries(client: Client, route: Route, arguments: Arguments) -> int:
    """Count the queries of a visit."""
    path = route.path("dijkerveen", arguments.get(route.name, {}))
    # What is remembered of all pages together has an end.
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    statements = [query["sql"] for query in captured.captured_queries]
    found = len([sql for sql in statements if "SAVEPOINT" not in sql])
    return max(found, ONCE_PER_TABLE.get(route.name, 0))


def test_queries_are_no_more_than_before_and_do_not_grow(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    """The baseline was counted with few rows; here are more of everything."""
    client = client_of(alice)
    with acting(alice) as actor:
        arguments, *_more = [objects.make(actor, n) for n in FIRST_SETS]
    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        found = counted(client, arguments, dict.fromkeys(names(), 0))
        BASELINE.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    with acting(alice) as actor:
        for n in MORE_SETS:
            objects.make(actor, n)
    allowed = dict.fromkeys(names(), 0) | json.loads(BASELINE.read_text(encoding="utf-8"))
    found = counted(client, arguments, allowed)
    assert {name: n for name, n in found.items() if n > allowed[name]} == {}


def counted(client: Client, arguments: Arguments, allowed: dict[str, int]) -> dict[str, int]:
    """Count what each page asks; a first visit may also fill what is remembered for all."""
    found = {}
    for route in routes():
        found[route.name] = queries(client, route, arguments)
        if found[route.name] > allowed[route.name]:
            found[route.name] = queries(client, route, arguments)
    return found


def names() -> list[str]:
    return [route.name for route in routes()]
