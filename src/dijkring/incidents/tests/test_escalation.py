# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who hears of a deadline and when: the ladder, who is on call, mail and webhooks on bad days."""

import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.identity.tests.practice import LOOPBACK
from dijkring.incidents import tasks, told
from dijkring.incidents.models import Delivery, Incident, Shift, WatchRun
from dijkring.incidents.selectors import oncall as selectors
from dijkring.incidents.services import acknowledging, ladder, oncall, watching, webhooks
from dijkring.incidents.services.ladder import STAGES, Stage
from dijkring.incidents.services.oncall import Wanted
from dijkring.incidents.tests.objects import reported
from dijkring.lab.certificates import Certificates, Kind
from dijkring.notices import kinds
from dijkring.notices.models import Notice
from dijkring.notices.services import urgent
from dijkring.notices.tests.conftest import Post, free_port, post, text_of
from dijkring.organisations.models import User
from dijkring.organisations.services import add_member
from dijkring.tests.harness.people import Acting, actor_of
from dijkring.tests.harness.work import DoJobs

__all__ = ["post"]
NOTICED = datetime(2026, 10, 24, 12, 30, tzinfo=UTC)
EARLY = "cbw.early_warning"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HOURS, DUE = STAGES[1], STAGES[3]


def later(hours: float) -> AbstractContextManager[None]:
    return clock.moved_to(NOTICED + timedelta(hours=hours))


@pytest.fixture
def night(acting: Acting, alice: User) -> Incident:
    """An incident that was noticed and reported at one moment, and is handled by nobody."""
    with later(0), acting(alice) as actor:
        return reported(actor, "Vreemde inlog", hours=0)


@pytest.fixture
def team(alice: User, fatima: User, erik: User, bob: User) -> list[User]:
    """Three who may handle incidents, and a member of the board."""
    organisation_id = actor_of(alice).organisation_id
    with transaction_for([organisation_id]):
        add_member(organisation_id=organisation_id, user=erik, role="privacy_officer")
        add_member(organisation_id=organisation_id, user=bob, role="board")
    return [alice, fatima, erik, bob]


def on_call(acting: Acting, alice: User, *people: tuple[User, int]) -> list[Shift]:
    with later(-1), acting(alice) as actor:
        span = (NOTICED - HOUR, NOTICED + 90 * HOUR)
        return [
            oncall.add(actor=actor, wanted=Wanted(user.pk, *span, rank)) for user, rank in people
        ]


def remind(incident: Incident, hours: float) -> int:
    with later(hours), transaction_for([incident.organisation_id]):
        return watching.remind(organisation_id=incident.organisation_id)


def heard(incident: Incident, stage: str) -> list[int]:
    with transaction_for([incident.organisation_id]):
        rows = Notice.objects.filter(key__contains=EARLY, key__endswith=f"-{stage}").order_by("pk")
        return [one.user_id for one in rows]


# --- the ladder ----------------------------------------------------------------------------------


def test_the_ladder_climbs_and_stops() -> None:
    due = NOTICED + 24 * HOUR
    rungs = ladder.rungs({1}, [2, 3, 1], [{4}, {2, 5}])
    assert rungs == [{1}, {2}, {3}, {4}, {5}]
    cases: list[tuple[float, float | None, list[int]]] = [
        (-241, None, []),
        (-240, None, [1]),
        (-221, None, [1]),
        (-220, None, [1, 2]),
        (-200, None, [1, 2, 3]),
        (-160, None, [1, 2, 3, 4, 5]),
        (-60, -230, [1]),
        (-60, -210, [1]),
        (-60, -300, [1, 2, 3, 4, 5]),
    ]
    for minutes, held, wanted in cases:
        held_at = None if held is None else due + held * MINUTE
        found = ladder.calls(HOURS, due, rungs, held_at, due + minutes * MINUTE)
        assert sorted(id for one in found for id in one.who) == wanted, (minutes, held)
    late = ladder.calls(DUE, due, rungs, due, due + MINUTE)
    assert len(late) == 5, "who is too late is known to everybody"


@given(st.sampled_from(STAGES), st.integers(1, 30), st.integers(0, 3000))
def test_the_ladder_never_forgets_and_ends_in_its_stage(
    stage: Stage, count: int, minutes: int
) -> None:
    due, rungs = NOTICED, [frozenset([n]) for n in range(count)]
    now = due + stage.after + minutes * MINUTE
    before = ladder.calls(stage, due, rungs, None, now - MINUTE)
    found = ladder.calls(stage, due, rungs, None, now)
    assert found[: len(before)] == before
    at_last = ladder.calls(stage, due, rungs, None, due + stage.after + stage.room)
    assert len(at_last) == count


# --- on call -------------------------------------------------------------------------------------


def test_who_is_on_call_hears_first_then_the_next_then_the_board(
    night: Incident, team: list[User], acting: Acting
) -> None:
    alice, fatima, erik, bob = team
    on_call(acting, alice, (erik, 1), (fatima, 2))
    for hours, wanted in (
        (20, [erik]),
        (20.2, [erik]),
        (20.5, [erik, fatima]),
        (20.7, [erik, fatima, alice]),
        (21.1, [erik, fatima, alice, bob]),
        (22, [erik, fatima, alice, bob]),
    ):
        remind(night, hours)
        assert heard(night, "hours") == [one.pk for one in wanted], hours


def test_i_have_it_stops_the_climbing_until_the_deadline_has_passed(
    night: Incident, team: list[User], acting: Acting
) -> None:
    alice, fatima, erik, _bob = team
    on_call(acting, alice, (erik, 1), (fatima, 2))
    remind(night, 20)
    with later(20.1), acting(erik) as actor:
        acknowledging.acknowledge(actor=actor, incident=night)
        assert night.entries.filter(text__contains="Erik Smit").exists()
    remind(night, 22.9)
    assert heard(night, "hours") == [erik.pk]
    remind(night, 23)
    remind(night, 23.9)
    assert len(heard(night, "hour")) == 4, "each stage asks again"
    remind(night, 24)
    assert len(heard(night, "due")) == 4
    remind(night, 24.01)
    assert len(heard(night, "due")) == 4, "once"
    assert len(heard(night, "hours")) == 1


def test_a_shift_is_handed_over_with_a_note(
    team: list[User], acting: Acting, night: Incident, dora: User
) -> None:
    alice, fatima, erik, _bob = team
    [shift] = on_call(acting, alice, (erik, 1))
    span = (NOTICED, NOTICED + 2 * HOUR)
    with later(0.5), acting(alice) as actor:
        wrong = [
            Wanted(dora.pk, *span),
            Wanted(fatima.pk, span[1], span[0]),
            Wanted(fatima.pk, NOTICED - 9 * HOUR, NOTICED),
            Wanted(fatima.pk, NOTICED, NOTICED + 999 * HOUR),
            Wanted(erik.pk, *span, 2),
        ]
        for wanted in wrong:
            with pytest.raises(Refused):
                oncall.add(actor=actor, wanted=wanted)
        with pytest.raises(Refused):
            oncall.hand_over(actor=actor, shift=shift, user_id=fatima.pk, note=" ")
        made = oncall.hand_over(actor=actor, shift=shift, user_id=fatima.pk, note="Let op mail.")
        assert selectors.on_call(actor.organisation_id) == [fatima.pk]
        assert (made.until, made.taken_over_id) == (NOTICED + 90 * HOUR, shift.pk)
        told_of = Notice.objects.get(user=fatima, kind=told.HANDED_OVER)
        assert "Let op mail." in kinds.say(told_of.kind, told_of.values)
        with pytest.raises(Refused):
            oncall.hand_over(actor=actor, shift=shift, user_id=alice.pk, note="Nog eens.")


def test_who_is_put_on_call_or_taken_off_by_another_hears_it(
    team: list[User], acting: Acting, post: Post, do_jobs: DoJobs
) -> None:
    alice, _fatima, erik, _bob = team

    def told_to(user: User) -> list[str]:
        with acting(alice):
            rows = Notice.objects.filter(user=user, kind__startswith="incident.oncall")
            return [one.kind for one in rows.order_by("pk")]

    on_call(acting, alice, (alice, 1))
    assert told_to(alice) == [], "not who does it themselves"
    [shift] = on_call(acting, alice, (erik, 2))
    assert told_to(erik) == [told.PUT_ON]
    with later(-1):
        do_jobs()
    assert [one["To"] for one in post.taken] == [erik.email], "it begins now"
    with later(1), acting(alice) as actor:
        oncall.end(actor=actor, shift=shift)
    assert told_to(erik) == [told.PUT_ON, told.TAKEN_OFF]


def test_who_came_on_call_in_the_middle_of_a_stage_is_not_told_late(
    night: Incident, team: list[User], acting: Acting
) -> None:
    alice, fatima, erik, _bob = team
    [shift] = on_call(acting, alice, (erik, 1))
    remind(night, 20)
    with later(20.4), acting(alice) as actor:
        oncall.hand_over(actor=actor, shift=shift, user_id=fatima.pk, note="Niets open.")
    remind(night, 20.5)
    with acting(alice):
        kind = told.kind_of("hours")
        assert Notice.objects.get(user=fatima, key__contains=EARLY).kind == kind


def test_a_gap_in_the_list_is_seen_ahead(team: list[User], acting: Acting) -> None:
    alice, fatima, erik, _bob = team
    with later(0), acting(alice) as actor:
        organisation_id = actor.organisation_id
        assert selectors.gaps(organisation_id) == []
        for user, begin, end in ((erik, 0, 10), (fatima, 8, 12), (erik, 20, 24)):
            wanted = Wanted(user.pk, NOTICED + begin * HOUR, NOTICED + end * HOUR)
            oncall.add(actor=actor, wanted=wanted)
        found = selectors.gaps(organisation_id, NOTICED + 30 * HOUR)
        hours = [((a - NOTICED) / HOUR, (b - NOTICED) / HOUR) for a, b in found]
        assert hours == [(12, 20), (24, 30)]
        [item] = selectors.due(organisation_id, NOTICED + 30 * HOUR)
        assert item.at == NOTICED + 12 * HOUR


# --- bad days ------------------------------------------------------------------------------------


def test_a_worker_that_was_dead_tells_late_and_says_so(
    night: Incident, team: list[User], acting: Acting, post: Post, do_jobs: DoJobs
) -> None:
    alice, _fatima, erik, _bob = team
    on_call(acting, alice, (erik, 1))
    do_jobs()
    post.taken.clear()
    with transaction.atomic():
        WatchRun.objects.create(pk=1, at=NOTICED + 19.9 * HOUR)
    with later(21):
        tasks.watch(0)
        do_jobs()
    said = {(one["To"], text_of(one)) for one in post.taken}
    to_erik = " ".join(" ".join(text.split()) for to, text in said if to == erik.email)
    assert "watched" in to_erik or "gekeken" in to_erik
    assert "This comes late" in to_erik or "Dit komt te laat" in to_erik
    with later(21.05):
        tasks.watch(0)
        assert do_jobs() == 0


def test_a_monitor_outside_hears_that_nobody_watches(client: Client) -> None:
    def asked(hours: float) -> tuple[int, Any]:
        with later(hours):
            answer = client.get("/watchz")
        return answer.status_code, answer.json()["lastLook"]

    assert asked(0) == (503, None), "a worker that never began"
    with later(0):
        tasks.watch(0)
    assert asked(0.2) == (200, NOTICED.isoformat())
    assert asked(0.3) == (503, NOTICED.isoformat())
    said = client.get("/metrics").content.decode().splitlines()
    assert f"dijkring_deadlines_looked_at_seconds {NOTICED.timestamp():.0f}" in said


def test_a_process_beside_the_worker_mails_once_that_the_worker_stands_still(
    night: Incident, team: list[User], acting: Acting, post: Post, settings: Settings
) -> None:
    alice, _fatima, erik, _bob = team
    on_call(acting, alice, (erik, 1))

    def looked(hours: float, code: int) -> list[str]:
        post.taken.clear()
        with later(hours):
            if code:
                with pytest.raises(SystemExit, match=str(code)):
                    call_command("incidents", "watched")
            else:
                call_command("incidents", "watched")
        return sorted(str(one["To"]) for one in post.taken)

    with later(0):
        tasks.watch(0)
    assert looked(0.2, 0) == []
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    assert looked(1, 1) == []
    settings.EMAIL_PORT = port
    assert looked(1.1, 1) == sorted([alice.email, erik.email])
    assert "24 oktober 2026, 14.30" in " ".join(text_of(post.taken[0]).split())
    assert looked(1.2, 1) == [], "once"
    with later(1.3):
        tasks.watch(0)
    assert looked(1.4, 0) == []


def test_a_mail_server_that_was_away_for_a_day_loses_nothing(
    night: Incident, team: list[User], post: Post, settings: Settings
) -> None:
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    with later(0), transaction_for([night.organisation_id]):
        watching.on_reported(organisation_id=night.organisation_id, incident=night.pk)
        Notice.objects.filter(kind=told.REPORTED).delete()
        watching.remind(organisation_id=night.organisation_id)
    remind(night, 20)
    with transaction_for([night.organisation_id]):
        notice = Notice.objects.get(key__endswith="-hours", user__name__startswith="Alice")
    ids = {"organisation_id": night.organisation_id, "notice_id": notice.pk}
    with later(20), pytest.raises(urgent.NotTaken):
        urgent.mail_notice(**ids)
    settings.EMAIL_PORT = port
    with later(44):
        assert urgent.mail_notice(**ids)
        assert not urgent.mail_notice(**ids)
    text = " ".join(text_of(post.only()).split())
    assert "25 oktober 2026, 09.30" in text or "25 October 2026, 09:30" in text


# --- webhooks ------------------------------------------------------------------------------------


@dataclass
class Receiver:
    """What a real receiver over TLS has taken; it answers with `status`."""

    url: str = ""
    status: int = 204
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    found, certificates = Receiver(), Certificates(tmp_path)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.taken.append((dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", "https://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = certificates.context("localhost", Kind())
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    found.url = f"https://localhost:{server.server_address[1]}/haak?x=1"
    monkeypatch.setenv(webhooks.NETWORKS, LOOPBACK)
    monkeypatch.setenv(webhooks.CA_FILE, str(certificates.ca_file))
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def test_a_webhook_gets_each_thing_once_and_signed(
    night: Incident, acting: Acting, alice: User, receiver: Receiver, do_jobs: DoJobs
) -> None:
    with later(0), acting(alice) as actor:
        hook, secret = webhooks.add(actor=actor, name="Wacht", url=receiver.url)
        assert secret not in hook.sealed
    remind(night, 20)
    remind(night, 20.5)
    with later(20.5):
        do_jobs()
    [(headers, body)] = [one for one in receiver.taken if b"early_warning" in one[1]]
    at, sign = (part.split("=")[1] for part in headers["Dijkring-Signature"].split(","))
    wanted = hmac.new(secret.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    assert hmac.compare_digest(sign, wanted)
    assert int(at) == int((NOTICED + 20.5 * HOUR).timestamp())
    sent = json.loads(body)
    assert (sent["event"], sent["stage"], sent["incident"]) == ("deadline", "hours", "2026-001")
    assert "Vreemde inlog" not in body.decode()


def test_a_receiver_that_is_away_is_tried_again_and_a_redirect_is_not_followed(
    acting: Acting, alice: User, receiver: Receiver, do_jobs: DoJobs
) -> None:
    receiver.status = 302
    with later(0), acting(alice) as actor:
        hook, _secret = webhooks.add(actor=actor, name="Wacht", url=receiver.url)
        made = webhooks.test(actor=actor, webhook=hook)
    with later(0):
        do_jobs()
        do_jobs()
    with acting(alice):
        made.refresh_from_db()
        assert (made.state, made.tries, made.answer) == ("waiting", 1, "302")
    receiver.status = 200
    ids = {"organisation_id": made.organisation_id, "delivery_id": made.pk}
    with later(0.01):
        assert not webhooks.send(**ids)
    with later(1):
        assert webhooks.due() == [(made.organisation_id, made.pk)]
        assert webhooks.send(**ids)
        assert not webhooks.send(**ids)
    assert len(receiver.taken) == 2
    waits = [webhooks.next_try(n, NOTICED) for n in range(1, webhooks.MOST_TRIES + 1)]
    assert waits[0] == NOTICED + MINUTE
    assert waits[-2] == NOTICED + HOUR
    assert waits[-1] is None
    whole = sum(((at or NOTICED) - NOTICED for at in waits), timedelta(0))
    assert timedelta(days=2.9) < whole < timedelta(days=3.1)


def test_a_webhook_reaches_nothing_inside(
    acting: Acting, alice: User, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(webhooks.NETWORKS, "")
    inside = [receiver.url, receiver.url.replace("localhost", "127.0.0.1"),
              "https://169.254.169.254/", "https://[::1]/", "https://0x7f000001/",
              "https://bestaat-niet.invalid/"]  # fmt: skip
    with later(0), acting(alice) as actor:
        for url in ("http://dijkring.example/", "https://a:b@x.example/", "file:///etc/passwd", ""):
            with pytest.raises(Refused):
                webhooks.add(actor=actor, name="x", url=url)
        hook = webhooks.add(actor=actor, name="x", url=receiver.url)[0]
        for url in inside:
            type(hook).objects.filter(pk=hook.pk).update(url=url)
            made = webhooks.test(actor=actor, webhook=hook)
            ids = {"organisation_id": actor.organisation_id, "delivery_id": made.pk}
            assert not webhooks.send(**ids)
            # Not where a name leads inside, nor whether it is there.
            assert Delivery.objects.get(pk=made.pk).answer == "unreachable", url
    assert receiver.taken == []


def test_an_exercise_reaches_only_who_plays_and_only_in_the_page(
    acting: Acting, alice: User, post: Post, receiver: Receiver, do_jobs: DoJobs
) -> None:
    with later(0), acting(alice) as actor:
        webhooks.add(actor=actor, name="Wacht", url=receiver.url)
        made = reported(actor, "Spel", hours=0, exercise=True)
        with pytest.raises(ValueError, match="exercise"):
            webhooks.queue(incident=made, event="reported", key="x")
    for hours in (0.1, 20, 21, 24.1):
        remind(made, hours)
        with later(hours):
            do_jobs()
    assert post.taken == []
    assert receiver.taken == []
    with acting(alice):
        rows = Notice.objects.filter(key__contains=f"incident-{made.pk}-")
        assert {one.user_id for one in rows} == {alice.pk}
        assert all("OEFENING" in kinds.say(one.kind, one.values) for one in rows)
