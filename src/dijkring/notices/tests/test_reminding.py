# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reminder ladder under a moved clock: each rung once, late ones skipped, then silence."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from dijkring.core import clock
from dijkring.notices.models import Ask, Notice
from dijkring.notices.services import asking, reminding
from dijkring.notices.tasks import tick
from dijkring.notices.tests.conftest import Post, address_in, text_of
from dijkring.notices.tests.objects import ask_of
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs

START = datetime(2031, 3, 24, 9, 30, tzinfo=clock.AMSTERDAM)


def asked(acting: Acting, alice: User, **values: Any) -> Ask:
    with clock.moved_to(START), acting(alice) as actor:
        return ask_of(actor, **values)


def pass_day(day: float, do_jobs: DoJobs) -> None:
    with clock.moved_to(START + timedelta(days=day)):
        tick(0)
        tick(0)
        do_jobs()


def kinds(acting: Acting, alice: User) -> list[str]:
    with acting(alice):
        return list(Notice.objects.filter(user=alice).values_list("kind", flat=True))


def test_the_ladder_mails_three_times_and_then_tells_the_asker(
    acting: Acting, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    ask = asked(acting, alice)
    mails = []
    for day in range(16):
        pass_day(day + 0.01, do_jobs)
        mails.append(len([m for m in post.taken if m["To"] == ask.email]))
    assert mails == [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4]
    assert kinds(acting, alice).count("ask.silent") == 1
    with acting(alice):
        assert Ask.objects.get(pk=ask.pk).next_at is None


def test_every_mail_has_a_link_of_its_own_that_works(
    client: Client, acting: Acting, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    ask = asked(acting, alice)
    pass_day(0, do_jobs)
    pass_day(3, do_jobs)
    first, second = (address_in(mail) for mail in post.taken if mail["To"] == ask.email)
    assert first != second
    with clock.moved_to(START + timedelta(days=4)):
        answer = {"name": "Sanne Vos", "text": "In mei."}
        assert client.post(first, answer).status_code == 200
        assert client.post(second, answer).status_code == 410
    pass_day(7, do_jobs)
    assert len([mail for mail in post.taken if mail["To"] == ask.email]) == 2


def test_rungs_that_were_missed_are_skipped(
    acting: Acting, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    ask = asked(acting, alice)
    pass_day(0, do_jobs)
    pass_day(9, do_jobs)
    assert len([mail for mail in post.taken if mail["To"] == ask.email]) == 2
    with acting(alice):
        assert Ask.objects.get(pk=ask.pk).next_at == START + timedelta(days=12)


def test_nothing_is_sent_twice_when_a_job_is_done_twice(
    acting: Acting, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    ask = asked(acting, alice)
    ids = {"organisation_id": ask.organisation_id, "ask_id": ask.pk}
    with clock.moved_to(START + timedelta(days=3)):
        assert [reminding.mail_ask(**ids), reminding.mail_ask(**ids)] == [True, False]
        assert [reminding.remind(**ids), reminding.remind(**ids)] == [True, False]


def test_a_withdrawn_ask_gets_no_reminder(
    acting: Acting, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    ask = asked(acting, alice)
    pass_day(0, do_jobs)
    with clock.moved_to(START), acting(alice) as actor:
        asking.withdraw(actor=actor, ask=ask, reason="Niet meer nodig.")
    for day in (3, 7, 12, 15):
        pass_day(day, do_jobs)
    assert len([mail for mail in post.taken if mail["To"] == ask.email]) == 1
    assert "ask.silent" not in kinds(acting, alice)


def test_without_a_mail_server_the_asker_is_told_to_remind(
    acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    asked(acting, alice, ladder=[3])
    pass_day(3, do_jobs)
    assert kinds(acting, alice) == ["ask.waiting"]


def test_an_address_that_is_refused_is_told_to_the_asker(
    acting: Acting, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    post.refused = "s.vos@example.org"
    asked(acting, alice)
    pass_day(0, do_jobs)
    assert kinds(acting, alice) == ["ask.unsent"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mail_says_whom_what_and_until_when_but_not_the_question(
    acting: Acting, alice: User, post: Post, do_jobs: DoJobs, language: str
) -> None:
    ask = asked(acting, alice, language=language, name="Sanne <b>Vos</b>")
    pass_day(0, do_jobs)
    mail = post.only()
    text, html = text_of(mail), text_of(mail, "html")
    assert ask.question not in text + html
    assert "Sanne <b>Vos</b>" in text
    assert "<b>Vos" not in html
    assert ("U hebt" if language == "nl" else "You need") in text
    assert "https://dijkring.example/taak/" in text
    assert "2031" in text
