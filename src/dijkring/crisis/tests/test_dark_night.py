# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A crisis night without identity provider and without mail server: in real pages and services.

Both are real and stop midway. People of the crisis team come in by emergency access, what they
write is kept, reminders stand in the page, and mail waits in its queue until the day after.
"""

import json
import re
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.html import escape
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from pytest_django import Settings

from dijkring.core import clock
from dijkring.crisis.models import CallAttempt, Crisis, Decision, LogLine
from dijkring.identity.models import Identity
from dijkring.identity.tests.conftest import one_practice, practice_provider
from dijkring.identity.tests.makers import in_use, through_provider
from dijkring.identity.tests.practice import Practice
from dijkring.identity.tests.test_emergency import PLACE, code_of, come, is_in, set_up
from dijkring.incidents import tasks, told
from dijkring.incidents.models import Incident, Shift
from dijkring.incidents.services import oncall, watching
from dijkring.incidents.services.oncall import Wanted
from dijkring.notices.models import Notice
from dijkring.notices.services.urgent import NotTaken
from dijkring.notices.tests.conftest import Post, address_in, free_port, post, text_of
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf, actor_of
from dijkring.tests.harness.work import DoJobs

__all__ = ["one_practice", "post", "practice_provider"]
SOON = timedelta(seconds=1)
HOME = "/o/dijkerveen"
ANNA = "anna@dijkerveen.example"
READY = """
UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT min(id) FROM procrastinate_jobs
  WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s))
RETURNING id, task_name, args::text, attempts
"""
DONE = "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s"
AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = %s
WHERE id = %s
"""


def asked(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone() if cursor.description else None


def wait_of(name: str, attempts: int, refused: Exception) -> timedelta | None:
    """Return how long the next try of a job waits after so many; None when it is given up."""
    job = Job(queue="", lock=None, queueing_lock=None, task_name=name, attempts=attempts)
    strategy = app.tasks[name].retry_strategy
    assert strategy is not None
    now = datetime.now(UTC)
    decision = strategy.get_retry_decision(exception=refused, job=job)
    return decision.retry_at - now if decision and decision.retry_at else None


def work(at: datetime) -> int:
    """Do what is due by a moment, as a worker does; returns how many mails wait for another try."""
    waiting = 0
    with clock.moved_to(at):
        while found := asked(READY, at):
            id, name, arguments, attempts = found
            try:
                app.tasks[name].func(**json.loads(arguments))
                asked(DONE, id)
            except NotTaken as refused:
                wait = wait_of(name, attempts, refused)
                assert wait is not None, "given up"
                asked(AGAIN, at + max(wait, SOON), id)
                waiting += 1
    return waiting


class Night:
    """The night by its hours: who watches, who is in, what the pages say."""

    def __init__(self) -> None:
        self.began = clock.now()
        self.client = Client()

    def at(self, hours: float) -> datetime:
        return self.began + timedelta(hours=hours)

    def during(self, hours: float) -> AbstractContextManager[None]:
        return clock.moved_to(self.at(hours))

    def watch(self, hours: float, *, was_dead: bool = False) -> int:
        """Let the worker look at the deadlines and do its work; returns what waits."""
        if not was_dead:
            with self.during(hours - 0.1):
                watching.has_run()
        with self.during(hours):
            tasks.watch(0)
        return work(self.at(hours))

    def send(self, path: str, **values: str) -> str:
        answer = self.client.post(f"{HOME}/{path}", values)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"]).partition(f"{HOME}/")[2]

    def sees(self, path: str) -> str:
        answer = self.client.get(f"{HOME}/{path}")
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())


def prepare(acting: Acting, alice: User, practice: Practice, post: Post, do_jobs: DoJobs) -> Any:
    """Quiet times: Anna comes in through the provider, gets mail, and an own way in on paper."""
    with acting(alice) as actor:
        in_use(actor, practice)
    anna = through_provider(practice, "dijkerveen", "s-anna")
    assert anna.post(f"{HOME}/meldingen/adres/", {"email": ANNA}).status_code == 302
    do_jobs()
    assert anna.post(address_in(post.only())).status_code == 302
    with acting(alice) as actor:
        user = Identity.objects.select_related("user").get(subject="s-anna").user
        secret, codes = set_up(actor, actor_of(user, "dijkerveen"))
    return user, secret, codes


def on_call(acting: Acting, alice: User, user: User, hours: int) -> Any:
    now = clock.now()
    with acting(alice) as actor:
        wanted = Wanted(user.pk, now, now + timedelta(hours=hours))
        return oncall.add(actor=actor, wanted=wanted)


def lead(night: Night) -> str:
    """Report, take up, open a crisis, call, ask, decide and write; returns where the crisis is."""
    noticed = night.began.astimezone(clock.AMSTERDAM)
    incident = night.send(
        "incidenten/melden/",
        title="Bestanden versleuteld",
        noticed_at=f"{noticed:%Y-%m-%dT%H:%M}",
        personal_data="no",
    )
    night.send(f"{incident}naar/triage/")
    crisis = night.send(
        "crisis/openen/", title="Gijzelsoftware", level="tactical", reason="Niets werkt."
    )
    crisis = crisis.removesuffix("mensen/")
    night.send(f"{crisis}logboek/schrijven/", text="De aanmeldserver en de mail liggen stil.")
    person = re.search(r"/crisis/mensen/(\d+)/", night.sees(f"{crisis}mensen/"))
    assert person is not None
    night.send(f"crisis/mensen/{person[1]}/", reached="no", note="Geen gehoor.")
    ruling = night.send(f"{crisis}besluiten/voorleggen/", question="Alles uit?", asked="Secretaris")
    night.send(
        f"{ruling}vastleggen/",
        kind="decided",
        text="Alles uit.",
        reason="De dader is nog binnen.",
        by="Secretaris",
        at=f"{clock.now().astimezone(clock.AMSTERDAM):%Y-%m-%dT%H:%M}",
    )
    return crisis


def gone_dark(practice: Practice, settings: Settings) -> None:
    """Stop the provider and the mail server; the page shows the other way in."""
    practice.order(mode="down")
    settings.EMAIL_PORT = free_port()
    # What was remembered of the provider is forgotten within the hour.
    cache.clear()
    down = Client().get("/inloggen/bij/dijkerveen/naar/")
    assert down.status_code == 503
    assert PLACE in down.content.decode()


def dead_for_an_hour(night: Night, acting: Acting, anna: User, fatima: User, shift: Shift) -> None:
    """Let the worker die; Anna hands over meanwhile and goes to bed, and then it lives again."""
    with night.during(20.2):
        night.send(f"incidenten/piket/{shift.pk}/overdragen/", user=str(fatima.pk), note="Uit.")
    with acting(fatima):
        before = set(Notice.objects.values_list("user_id", "kind", "key"))
    night.watch(21.3, was_dead=True)
    with acting(fatima):
        after = set(Notice.objects.values_list("user_id", "kind", "key"))
    late = told.late(told.kind_of("hours"))
    new = {(who, kind) for who, kind, _key in after - before}
    assert {(fatima.pk, told.SLEPT), (fatima.pk, late)} <= new, "who has it now, at once"
    assert (anna.pk, late) not in new, "she was told before the worker died"
    night.watch(21.35)
    with acting(fatima):
        assert Notice.objects.count() == len(after), "told once"


def test_a_night_in_which_nobody_can_log_in_and_nothing_can_be_mailed(
    practice_provider: Practice,
    post: Post,
    settings: Settings,
    acting: Acting,
    alice: User,
    fatima: User,
    client_of: ClientOf,
    do_jobs: DoJobs,
) -> None:
    anna, secret, codes = prepare(acting, alice, practice_provider, post, do_jobs)
    shift = on_call(acting, alice, anna, 90)
    post.taken.clear()
    port = settings.EMAIL_PORT
    gone_dark(practice_provider, settings)
    night = Night()
    night.client = come(code_of(secret), "anna-de-boer")
    assert is_in(night.client)
    crisis = lead(night)
    assert night.watch(0.1) >= 1, "that she came in so is mail that waits"
    # What is due is told in the page at once.
    assert night.watch(20) >= 2
    with night.during(20):
        said = night.sees("meldingen/")
    assert "Binnen vier uur: " in said
    assert "Dit komt te laat" not in said
    dead_for_an_hour(night, acting, anna, fatima, shift)
    assert "Dit komt te laat" in client_of(fatima).get(f"{HOME}/meldingen/").content.decode()
    # Four hours of one way in are over: the next code of the printed list.
    night.client = come(codes[0], "anna-de-boer")
    night.send(f"{crisis}logboek/schrijven/", text="Ik lever de waarschuwing op papier in.")
    night.watch(25.5)
    assert post.taken == []
    # The mail server is back after a day and more.
    settings.EMAIL_PORT = port
    assert work(night.at(27)) == 0
    nothing_lost(acting, alice, post)
    count = len(post.taken)
    assert night.watch(28) == 0
    assert night.watch(30) == 0
    assert len(post.taken) == count, "nothing twice, and no stage that is over"


def nothing_lost(acting: Acting, alice: User, post: Post) -> None:
    """Look at what was kept, and at what went out by mail at last."""
    with acting(alice):
        found = Crisis.objects.get()
        lines = list(LogLine.objects.filter(crisis=found).values_list("serial", flat=True))
        assert lines == list(range(1, len(lines) + 1))
        texts = " ".join(LogLine.objects.values_list("text", flat=True))
        assert "liggen stil" in texts
        assert "op papier" in texts
        assert CallAttempt.objects.count() == 1
        assert Decision.objects.get().settled_at is not None
        assert Incident.objects.get().state == "triage"
        waiting = Notice.objects.filter(kind__startswith="incident.", digested_at=None)
        assert not waiting.exists()
    mails = [(one["To"], " ".join(text_of(one).split())) for one in post.taken]
    assert len(set(mails)) == len(mails)
    for to in (ANNA, alice.email):
        mine = [text for who, text in mails if who == to and "aarschuwing" in text]
        assert len(mine) == 1, "of one deadline only how it stands now"
        assert escape("Nog steeds niet gemeld") in mine[0]
        assert "Deze mail komt te laat" in mine[0]
    assert not [text for _to, text in mails if "meldde een incident" in text], "it was taken up"
    assert [text for to, text in mails if to == alice.email and "noodtoegang" in text.lower()]


def test_a_mail_is_tried_for_two_days() -> None:
    waits = [wait_of("notices.mail_at_once", n, NotTaken()) for n in range(200)]
    assert sum((one for one in waits if one), timedelta(0)) > timedelta(days=2)
    assert waits[-1] is None
