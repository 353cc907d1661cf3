# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The national picture: never about fewer than five organisations."""

from collections.abc import Iterable

import pytest

from dijkring.accountability.selectors.national import national
from dijkring.accountability.tests.makers import leaf
from dijkring.core.access import Role, system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.tests.makers import judge
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import ClientOf

LEAVES = 156
PAGE = "landelijk/"


def judged(organisations: Iterable[Organisation], verdict: str) -> None:
    for organisation in organisations:
        with transaction_for([organisation.pk]):
            for layer in leaf("5.01.01").layers:
                judge(system_actor(organisation.pk), leaf("5.01.01"), layer, verdict)


@pytest.fixture
def municipalities(db: None) -> list[Organisation]:
    return list(Organisation.objects.filter(kind="municipality").order_by("pk")[:6])


def test_fewer_than_five_are_not_shown(municipalities: list[Organisation]) -> None:
    judged(municipalities[:4], "met")
    assert national("bio2").organisations is None
    assert national("bio2").counts == {}
    judged(municipalities[4:5], "met")
    found = national("bio2")
    assert found.organisations == 5
    assert found.counts == {"met": 5, "not_assessed": 5 * (LEAVES - 1)}


def test_verdict_of_fewer_than_five_is_left_out_with_company(
    municipalities: list[Organisation],
) -> None:
    """One verdict held back alone would be what is left of all leaves together."""
    judged(municipalities[:5], "met")
    judged(municipalities[5:], "not_met")
    found = national("bio2")
    assert found.counts == {"not_assessed": 6 * (LEAVES - 1)}
    assert found.organisations == 5


def test_figures_go_in_steps_of_five(municipalities: list[Organisation]) -> None:
    judged(municipalities, "met")
    found = national("bio2")
    assert (found.organisations, found.counts["met"]) == (5, 5)


def test_norm_that_nobody_has(db: None) -> None:
    assert national("nergens").organisations is None


@pytest.fixture
def ibd(db: None) -> User:
    """Somebody at the CSIRT of the municipalities."""
    user = User.objects.create_user("iris@ibd.example", name="Iris de Groot")
    body = Organisation.objects.get(slug="ibd")
    with transaction_for([body.pk]):
        add_member(organisation_id=body.pk, user=user, role=Role.READER)
    return user


def test_page_is_for_the_csirt(
    client_of: ClientOf, alice: User, ibd: User, municipalities: list[Organisation]
) -> None:
    assert client_of(alice).get(f"/o/dijkerveen/{PAGE}").status_code == 404
    assert client_of(alice).get(f"/o/ibd/{PAGE}").status_code == 404
    client = client_of(ibd)
    assert "data-table" not in client.get(f"/o/ibd/{PAGE}").content.decode()
    judged(municipalities, "met")
    page = client.get(f"/o/ibd/{PAGE}").content.decode()
    assert str(6 * (LEAVES - 1)) in page
    for one in municipalities:
        assert one.name not in page
