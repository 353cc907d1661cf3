# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Systems that call the API with a real token."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dijkring.core import clock
from dijkring.organisations import services
from dijkring.organisations.models import User
from dijkring.organisations.scopes import SCOPES
from dijkring.tests.harness.people import Acting

KIND = "evidence.restore_test"
ALL_SCOPES = [scope for scope, _words in SCOPES]


class System:
    """An outside system with its token."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self.client = Client(headers={"authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query)

    def post(self, body: Any, key: str = "", path: str = "/facts", **headers: str) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(
            f"/api/v1{path}",
            text,
            content_type=headers.pop("content_type", "application/json"),
            headers={"idempotency-key": key or uuid4().hex, **headers},
        )


MakeSystem = Callable[..., System]


@pytest.fixture
def system_of(acting: Acting) -> MakeSystem:
    def make(
        user: User, scopes: Sequence[str] = ALL_SCOPES, kinds: Sequence[str] = (KIND,)
    ) -> System:
        ends = clock.now() + timedelta(days=30)
        with acting(user) as actor:
            _row, token = services.create_token(
                actor=actor, name="CMDB", scopes=scopes, kinds=kinds, expires_at=ends
            )
        return System(token)

    return make


@pytest.fixture
def cmdb(system_of: MakeSystem, alice: User) -> System:
    """A system of Dijkerveen with every scope, that may post restore tests."""
    return system_of(alice)


@pytest.fixture
def elsewhere(system_of: MakeSystem, charlie: User) -> System:
    """A system of Waterhoek with every scope."""
    return system_of(charlie)


def fact(**changes: Any) -> dict[str, Any]:
    """Return a fact as a system sends it."""
    moment = (clock.now() - timedelta(hours=1)).isoformat()
    given = {"kind": KIND, "subject": "back-up", "state": "fail", "observedAt": moment}
    return {**given, "detail": {"reason": "te laat"}, **changes}
