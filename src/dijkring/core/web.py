# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of every page: who, for which organisation, with which right, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse

from dijkring.core.access import Actor, person_actor
from dijkring.core.errors import Forbidden
from dijkring.core.tenancy import transaction_for

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Membership:
    """What a person is to one organisation, with what a page needs to know of it."""

    organisation_id: int
    slug: str
    name: str
    role: str
    kind: str


class PageRequest(HttpRequest):
    """A request that has passed the door; only a type, requests are never made of it."""

    organisation: Membership
    memberships: list[Membership]
    actor: Actor
    can: Callable[[str], bool]


@dataclass(slots=True)
class Pages:
    """All pages behind the door, so that the tests can walk along every one of them."""

    rights: dict[str, str] = field(default_factory=dict)
    writing: set[str] = field(default_factory=set)


pages = Pages()


def page(right: str, *, writes: bool = False) -> Callable[[View], View]:
    """Open a view to members with a right: anonymous to login, stranger 404, without it 403."""

    def decorate(view: View) -> View:
        name = f"{view.__module__}.{view.__name__}"
        pages.rights[name] = right
        if writes:
            pages.writing.add(name)

        @wraps(view)
        def opened(request: Any, organisation: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            enter(request, organisation)
            with transaction_for([request.actor.organisation_id], request.actor):
                if (instead := _stopped(request)) is not None:
                    return instead
                if not request.actor.can(right):
                    raise Forbidden(right)
                return _inside(request, view, *args, **kwargs)

        opened.page_name = name  # type: ignore[attr-defined]
        return opened

    return decorate


def _inside(request: Any, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    """Run the view; an error page that is drawn after it may not ask the database anything."""
    request.inside = True
    try:
        return view(request, *args, **kwargs)
    finally:
        request.inside = False


Gate = Callable[[Any], HttpResponse | None]
Narrowing = Callable[[Any, list[Membership]], list[Membership]]
_gates: list[Gate] = []
_narrowings: list[Narrowing] = []


def stop_with(gate: Gate) -> None:
    """Let a room stop people at the door of an organisation: None lets them in.

    The gate sees the request with its organisation and actor, inside the transaction. Called in
    `apps.py`; it asks the database at most one quick question.
    """
    if gate not in _gates:
        _gates.append(gate)


def narrow_with(narrowing: Narrowing) -> None:
    """Let a room close organisations to a session, by how the person came in."""
    if narrowing not in _narrowings:
        _narrowings.append(narrowing)


def _stopped(request: Any) -> HttpResponse | None:
    answers = (gate(request) for gate in _gates)
    return next((answer for answer in answers if answer is not None), None)


def memberships_in(request: Any) -> list[Membership]:
    """Return the memberships that this session may use; a narrowing never adds one."""
    found = memberships_of(request.user.pk)
    for narrowing in _narrowings:
        allowed = narrowing(request, found)
        found = [membership for membership in found if membership in allowed]
    return found


def enter(request: Any, slug: str) -> None:
    """Put the person's membership of the organisation on the request; Http404 for a stranger."""
    request.memberships = memberships_in(request)
    found = [membership for membership in request.memberships if membership.slug == slug]
    if not found:
        raise Http404
    request.organisation = found[0]
    request.actor = person_actor(
        found[0].organisation_id, request.user.pk, str(request.user), found[0].role
    )
    request.can = request.actor.can


def memberships_of(user_id: int) -> list[Membership]:
    """Return the current memberships of one person over all organisations."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, slug, name, role, kind FROM door_memberships(%s)", [user_id]
        )
        return [Membership(*row) for row in cursor.fetchall()]
