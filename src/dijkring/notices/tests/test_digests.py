# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One e-mail a day, at the hour of the person, only when something is new."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dijkring.actions import services as actions
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.notices.models import Notice, Preference
from dijkring.notices.services import digests, preferences, telling
from dijkring.notices.tasks import tick
from dijkring.notices.tests.conftest import Post, text_of
from dijkring.organisations.models import Membership, User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs

MONDAY = datetime(2031, 3, 24, 7, tzinfo=clock.AMSTERDAM)
DAY = timedelta(days=1)


def tell(actor: Actor, user: User, title: str = "Noodstroom") -> None:
    telling.tell(
        organisation_id=actor.organisation_id,
        users=[user.pk],
        kind="action.yours",
        values={"title": title},
        url_name="actions:actions",
    )


def want(user: User, acting: Acting, **values: object) -> None:
    """Let a person want the mail at seven; the clock stands at the evening before."""
    chosen = {"language": "nl", "digest": True, "hour": 7, **values}
    with clock.moved_to(MONDAY - DAY / 2), acting(user) as actor:
        preferences.change(actor=actor, **chosen)  # type: ignore[arg-type]


def morning(do_jobs: DoJobs, days: float = 0) -> None:
    with clock.moved_to(MONDAY + days * DAY):
        tick(0)
        do_jobs()


def mails_to(post: Post, user: User) -> int:
    return len([mail for mail in post.taken if mail["To"] == user.email])


def test_a_day_with_news_gives_one_mail_and_a_day_without_none(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    want(bob, acting)
    with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
        tell(actor, bob, "Noodstroom testen")
        tell(actor, bob, "Back-up terugzetten")
    for days in (0, 0.01, 0.5, 1, 2):
        morning(do_jobs, days)
    assert mails_to(post, bob) == 1
    mail = next(mail for mail in post.taken if mail["To"] == bob.email)
    for part in ("plain", "html"):
        assert "Noodstroom testen" in text_of(mail, part)
        assert "https://dijkring.example/o/dijkerveen/acties/" in text_of(mail, part)
    assert "2 meldingen" in mail["Subject"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_was_read_in_the_page_is_not_mailed(
    acting: Acting, alice: User, bob: User, client_of: ClientOf, post: Post, do_jobs: DoJobs
) -> None:
    want(bob, acting)
    with acting(alice) as actor:
        tell(actor, bob)
    with acting(bob):
        notice = Notice.objects.get(user=bob)
    client = client_of(bob)
    page = client.get(reverse("notices:notices", args=["dijkerveen"])).content.decode()
    assert "(1 nieuw)" in page
    response = client.post(reverse("notices:open", args=["dijkerveen", notice.pk]))
    assert response.status_code == 302
    assert "(1 nieuw)" not in client.get(response.headers["Location"]).content.decode()
    morning(do_jobs)
    assert mails_to(post, bob) == 0


def test_a_notice_of_somebody_else_cannot_be_opened(
    acting: Acting, alice: User, bob: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        tell(actor, bob)
        notice = Notice.objects.get(user=bob)
    address = reverse("notices:open", args=["dijkerveen", notice.pk])
    assert client_of(alice).post(address).status_code == 404
    client_of(alice).post(reverse("notices:read_all", args=["dijkerveen"]))
    with acting(alice):
        assert Notice.objects.get(pk=notice.pk).read_at is None


def test_a_mail_that_is_not_taken_comes_the_next_day(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    want(bob, acting)
    with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
        tell(actor, bob)
    post.refused = bob.email
    morning(do_jobs)
    assert mails_to(post, bob) == 0
    post.refused = ""
    morning(do_jobs, 0.5)
    assert mails_to(post, bob) == 0
    morning(do_jobs, 1)
    assert mails_to(post, bob) == 1
    assert "dit komt te laat" in text_of(post.taken[-1], "plain")
    assert "dit komt te laat" in text_of(post.taken[-1], "html")


def test_due_work_of_ones_own_is_told_once(
    acting: Acting, alice: User, fatima: User, post: Post, do_jobs: DoJobs
) -> None:
    want(fatima, acting)
    with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
        actions.open_action(
            actor=actor, title="Contract nalopen", owner_id=fatima.pk, due_on=date(2031, 3, 26)
        )
    for days in range(5):
        morning(do_jobs, days)
    mails = [text_of(mail) for mail in post.taken if mail["To"] == fatima.email]
    assert len(mails) == 2
    assert "26 maart 2031" in mails[0]
    assert "Te laat" in mails[1]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # On 30 March 2031 the clock goes forward at two.
        (datetime(2031, 3, 29, 22, tzinfo=UTC), datetime(2031, 3, 30, 5, tzinfo=UTC)),
        (datetime(2031, 3, 29, 5, tzinfo=UTC), datetime(2031, 3, 29, 6, tzinfo=UTC)),
        (datetime(2031, 3, 29, 6, tzinfo=UTC), datetime(2031, 3, 30, 5, tzinfo=UTC)),
        # On 26 October 2031 it goes back.
        (datetime(2031, 10, 25, 5, tzinfo=UTC), datetime(2031, 10, 26, 6, tzinfo=UTC)),
    ],
)
def test_the_hour_is_that_of_the_clock_on_the_wall(after: datetime, expected: datetime) -> None:
    assert preferences.next_moment(7, after) == expected


def test_who_never_chose_gets_it_in_the_morning(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    morning(do_jobs, -0.5)
    assert Preference.objects.get(user=bob).next_at == MONDAY
    with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
        tell(actor, bob)
    morning(do_jobs)
    assert mails_to(post, bob) == 1


def test_who_says_stop_in_the_mail_gets_no_more(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    want(bob, acting)
    with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
        tell(actor, bob)
    morning(do_jobs)
    address = (
        post.taken[-1]["List-Unsubscribe"].strip(" <>").removeprefix("https://dijkring.example")
    )
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(address).status_code == 200
    assert Preference.objects.get(user=bob).digest
    # A mail program posts without a cookie (RFC 8058).
    response = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Preference.objects.get(user=bob).digest
    assert strict.post(address.replace(f"{bob.pk}:", f"{alice.pk}:")).status_code == 404
    with clock.moved_to(MONDAY), acting(alice) as actor:
        tell(actor, bob)
    morning(do_jobs, 1)
    assert mails_to(post, bob) == 1


def test_who_left_is_told_and_mailed_nothing(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    want(bob, acting)
    with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
        tell(actor, bob)
        Membership.objects.filter(user=bob).update(until=clock.now())
        before = Notice.objects.count()
        tell(actor, bob)
        assert Notice.objects.count() == before
    morning(do_jobs)
    assert mails_to(post, bob) == 0


def test_an_account_that_is_closed_gets_nothing(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    want(bob, acting)
    with acting(alice) as actor:
        tell(actor, bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    morning(do_jobs)
    assert mails_to(post, bob) == 0


def test_an_account_without_an_address_of_its_own_is_not_mailed(
    acting: Acting, alice: User, bob: User, post: Post, do_jobs: DoJobs
) -> None:
    User.objects.filter(pk=bob.pk).update(email="abc@accounts.invalid")
    bob.refresh_from_db()
    want(bob, acting)
    with acting(alice) as actor:
        tell(actor, bob)
    morning(do_jobs)
    assert mails_to(post, bob) == 0


def test_nonsense_is_refused(acting: Acting, bob: User, client_of: ClientOf) -> None:
    with acting(bob) as actor, pytest.raises(Refused):
        preferences.change(actor=actor, language="xx", digest=True, hour=7)
    with acting(bob) as actor, pytest.raises(Refused):
        preferences.change(actor=actor, language="nl", digest=True, hour=3)
    address = reverse("notices:preferences", args=["dijkerveen"])
    assert client_of(bob).post(address, {"hour": "99", "language": "nl"}).status_code == 422
    response = client_of(bob).post(address, {"hour": "9", "language": "en"})
    assert response.status_code == 302
    kept = Preference.objects.get(user=bob)
    assert (kept.hour, kept.language, kept.digest) == (9, "en", False)


def test_the_same_key_is_told_once(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        for _time in range(2):
            telling.tell(
                organisation_id=actor.organisation_id,
                users=[bob.pk, bob.pk, None],
                kind="action.yours",
                values={"title": "x"},
                url_name="actions:actions",
                key="een",
            )
        assert Notice.objects.filter(user=bob).count() == 1


def test_a_digest_asks_no_more_of_the_database_when_there_is_more_news(
    acting: Acting, alice: User, bob: User, post: Post
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 20):
        want(bob, acting)
        with clock.moved_to(MONDAY - DAY / 3), acting(alice) as actor:
            for n in range(number):
                tell(actor, bob, f"Actie {n}")
        with (
            clock.moved_to(MONDAY),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            assert digests.send_digest(user_id=bob.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]
