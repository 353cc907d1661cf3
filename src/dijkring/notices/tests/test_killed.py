# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A worker that is killed while it mails: its work is taken up again, and the mail still goes."""

from datetime import datetime, timedelta

import pytest

from dijkring.core import clock
from dijkring.notices.models import Ask, Notice
from dijkring.notices.services import contacts, digests, preferences, reminding, telling, urgent
from dijkring.notices.tests.conftest import Post, address_in, killed_while
from dijkring.notices.tests.objects import ask_of
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

MONDAY = datetime(2031, 3, 24, 7, tzinfo=clock.AMSTERDAM)
EVENING = MONDAY - timedelta(hours=12)


@pytest.fixture
def notice(acting: Acting, alice: User, bob: User) -> Notice:
    with clock.moved_to(EVENING), acting(bob) as actor:
        preferences.change(actor=actor, language="nl", digest=True, hour=7)
    with clock.moved_to(EVENING), acting(alice) as actor:
        telling.tell(
            organisation_id=actor.organisation_id,
            users=[bob.pk],
            kind="action.yours",
            values={"title": "Noodstroom"},
            url_name="actions:actions",
            key="noodstroom",
        )
        return Notice.objects.get(key="noodstroom")


def test_what_cannot_wait_goes_when_the_work_is_taken_up_again(notice: Notice, post: Post) -> None:
    def work() -> bool:
        return urgent.mail_notice(organisation_id=notice.organisation_id, notice_id=notice.pk)

    with clock.moved_to(EVENING):
        killed_while(work)
        assert [work(), work()] == [True, False]
    assert post.only()["To"] == "bob@dijkerveen.example"


def test_the_mail_of_the_day_comes_the_next_day(notice: Notice, bob: User, post: Post) -> None:
    def work() -> bool:
        return digests.send_digest(user_id=bob.pk)

    with clock.moved_to(MONDAY):
        killed_while(work)
        assert not work()
    with clock.moved_to(MONDAY + timedelta(days=1)):
        assert [work(), work()] == [True, False]
    assert "1 melding" in post.only()["Subject"]


def test_a_question_goes_when_the_work_is_taken_up_again(
    acting: Acting, alice: User, post: Post
) -> None:
    with clock.moved_to(EVENING), acting(alice) as actor:
        ask = ask_of(actor)

    def work() -> bool:
        return reminding.mail_ask(organisation_id=ask.organisation_id, ask_id=ask.pk)

    with clock.moved_to(EVENING):
        killed_while(work)
        assert [work(), work()] == [True, False]
    with acting(alice):
        assert Ask.objects.get(pk=ask.pk).mailed_at == EVENING
    assert post.only()["To"] == ask.email


def test_the_link_that_confirms_an_address_goes_when_the_work_is_taken_up_again(
    acting: Acting, bob: User, post: Post, client_of: ClientOf
) -> None:
    User.objects.filter(pk=bob.pk).update(email="abc@accounts.invalid")
    with acting(bob) as actor:
        contacts.ask(actor=actor, email="bob@example.org", slug="dijkerveen")

    def work() -> bool:
        return contacts.mail_link(user_id=bob.pk, slug="dijkerveen")

    killed_while(work)
    assert [work(), work()] == [True, False]
    assert client_of(bob).post(address_in(post.only())).status_code == 302
    assert contacts.mail_address(User.objects.get(pk=bob.pk)) == "bob@example.org"
