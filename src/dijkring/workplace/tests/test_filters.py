# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A list is kept under a name: by whom, for whom, and only a list that was really shown."""

import re
from html import unescape

import pytest
from django.test import Client

from dijkring.core.errors import Forbidden, Refused
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.workplace import addresses, selectors
from dijkring.workplace.models import SavedFilter
from dijkring.workplace.services import filters
from dijkring.workplace.tests.objects import seal

LIST = "/o/dijkerveen/feiten/"
KEEP = "/o/dijkerveen/filters/bewaren/"


def keep(client: Client, address: str, name: str, **more: str) -> int:
    """Keep a list as the page itself does."""
    html = client.get(address).content.decode()
    values = re.findall(r'name="(list|query)" value="([^"]*)"', html)
    sent = {key: unescape(value) for key, value in values}
    return client.post(KEEP, {**sent, "name": name, **more}).status_code


def test_list_is_kept_with_its_filters_order_and_columns(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    assert keep(client, f"{LIST}?state=fail&sort=subject&column=state&page=1", "Wat faalt") == 302
    html = client.get(LIST).content.decode()
    assert f'href="{LIST}?state=fail&amp;sort=subject&amp;column=state"' in html
    assert "Wat faalt" in html


def test_kept_list_marks_itself(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    keep(client, f"{LIST}?state=fail", "Wat faalt")
    shown = client.get(f"{LIST}?state=fail&page=1").content.decode()
    assert re.search(r'aria-current="true">Wat faalt<', shown)
    assert not re.search(r'aria-current="true">Wat faalt<', client.get(LIST).content.decode())


def test_own_filters_are_seen_by_nobody_else(client_of: ClientOf, alice: User, bob: User) -> None:
    keep(client_of(alice), f"{LIST}?state=fail", "Van Alice")
    keep(client_of(alice), f"{LIST}?state=pass", "Van ons allen", shared="on")
    html = client_of(bob).get(LIST).content.decode()
    assert "Van ons allen" in html
    assert "Van Alice" not in html


def test_reader_keeps_filters_for_itself_only(client_of: ClientOf, bob: User) -> None:
    assert keep(client_of(bob), f"{LIST}?state=fail", "Mijn lijst", shared="on") == 302
    assert SavedFilter.objects.none().count() == 0
    assert "shared" not in client_of(bob).get(LIST).content.decode()


def test_sharing_needs_a_right(acting: Acting, bob: User) -> None:
    with acting(bob) as actor:
        with pytest.raises(Forbidden):
            filters.keep(actor=actor, sealed=seal(actor), query="state=fail", name="x", shared=True)
        found = filters.keep(actor=actor, sealed=seal(actor), query="state=fail", name="x")
        with pytest.raises(Forbidden):
            filters.change(actor=actor, filter=found, name="x", shared=True)
        assert not SavedFilter.objects.get(pk=found.pk).shared


def test_shared_filters_are_changed_by_their_maker_or_keepers_only(
    acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        found = filters.keep(
            actor=actor, sealed=seal(actor), query="state=fail", name="x", shared=True
        )
    with acting(bob) as actor:
        with pytest.raises(Forbidden):
            filters.remove(actor=actor, filter=found)
        with pytest.raises(Forbidden):
            filters.change(actor=actor, filter=found, name="y", shared=True)


def test_list_must_have_been_shown_to_this_person_here(
    acting: Acting, alice: User, bob: User, charlie: User
) -> None:
    with acting(alice) as actor:
        of_alice = seal(actor)
        bent = of_alice[:-2] + ("aa" if not of_alice.endswith("aa") else "bb")
        for sealed in ("", "x", bent):
            with pytest.raises(Refused):
                filters.keep(actor=actor, sealed=sealed, query="state=fail", name="x")
    for user in (bob, charlie):
        with acting(user) as actor, pytest.raises(Refused):
            filters.keep(actor=actor, sealed=of_alice, query="state=fail", name="x")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "page=3",
        "page=3&export=csv",
        "all=1",
        "&".join("a=1" for _ in range(99)),
        "a=" + "x" * 2000,
        "a=%00",
    ],
)
def test_nothing_to_keep_or_too_much_is_refused(query: str) -> None:
    with pytest.raises(Refused):
        addresses.clean_query(query)


def test_query_never_leads_elsewhere() -> None:
    kept = addresses.clean_query("?state=fail&next=//evil.example/&x=#<script>")
    assert kept == "state=fail&next=%2F%2Fevil.example%2F&x=%23%3Cscript%3E"
    assert addresses.above("dijkerveen", "feiten/", kept).startswith("/o/dijkerveen/feiten/?")


def test_name_is_needed_and_used_once_per_list(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        filters.keep(actor=actor, sealed=seal(actor), query="state=fail", name="Wat faalt")
        with pytest.raises(Refused):
            filters.keep(actor=actor, sealed=seal(actor), query="state=pass", name="Wat  faalt ")
        with pytest.raises(Refused):
            filters.keep(actor=actor, sealed=seal(actor), query="state=pass", name="   ")
        other = seal(actor, "acties/", "Acties")
        filters.keep(actor=actor, sealed=other, query="state=open", name="Wat faalt")
        assert selectors.filters(actor).count() == 2


def test_list_opens_with_chosen_filters_until_all_is_asked(
    client_of: ClientOf, alice: User, bob: User
) -> None:
    client = client_of(alice)
    keep(client, f"{LIST}?state=fail", "Wat faalt", shared="on")
    html = client.get("/o/dijkerveen/filters/").content.decode()
    pk = re.findall(r"/filters/(\d+)/eerst/", html)[0]
    client.post(f"/o/dijkerveen/filters/{pk}/eerst/")
    opened = client.get(LIST)
    assert (opened.status_code, opened.headers["Location"]) == (302, f"{LIST}?state=fail")
    assert client.get(f"{LIST}?all=1").status_code == 200
    assert client.get(f"{LIST}?state=pass").status_code == 200
    assert client_of(bob).get(LIST).status_code == 200
    client.post(f"/o/dijkerveen/filters/{pk}/eerst/")
    assert client.get(LIST).status_code == 200


def test_list_opens_with_everything_after_its_filters_are_gone(
    client_of: ClientOf, acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        found = filters.keep(
            actor=actor, sealed=seal(actor), query="state=fail", name="x", shared=True
        )
    with acting(bob) as actor:
        filters.open_with(actor=actor, filter=found)
    assert client_of(bob).get(LIST).status_code == 302
    with acting(alice) as actor:
        filters.change(actor=actor, filter=found, name="x", shared=False)
    assert client_of(bob).get(LIST).status_code == 200


def test_export_holds_the_columns_that_are_shown(client_of: ClientOf, alice: User) -> None:
    text = client_of(alice).get(f"{LIST}?column=state&export=csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].count(",") + text.splitlines()[0].count(";") == 1
