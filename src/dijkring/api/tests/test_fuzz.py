# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemathesis: what the description promises, under requests that nobody thought of."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from dijkring.api.tests.conftest import MakeSystem
from dijkring.api.tests.test_access import ENDPOINTS, fill
from dijkring.core.rest import EARLIEST
from dijkring.evidence import kinds
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

# More at night: FUZZ_EXAMPLES=200.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
moments = st.datetimes(
    EARLIEST.replace(tzinfo=None),
    datetime(2026, 1, 1),
    timezones=st.just(UTC),
)
schemathesis.openapi.format("date-time", moments.map(datetime.isoformat))
# The token goes along with every request; that it is asked for is a check of its own.
CONFIG = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def token(system_of: MakeSystem, acting: Acting, alice: User) -> str:
    """A token that may do everything, of an organisation where everything is there."""
    with acting(alice) as actor:
        fill(actor, 1)
    return system_of(alice, kinds=[kind.id for kind in kinds.all_kinds()]).token


@pytest.fixture
def app() -> Iterator[Any]:
    """The application of the web server, inside the transaction of this test."""
    requests = (request_started, request_finished)
    for signal in requests:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in requests:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_endpoints_keep_their_promises(mode: GenerationMode, token: str, app: Any) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=CONFIG)
    headers = {"Authorization": f"Bearer {token}"}
    asked = set()

    for endpoint in ENDPOINTS:
        operation = schema[endpoint.path][endpoint.method]

        @FUZZ
        @given(operation.as_strategy(generation_mode=mode))
        def promises(case: Case[Any]) -> None:
            case.call_and_validate(headers=headers)
            asked.add((case.method, case.path))

        promises()
    assert asked == {(one.method, one.path) for one in ENDPOINTS}
