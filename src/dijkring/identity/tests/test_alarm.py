# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A broken seal is loud: a notice and a mail at once, over a real mail server."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import Settings

from dijkring.core import clock
from dijkring.identity.models import BreakGlass
from dijkring.identity.services import breaking
from dijkring.identity.tests.test_break_glass import break_in
from dijkring.identity.tests.test_break_glass import made as made  # the fixture
from dijkring.notices.models import Notice, Preference
from dijkring.notices.services import digests, preferences, urgent
from dijkring.notices.tests.conftest import Post, free_port, text_of
from dijkring.notices.tests.conftest import post as post  # the fixture
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import Acting, ClientOf

Made = tuple[BreakGlass, str]
DoJobs = Callable[[], int]


def told(acting: Acting, alice: User) -> list[Notice]:
    with acting(alice):
        return list(Notice.objects.filter(kind__startswith="break_glass.").select_related("user"))


def test_it_is_told_and_mailed_at_once(
    made: Made, alice: User, bob: User, acting: Acting, post: Post, do_jobs: DoJobs
) -> None:
    break_in(made[1])
    do_jobs()
    assert [one.user for one in told(acting, alice)] == [alice]
    mail = post.only()
    assert mail["To"] == alice.email
    assert "Pia Vos" in mail["Subject"]
    assert "voorzitter crisisteam" in mail["Subject"]
    for kind in ("plain", "html"):
        assert "/o/dijkerveen/inloggen/" in text_of(mail, kind)
        assert "datalek" not in text_of(mail, kind), "the reason stays inside"


def test_who_wants_no_daily_mail_gets_this_one(
    made: Made, alice: User, post: Post, do_jobs: DoJobs
) -> None:
    preferences.unsubscribe(code=preferences.unsubscribe_code(alice.pk))
    break_in(made[1], why="test")
    do_jobs()
    assert "als proef" in post.only()["Subject"]


def test_every_administrator_hears_it_but_not_the_envelope(
    made: Made, alice: User, bob: User, acting: Acting, post: Post, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        organisation_id = actor.organisation_id
        envelope, code = breaking.make(
            actor=actor, name="beheerder", role="administrator", keeper="kluis"
        )
        add_member(organisation_id=organisation_id, user=bob, role="administrator")
    break_in(code)
    do_jobs()
    assert {one.user for one in told(acting, alice)} == {alice, bob}
    assert {mail["To"] for mail in post.taken} == {alice.email, bob.email}
    assert envelope.user_id not in {one.user_id for one in told(acting, alice)}


def test_what_was_mailed_is_not_in_the_digest(
    made: Made, alice: User, acting: Acting, post: Post, do_jobs: DoJobs
) -> None:
    break_in(made[1])
    do_jobs()
    Preference.objects.update_or_create(
        user=alice, defaults={"next_at": clock.now() - timedelta(minutes=1), "digest": True}
    )
    digests.send_digest(user_id=alice.pk)
    assert sum("Pia Vos" in text_of(mail) for mail in post.taken) == 1


def test_a_server_that_is_away_leaves_it_for_the_digest(
    made: Made, alice: User, acting: Acting, post: Post, settings: Settings
) -> None:
    works, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    with acting(alice) as actor:
        organisation_id = actor.organisation_id
        urgent.tell(
            organisation_id=organisation_id,
            users=[alice.pk],
            kind="break_glass.crisis",
            values={"who": "Pia Vos", "account": "voorzitter"},
            url_name="identity:overview",
            key="proef",
        )
        notice = Notice.objects.get(key="proef")
    with pytest.raises(urgent.NotTaken):
        urgent.mail_notice(organisation_id=organisation_id, notice_id=notice.pk)
    settings.EMAIL_PORT = works
    Preference.objects.update_or_create(
        user=alice, defaults={"next_at": clock.now() - timedelta(minutes=1), "digest": True}
    )
    assert digests.send_digest(user_id=alice.pk)
    assert "Pia Vos" in text_of(post.only())
    assert not urgent.mail_notice(organisation_id=organisation_id, notice_id=notice.pk)


def test_who_has_left_gets_nothing(
    made: Made, bob: User, alice: User, acting: Acting, post: Post
) -> None:
    with acting(alice) as actor:
        organisation_id = actor.organisation_id
        urgent.tell(
            organisation_id=organisation_id,
            users=[bob.pk],
            kind="break_glass.crisis",
            values={"who": "Pia Vos", "account": "voorzitter"},
            url_name="identity:overview",
            key="proef",
        )
        notice = Notice.objects.get(key="proef")
        Membership.objects.filter(user=bob, until=None).update(until=clock.now())
    assert not urgent.mail_notice(organisation_id=organisation_id, notice_id=notice.pk)
    assert post.taken == []


def test_the_notice_opens_the_page_of_login(
    made: Made, alice: User, acting: Acting, client_of: ClientOf, do_jobs: DoJobs
) -> None:
    break_in(made[1])
    do_jobs()
    (notice,) = told(acting, alice)
    answer = client_of(alice).get(f"/o/dijkerveen/meldingen/{notice.pk}/", follow=True)
    assert answer.status_code == 200
    assert "Pia Vos" in answer.content.decode()
