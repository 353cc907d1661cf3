# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The harness itself: the database is real, and a test leaves nothing behind."""

import pytest
from django.db import connection
from playwright.sync_api import Page

from dijkring.core.models import Job
from dijkring.organisations.models import Membership, User
from dijkring.tests.harness.browser import BrowserAs
from dijkring.tests.harness.people import Acting, ClientOf


@pytest.mark.django_db
def test_tests_work_as_the_role_that_serves_pages() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("dijkring_app", False, False)


def test_acting_sees_only_the_own_colleagues(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        found = {str(one.user) for one in Membership.objects.select_related("user")}
    assert found == {"Alice Bakker", "Bob de Wit", "Erik Smit", "Fatima Aydin"}
    assert actor.role == "ciso"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_committed_rows_are_gone_in_the_next_test(acting: Acting, alice: User, time: int) -> None:
    with acting(alice) as actor:
        assert Job.objects.count() == 0
        Job.objects.create(
            organisation_id=actor.organisation_id,
            kind="proof",
            title="Proef",
            created_at=alice.date_joined,
        )


def test_client_is_logged_in(client_of: ClientOf, alice: User) -> None:
    assert client_of(alice).get("/accounts/login/").status_code == 302


def test_browser_shows_the_login_page(page: Page) -> None:
    page.goto("/")
    assert "/accounts/login/" in page.url
    assert page.locator("input[name=password]").count() == 1


def test_browser_enters_as_somebody(browser_as: BrowserAs, alice: User) -> None:
    page = browser_as(alice)
    page.goto("/accounts/password/change/")
    assert page.url.endswith("/accounts/password/change/")
