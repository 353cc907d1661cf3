# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html  # type: ignore[import-untyped]

from dijkring.actions import services
from dijkring.actions.models import Action
from dijkring.actions.selectors import calendar, register
from dijkring.core import clock
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

HOME = "/o/dijkerveen/"


@pytest.fixture
def action(acting: Acting, alice: User) -> Action:
    with acting(alice) as actor:
        return services.open_action(
            actor=actor,
            title="TLS 1.0 uitzetten",
            owner_id=alice.pk,
            due_on=clock.today() - timedelta(days=1),
            responsible="Zuiderhost",
            requirements=["bio2:5.14.01"],
            subjects=["mail.dijkerveen.example"],
        )


def listed(client: Client, query: str = "") -> str:
    return client.get(f"{HOME}acties/{query}").content.decode()


def test_the_list_says_what_is_late_and_finds_by_any_word(
    client_of: ClientOf, bob: User, action: Action
) -> None:
    client = client_of(bob)
    assert "te laat" in listed(client)
    for query in (
        "?search=zuiderhost",
        "?search=MAIL.dijkerveen",
        "?due=late",
        "?state=open&priority=normal",
    ):
        assert action.title in listed(client, query), query
    for query in ("?search=niets", "?due=none", "?owner=nobody", "?state=done"):
        assert action.title not in listed(client, query), query


def test_a_reader_sees_an_action_and_no_buttons(
    client_of: ClientOf, bob: User, action: Action
) -> None:
    page = client_of(bob).get(f"{HOME}acties/{action.pk}/").content.decode()
    assert "mail.dijkerveen.example" in page
    assert "5.14.01" in page
    assert f"{action.pk}/wijzigen/" not in page
    assert "<textarea" not in page


def test_opening_an_action_from_a_requirement(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client = client_of(alice)
    form = client.get(f"{HOME}acties/nieuw/?requirement=bio2:5.14.01").content.decode()
    assert 'value="bio2:5.14.01"' in form
    values = {"title": "Beleid", "priority": "high", "requirements": "bio2:5.14.01, bio2:8.13.04"}
    answer = client.post(f"{HOME}acties/nieuw/", values)
    assert answer.status_code == 302
    with acting(alice):
        made = Action.objects.get(title="Beleid")
        assert made.requirements == ["bio2:5.14.01", "bio2:8.13.04"]
        assert answer.headers["Location"] == f"{HOME}acties/{made.pk}/"


def test_a_requirement_that_does_not_exist_is_refused(client_of: ClientOf, alice: User) -> None:
    values = {"title": "Beleid", "priority": "high", "requirements": "bio2:99.99.99"}
    answer = client_of(alice).post(f"{HOME}acties/nieuw/", values)
    assert answer.status_code == 422
    assert "Beleid" in answer.content.decode()


def test_a_change_stands_in_the_history_with_what_it_was(
    client_of: ClientOf, alice: User, action: Action
) -> None:
    client, address = client_of(alice), f"{HOME}acties/{action.pk}/"
    values = {"title": "TLS 1.0 en 1.1 uitzetten", "priority": "high"}
    assert client.post(f"{address}wijzigen/", values).status_code == 302
    page = client.get(address).content.decode()
    assert "TLS 1.0 uitzetten naar TLS 1.0 en 1.1 uitzetten" in page
    assert "Alice Bakker naar —" in page


def test_a_comment_is_placed_and_an_empty_one_is_not(
    client_of: ClientOf, alice: User, action: Action
) -> None:
    client, address = client_of(alice), f"{HOME}acties/{action.pk}/"
    assert client.post(f"{address}opmerking/", {"text": " "}).status_code == 422
    client.post(f"{address}opmerking/", {"text": "Besproken <b>met</b> de leverancier."})
    assert "Besproken &lt;b&gt;met&lt;/b&gt;" in client.get(address).content.decode()


def test_finishing_is_offered_only_when_no_line_is_open(
    client_of: ClientOf, acting: Acting, alice: User, action: Action
) -> None:
    client, address = client_of(alice), f"{HOME}acties/{action.pk}/"
    assert "stap/done" not in client.get(address).content.decode()
    finish = client.post(f"{address}stap/done/", {"reason": "Alles is hersteld."})
    assert finish.status_code == 422
    off = client.post(f"{address}stap/cancelled/", {"reason": "De server is uitgezet."})
    assert off.status_code == 302
    page = client.get(address).content.decode()
    assert "De server is uitgezet." in page
    assert "stap/open" in page


def test_a_move_that_is_not_possible_is_refused(
    client_of: ClientOf, alice: User, action: Action
) -> None:
    assert client_of(alice).get(f"{HOME}acties/{action.pk}/stap/nergens/").status_code == 400


def test_the_calendar_shows_a_month_as_sheet_and_list(
    client_of: ClientOf, bob: User, action: Action
) -> None:
    day = action.due_on
    assert day is not None
    page = client_of(bob).get(f"{HOME}agenda/?month={day:%Y-%m}").content.decode()
    assert page.count(action.title) == 2
    sheet = client_of(bob).get(f"{HOME}agenda/?month={day:%Y-%m}&export=csv").content.decode()
    assert f"{action.title},{day.isoformat()}" in sheet
    later = calendar.following(calendar.following(day))
    page = client_of(bob).get(f"{HOME}agenda/?month={later:%Y-%m}").content.decode()
    assert action.title not in page
    # Beside it that the registration under the Cbw was never recorded.
    assert "2 zaken van eerder zijn te laat." in page
    assert action.title in client_of(bob).get(f"{HOME}agenda/?month=all").content.decode()
    is_late = client_of(bob).get(f"{HOME}agenda/?month=all&due=late").content.decode()
    assert "Registratie" in is_late
    assert (action.title in is_late) == (day < clock.today())


@pytest.mark.parametrize(
    "month", ["nonsense", "2026-13", "0000-00", "99999-01", "1999-12", "9999-12", "%00"]
)
def test_a_month_that_is_none_is_this_month(client_of: ClientOf, bob: User, month: str) -> None:
    assert client_of(bob).get(f"{HOME}agenda/?month={month}").status_code == 200


@pytest.mark.parametrize("month", ["2000-01", "2099-12"])
def test_the_first_and_last_month_of_all(client_of: ClientOf, bob: User, month: str) -> None:
    assert client_of(bob).get(f"{HOME}agenda/?month={month}").status_code == 200


def test_what_is_done_is_not_due(acting: Acting, alice: User, action: Action) -> None:
    with acting(alice) as actor:
        before = calendar.coming(actor.organisation_id, actor.can)
        services.move(actor=actor, action=action, to="cancelled", reason="Server is weg.")
        after = calendar.coming(actor.organisation_id, actor.can)
    assert [one.title for one in before if one not in after] == [action.title]


def test_priorities_sort_by_weight(client_of: ClientOf, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        for priority in ("low", "high", "normal"):
            services.open_action(actor=actor, title=f"Met {priority}", priority=priority)
    sheet = client_of(alice).get(f"{HOME}acties/?sort=priority&export=csv").content.decode()
    assert re.findall(r"Met (\w+)", sheet) == ["high", "normal", "low"]


def test_open_actions_come_first(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        for title in ("eerste", "tweede"):
            services.open_action(actor=actor, title=title)
        first = register.actions(actor.organisation_id)[0]
        services.move(actor=actor, action=first, to="cancelled", reason="Niet meer nodig.")
        rows = register.actions(actor.organisation_id)
        assert [row.title for row in rows] == ["tweede", "eerste"]


def test_queries_of_the_list_do_not_grow_with_its_rows(
    client_of: ClientOf, acting: Acting, alice: User, action: Action
) -> None:
    client = client_of(alice)
    listed(client)
    with CaptureQueriesContext(connection) as few:
        listed(client)
    with acting(alice) as actor:
        for n in range(5):
            services.open_action(actor=actor, title=f"{n}", owner_id=alice.pk, subjects=["a", "b"])
    with CaptureQueriesContext(connection) as many:
        listed(client)
    assert len(many) == len(few)


def filled_in(client: Client, path: str) -> dict[str, str]:
    """Return the form of an action as a browser would send it back."""
    form = html.document_fromstring(client.get(path).content.decode()).forms[-1]
    return {name: value or "" for name, value in form.form_values()}


def test_nobody_overwrites_unseen_what_another_saved(
    client_of: ClientOf, alice: User, fatima: User, action: Action
) -> None:
    path = f"{HOME}acties/{action.pk}/wijzigen/"
    mine, theirs = client_of(alice), client_of(fatima)
    first = filled_in(mine, path) | {"title": "TLS 1.0 en 1.1 uitzetten"}
    second = filled_in(theirs, path) | {"responsible": "Noorderhost", "due_on": "2027-02-01"}
    assert theirs.post(path, second).status_code == 302
    refused = mine.post(path, first)
    assert refused.status_code == 422
    page = html.document_fromstring(refused.content.decode())
    assert "hier staat nu: Noorderhost" in page.text_content()
    assert "hier staat nu: 1 februari 2027" in page.text_content()
    assert filled_in(mine, path)["responsible"] == "Noorderhost", "nothing was written"
    again = {name: value or "" for name, value in page.forms[-1].form_values()}
    assert (again["title"], again["responsible"]) == (first["title"], "Zuiderhost")
    mended = again | {"responsible": "Noorderhost"}
    assert mine.post(path, mended).status_code == 302
    assert mine.post(path, mended).status_code == 302, "sent twice"


@pytest.mark.parametrize("marks", ["", "nonsense", "[1]", '{"title": 3, "nothing": null}'])
def test_marks_that_no_form_showed_do_no_harm(
    client_of: ClientOf, alice: User, action: Action, marks: str
) -> None:
    path = f"{HOME}acties/{action.pk}/wijzigen/"
    sent = filled_in(client_of(alice), path) | {"title": "Anders", "as_shown": marks}
    assert client_of(alice).post(path, sent).status_code in {302, 422}
