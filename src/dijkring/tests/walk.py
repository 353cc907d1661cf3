# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every page of every room, found in the addresses themselves; and what the rows look like."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.test import Client
from django.urls import URLResolver, converters, get_resolver, reverse

from dijkring.core import tenancy
from dijkring.core.access import rights
from dijkring.core.tenancy import transaction_for
from dijkring.core.web import pages

ROOMS_PREFIX = "o/<slug:organisation>/"
NOWHERE: dict[type, Any] = {
    converters.IntConverter: 987_654_321,
    converters.StringConverter: "nergens",
    converters.SlugConverter: "nergens",
    converters.UUIDConverter: "00000000-0000-4000-8000-000000000000",
}


class Route(NamedTuple):
    """One address of a room: its name, its view and the kinds of its arguments."""

    name: str
    view: Callable[..., Any]
    arguments: dict[str, type]

    @property
    def page(self) -> str:
        return str(getattr(self.view, "page_name", ""))

    @property
    def right(self) -> str:
        return pages.rights[self.page]

    @property
    def writes(self) -> bool:
        return self.page in pages.writing

    @property
    def for_writers(self) -> bool:
        """Tell whether the right of this page is one to change something with."""
        return next(one.writes for one in rights() if one.id == self.right)

    def path(self, organisation: str, arguments: dict[str, Any] | None = None) -> str:
        """Return the address; without arguments it leads to objects that do not exist."""
        nowhere = {name: NOWHERE[kind] for name, kind in self.arguments.items()}
        values = nowhere if arguments is None else arguments
        return reverse(self.name, kwargs={"organisation": organisation, **values})


def routes() -> list[Route]:
    """Return the addresses of all rooms, ordered by name."""
    return sorted(found_in(get_resolver(), "", "", {}), key=lambda route: route.name)


def found_in(
    resolver: URLResolver, prefix: str, namespace: str, arguments: dict[str, type]
) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        place = prefix + str(pattern.pattern)
        known = arguments | {name: type(kind) for name, kind in pattern.pattern.converters.items()}
        if isinstance(pattern, URLResolver):
            yield from found_in(pattern, place, pattern.namespace or namespace, known)
        elif namespace and place.startswith(ROOMS_PREFIX):
            own = {name: kind for name, kind in known.items() if name != "organisation"}
            yield Route(f"{namespace}:{pattern.name}", pattern.callback, own)


class Visit(NamedTuple):
    """What somebody found at an address; of anything but a whole page `html` is empty."""

    path: str
    status: int
    html: str
    queries: int


def visit(client: Client, path: str) -> Visit:
    """Open an address; the savepoints of a test count as no query."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        asked.append(str(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response = client.get(path)
    whole = response.status_code == 200 and response["Content-Type"].startswith("text/html")
    html = response.content.decode() if whole else ""
    return Visit(path, response.status_code, html, sum("SAVEPOINT" not in sql for sql in asked))


WRITTEN_LEVELS = {"own", "between", "mixed", "history"}
ROWS = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(r::text, 0)), 0) FROM \"{0}\" r"


def contents(organisations: list[int]) -> dict[str, Any]:
    """Return per tenant's table how many rows there are and a sum over what stands in them."""
    with transaction_for(organisations), connection.cursor() as cursor:
        cursor.execute(_rows_of_all())
        return {table: rest for table, *rest in cursor.fetchall()}


@cache
def _rows_of_all() -> str:
    """Return one question about all tables: one by one they take several times as long."""
    declared = tenancy.tables()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    written = [one for one in tables if getattr(declared[one], "level", "") in WRITTEN_LEVELS]
    return " UNION ALL ".join(ROWS.format(one) for one in [*written, "procrastinate_jobs"])
