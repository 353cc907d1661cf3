# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing files in as a person does, through the pages."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from dijkring.onboarding.models import Intake
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

Upload = Callable[..., str]


@pytest.fixture
def client(client_of: ClientOf, alice: User) -> Client:
    """Alice, CISO of Dijkerveen."""
    return client_of(alice)


@pytest.fixture
def upload(client: Client) -> Upload:
    """Upload a file of a kind; returns the address of its preview."""

    def given(kind: str, body: bytes, name: str = "bestand.xlsx") -> str:
        file = BytesIO(body)
        file.name = name
        response = client.post(f"/o/dijkerveen/inbrengen/nieuw/{kind}/", {"file": file})
        assert response.status_code == 302, response.content.decode()[:3000]
        return str(response.headers["Location"])

    return given


@pytest.fixture
def agree(client: Client) -> Callable[[str], Any]:
    """Press the button of a preview, with the mark that the page shows."""

    def pressed(address: str) -> Any:
        plan = client.get(address).context["plan"]
        return client.post(address, {"mark": plan.mark})

    return pressed


@pytest.fixture
def intake_of(acting: Acting, alice: User) -> Callable[[str], Intake]:
    """Read an intake by its address."""

    def found(address: str) -> Intake:
        with acting(alice):
            return Intake.objects.get(pk=int(address.rstrip("/").rpartition("/")[2]))

    return found
