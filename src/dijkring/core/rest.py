# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the endpoints of every room share: camelCase, pages, scopes, and texts that can be stored.

Follows the NLGov REST API Design Rules 2.2. The `api` room mounts the routers and opens the
transaction in which a handler works, so a handler only parses, calls one selector or service and
renders.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from ninja import Path, Schema
from ninja.security.base import AuthBase
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel

from dijkring.core.access import Actor

T = TypeVar("T")
MOST_ROWS = 200
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
# PostgreSQL keeps no NUL, and no page can show the other control characters.
LINE = r"^[^\x00-\x1f\x7f]*$"


class ApiRequest(HttpRequest):
    """A request that has passed the door of the API; only a type, requests are never made of it."""

    actor: Actor
    source: str
    kinds: frozenset[str]


class Resource(Schema):
    """What an endpoint answers: fields in camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True
    )


class Given(BaseModel):
    """What somebody sends: fields in camelCase, and no unknown ones."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")


def _written_moment(value: Any) -> Any:
    # Without this a number would be read as seconds since 1970.
    if isinstance(value, str) and "T" in value.upper():
        return value
    raise ValueError("not a moment as RFC 3339 writes it")


Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=LINE)]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_written_moment),
    Field(ge=EARLIEST, le=LATEST),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Words = dict[str, str]


def one_of(values: Callable[[], Iterable[str]]) -> Callable[[dict[str, Any]], None]:
    """Return what describes a text that is one of a list, complete only after the start."""
    return lambda schema: schema.update(enum=sorted(values()))


class Paging(BaseModel):
    """Which part of a list; filters of a list stand beside it."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(50, ge=1, le=MOST_ROWS)


class Links(Resource):
    """Where the parts of a list stand; None where there is none."""

    this: str = Field(alias="self")
    first: str
    prev: str | None
    next: str | None
    last: str


class Page(Resource, Generic[T]):
    """One part of a list, with how many there are in all."""

    items: list[T]
    page: int
    page_size: int
    total: int
    links: Links


def page_of(
    request: HttpRequest,
    paging: Paging,
    rows: QuerySet[Any] | Sequence[Any],
    resource: Callable[[Any], Any],
) -> dict[str, Any]:
    """Return one part of the rows, each turned into its resource, with the links to the others."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (paging.page - 1) * paging.page_size
    return {
        "items": [resource(row) for row in rows[start : start + paging.page_size]],
        "page": paging.page,
        "page_size": paging.page_size,
        "total": total,
        "links": _links(request, paging, max(1, -(-total // paging.page_size))),
    }


def _links(request: HttpRequest, paging: Paging, last: int) -> dict[str, str | None]:
    def link(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    return {
        "self": link(paging.page),
        "first": link(1),
        "prev": link(min(paging.page - 1, last)) if paging.page > 1 else None,
        "next": link(paging.page + 1) if paging.page < last else None,
        "last": link(last),
    }


class Token(AuthBase):
    """Asks that the token has a scope; the door of the API has put its actor on the request."""

    openapi_type: Literal["http"] = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Actor:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        actor.require(self.scope)
        return actor


def endpoint(scope: str, summary: str | Promise, answer: Any, status: int = 200) -> dict[str, Any]:
    """Return what a router wants to know of an endpoint: its scope, its words and its answer."""
    words: dict[str, Any] = {"summary": summary, "response": {status: answer}}
    return {"auth": Token(scope), "by_alias": True, **words}
