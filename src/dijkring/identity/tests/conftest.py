# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider of the tests."""

import ipaddress
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from dijkring.identity.oidc.fetch import Reach
from dijkring.identity.tests.practice import LOOPBACK, PEOPLE, Practice, running


@pytest.fixture(scope="session")
def one_practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    with running(tmp_path_factory.mktemp("provider")) as found:
        yield found


@pytest.fixture
def practice_provider(
    one_practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Practice]:
    """An honest provider that this installation may reach."""
    monkeypatch.setenv("IDENTITY_ALLOWED_NETWORKS", LOOPBACK)
    monkeypatch.setenv("IDENTITY_CA_FILE", one_practice.ca_file)
    one_practice.order(mode="honest", people=PEOPLE, forget=True)
    cache.clear()
    yield one_practice
    one_practice.order(mode="honest")


@pytest.fixture
def reach(one_practice: Practice) -> Reach:
    return one_practice.reach(*(ipaddress.ip_network(text) for text in LOOPBACK.split(",")))
