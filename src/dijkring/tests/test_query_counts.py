# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries per page: as many as the baseline says, however many rows there are.

`UPDATE_QUERY_COUNTS=1` writes the baseline anew; the difference then stands in the change.
"""

import json
import os
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.objects import Arguments
from dijkring.tests.walk import Route, routes

BASELINE = Path(__file__).with_name("query_counts.json")
MORE_SETS = (2, 3, 4)


def queries(client: Client, route: Route, arguments: Arguments) -> int:
    """Count the queries of a second visit; the first one fills what is remembered for all."""
    path = route.path("dijkerveen", arguments.get(route.name, {}))
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    statements = [query["sql"] for query in captured.captured_queries]
    return len([sql for sql in statements if "SAVEPOINT" not in sql])


def test_queries_are_as_many_as_before_and_do_not_grow(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client = client_of(alice)
    with acting(alice) as actor:
        arguments = objects.make(actor)
    counts = {route.name: queries(client, route, arguments) for route in routes()}
    with acting(alice) as actor:
        for n in MORE_SETS:
            objects.make(actor, n)
    assert {route.name: queries(client, route, arguments) for route in routes()} == counts
    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        BASELINE.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert counts == json.loads(BASELINE.read_text(encoding="utf-8"))
