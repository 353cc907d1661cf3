# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an incident comes in: without an account, by a letter, a system, a fact, another."""

import io
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.evidence.models import Fact
from dijkring.evidence.services import populations, rounds, uploads
from dijkring.incidents.models import (
    CustodyRecord,
    Exhibit,
    Incident,
    IncidentNotice,
    Intake,
    TimelineEntry,
)
from dijkring.incidents.selectors import clocks
from dijkring.incidents.services import by_mail, facts_in, intake, noticing, ways_in
from dijkring.incidents.services.by_mail import NobodyThere, Unreadable
from dijkring.incidents.services.reporting import Reported
from dijkring.incidents.tests.objects import reported
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import create_token
from dijkring.sharing.models import Handover
from dijkring.sharing.tests.objects import in_force, secretary
from dijkring.tests.harness.people import Acting, ClientOf, actor_of
from dijkring.tests.harness.work import DoJobs

MADE = re.compile(r'value="(http[^"]+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def address(client_of: ClientOf, alice: User) -> str:
    """The path of the reporting page, as the CISO sees it once."""
    made = client_of(alice).post(
        reverse("incidents:make_way", args=["dijkerveen", "page"]), {"phone": "0123 456789"}
    )
    found = MADE.search(made.content.decode())
    assert found is not None
    return urlsplit(found[1]).path


def values(page: str, **more: Any) -> dict[str, Any]:
    """Fill the form in as a browser does, with what stands in it."""
    key, token = KEY.search(page), CSRF.search(page)
    assert key is not None
    assert token is not None
    noticed = (clock.now() - timedelta(hours=1)).astimezone(clock.AMSTERDAM)
    return {
        "title": "Mail die niet klopt",
        "noticed_at": f"{noticed:%Y-%m-%dT%H:%M}",
        "description": "Er werd om een wachtwoord gevraagd.",
        "personal_data": "unknown",
        "key": key[1],
        "csrfmiddlewaretoken": token[1],
        **more,
    }


def of_dijkerveen(alice: User) -> Any:
    return acting_for([actor_of(alice).organisation_id])


def test_anybody_reports_by_the_page_and_follows_it(address: str, alice: User) -> None:
    anyone = Client(enforce_csrf_checks=True)
    page = anyone.get(address)
    assert "0123 456789" in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    given = values(page.content.decode(), name="  Kees  de Vries ")

    def press() -> Any:
        evil = SimpleUploadedFile("../../foto\r\n.exe", b"MZ\x90<script>", "image/png")
        return anyone.post(address, {**given, "attached": [evil]})

    sent = press()
    assert sent.status_code == 302
    assert press()["Location"] == sent["Location"], "pressed twice"
    follow = urlsplit(sent["Location"]).path
    assert "Somebody is going" in anyone.get(follow, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    added = values(page.content.decode(), text="Een collega kreeg hem ook.")
    assert anyone.post(follow, added).status_code == 302
    with transaction.atomic(), of_dijkerveen(alice):
        found = Incident.objects.get(title="Mail die niet klopt")
        assert (found.state, found.reporter) == ("reported", "Kees de Vries")
        [aware] = clocks.statements(found)
        assert (aware.at, aware.who) == (found.detected_at, "Kees de Vries")
        assert TimelineEntry.objects.get(incident=found).text == "Een collega kreeg hem ook."
        exhibit = Exhibit.objects.select_related("upload").get(incident=found)
        assert exhibit.upload is not None
        assert "/" not in exhibit.upload.name
        assert exhibit.upload.media_type == "application/octet-stream"
        path = uploads.path_of(found.organisation_id, exhibit.sha256)
        assert path.read_bytes() == b"MZ\x90<script>"
        assert not path.stat().st_mode & 0o111
        assert CustodyRecord.objects.get(exhibit=exhibit).by == "Kees de Vries"


def test_what_the_page_does_not_take(
    address: str,
    alice: User,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> None:
    anyone = Client(enforce_csrf_checks=True)
    page = anyone.get(address).content.decode()
    given = values(page)
    settings.FILE_UPLOAD_TEMP_DIR = "/nergens"
    lost = SimpleUploadedFile("foto.png", b"0" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert anyone.post(address, {**given, "attached": [lost]}).status_code == 422
    settings.FILE_UPLOAD_TEMP_DIR = None
    assert anyone.post(address, {**given, "csrfmiddlewaretoken": "x"}).status_code == 403
    large = SimpleUploadedFile("groot.bin", b"0" * (intake.LARGEST_FILE + 1))
    assert anyone.post(address, {**given, "attached": [large]}).status_code == 422
    four = [SimpleUploadedFile(f"{n}.txt", b"0") for n in range(4)]
    assert anyone.post(address, {**given, "attached": four}).status_code == 422
    assert anyone.post(address, given, CONTENT_LENGTH="99999999").status_code == 413
    assert anyone.post(address, {**given, "noticed_at": "2999-01-01T10:00"}).status_code == 422
    monkeypatch.setattr(intake, "MOST_AN_HOUR", 1)
    assert anyone.post(address, given).status_code == 302
    assert anyone.post(address, {**given, "key": "k" * 32}).status_code == 429
    with transaction.atomic(), of_dijkerveen(alice):
        assert Intake.objects.filter(way="page").count() == 1
    unknown = anyone.get(reverse("report_by_link", args=["x" * 43]))
    client_of(alice).post(reverse("incidents:end_way", args=["dijkerveen", "page"]))
    ended = anyone.get(address)
    assert (unknown.status_code, ended.status_code) == (404, 404)
    assert _without_address(unknown) == _without_address(ended)
    assert anyone.get(reverse("follow_report", args=["x" * 64])).status_code == 404


def test_an_ended_address_cannot_be_told_from_one_that_never_was(
    address: str, client_of: ClientOf, alice: User
) -> None:
    """Neither by what is answered nor by how long that takes: the same is asked of the database."""
    client_of(alice).post(reverse("incidents:end_way", args=["dijkerveen", "page"]))
    never = reverse("report_by_link", args=["x" * 43])
    asked: list[list[str]] = []
    for place in (address, never):
        for send in (Client().get, Client().post):
            with CaptureQueriesContext(connection) as found:
                assert send(place).status_code == 404
            asked.append([re.sub(r"'[^']*'", "?", one["sql"]) for one in found])
    assert asked[:2] == asked[2:]
    assert asked[0]


def test_who_follows_a_report_can_add_only_so_much(
    address: str, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    anyone = Client(enforce_csrf_checks=True)
    page = anyone.get(address).content.decode()
    follow = urlsplit(anyone.post(address, values(page))["Location"]).path
    monkeypatch.setattr(intake, "MOST_ADDED", 1)
    more = values(page, text="Nog iets.")
    assert [anyone.post(follow, more).status_code for _time in range(2)] == [302, 422]
    assert anyone.post(follow, more, CONTENT_LENGTH="99999999").status_code == 413
    monkeypatch.setattr(intake, "MOST_A_DAY", 1)
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        again = anyone.get(address).content.decode()
        assert anyone.post(address, values(again)).status_code == 429, "an hour on, the same day"
    with transaction.atomic(), of_dijkerveen(alice):
        assert Intake.objects.count() == 1
        assert TimelineEntry.objects.count() == 1


def _without_address(response: Any) -> str:
    return re.sub(r"/melden/[^/]+/", "", CSRF.sub("", response.content.decode()))


def test_a_new_address_ends_the_one_before(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        _first, old = ways_in.make(actor=actor, kind="page")
        made, new = ways_in.make(actor=actor, kind="page")
        assert ways_in.opened(old, "page") is None
        assert ways_in.opened(new, "page") == made
        assert ways_in.opened(new, "mail") is None


LETTER = b"""From: Kees de Vries <kees@dijkerveen.example>
To: %s
Subject: =?utf-8?q?Vreemde_melding_op_het_scherm_=E2=80=94?=
Date: %s
Message-ID: <%s@dijkerveen.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Mijn scherm is rood.
--b
Content-Type: application/zip; name="x.zip"
Content-Transfer-Encoding: base64

UEsDBA==
--b--
"""


def letter(address: str, id: str = "1", hours: float = 3) -> bytes:
    sent = clock.now() - timedelta(hours=hours)
    date = sent.strftime("%a, %d %b %Y %H:%M:%S +0000")
    return LETTER % (address.encode(), date.encode(), id.encode())


def test_a_letter_becomes_an_incident_once(
    acting: Acting, alice: User, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    with acting(alice) as actor:
        token = ways_in.make(actor=actor, kind="mail")[1]
        address = f"Meldingen+{token.upper()}@dijkerveen.example"
        data = letter(address)

        def pipe(data: bytes) -> int:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
            try:
                call_command("incidents", "mail")
            except SystemExit as ended:
                return int(str(ended.code))
            return 0

        assert (pipe(data), pipe(data)) == (0, 0)
        first, again = capsys.readouterr().out.split()
        assert first == again
        found = Incident.objects.get(title__startswith="Vreemde melding")
        assert (found.title[-1], found.description) == ("—", "Mijn scherm is rood.")
        assert found.reporter == "Kees de Vries"
        [aware] = clocks.statements(found)
        assert timedelta(hours=2.9) < clock.now() - aware.at < timedelta(hours=3.1)
        exhibit = Exhibit.objects.get(incident=found)
        assert uploads.path_of(found.organisation_id, exhibit.sha256).read_bytes() == data
        old = by_mail.take(letter(address, "2", hours=999)).intake
        assert old is not None
        assert clock.now() - old.incident.detected_at < timedelta(minutes=5)  # type: ignore[operator]
        bounce = data.replace(b"MIME-Version", b"Auto-Submitted: auto-replied (vacation)\nX-M")
        assert by_mail.take(bounce).intake is None
        assert pipe(letter("meldingen+" + "a" * 32 + "@dijkerveen.example")) == 67
        monkeypatch.setattr(intake, "MOST_AN_HOUR", 1)
        assert pipe(letter(address, "3")) == 75


def test_a_letter_that_is_a_bomb_is_refused_soon(acting: Acting, alice: User) -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n)
                    for n in range(5000))  # fmt: skip
    bombs = [
        b"",
        b"geen brief",
        b"From: a@b.example\n" + deep,
        b"From: a@b.example\n\n" + b"x" * by_mail.LARGEST,
    ]
    for bomb in bombs:
        with pytest.raises((Unreadable, NobodyThere)):
            by_mail.take(bomb)
    with acting(alice) as actor:
        token = ways_in.make(actor=actor, kind="mail")[1]
        to = f"meldingen+{token}@x.example"
        odd = b"From: =?x?y?z?=\nDate: 99 Foo\nSubject: =?nonsense?q?a\x00\xff?=\n\n\x00\xff"
        taken = by_mail.take(odd, to=to)
        assert taken.intake is not None
        assert "\x00" not in taken.intake.incident.title


def test_a_system_reports_once_with_a_key(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        _token, secret = create_token(
            actor=actor, name="SIEM", scopes=["incidents:write"], kinds=[],
            expires_at=clock.now() + timedelta(days=1),
        )  # fmt: skip
    given = {"title": "Alarm", "noticedAt": "2026-01-02T03:04:05+01:00", "reporter": "Wacht"}
    headers = {"authorization": f"Bearer {secret}", "idempotency-key": "alarm-1"}
    client = Client()

    def post(more: dict[str, Any], **other: str) -> Any:
        return client.post("/api/v1/incidents", {**given, **more}, "application/json",
                           headers={**headers, **other})  # fmt: skip

    answers = [post({}), post({})]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert answers[0].json()["clocks"][0]["anchorAt"].startswith("2026-01-02T02:04:05")
    wrong: list[dict[str, Any]] = [
        {"noticedAt": "2999-01-01T00:00:00Z"},
        {"noticedAt": "2026-01-02T03:04:05"},
        {"exercise": True},
        {"title": ""},
    ]
    for n, more in enumerate(wrong):
        assert post(more, **{"idempotency-key": f"w{n}"}).status_code in (400, 422), more
    with acting(alice) as actor:
        made = Incident.objects.get(title="Alarm")
        assert (made.reporter, made.reported_by_id) == ("Wacht", None)
        assert Intake.objects.get(incident=made).way == "api"


def test_a_fact_becomes_an_incident_once(acting: Acting, alice: User, client_of: ClientOf) -> None:
    with acting(alice) as actor:
        system = system_actor(actor.organisation_id)
        populations.add(actor=system, population="organisation", member="x")
        seen = rounds.Observation("evidence.restore_test", "x", "fail", {})
        rounds.record(actor=system, source="p", member="x", observed_at=clock.now(),
                      observations=[seen])  # fmt: skip
        fact = Fact.objects.get(subject="x", until=None)
    client = client_of(alice)
    page = reverse("evidence:fact", args=["dijkerveen", fact.pk])
    way = reverse("incidents:from_fact", args=["dijkerveen", fact.pk])
    assert way in client.get(page).content.decode()
    with acting(alice) as actor:
        wanted = Reported("Back-up mislukt", clock.now())
        made = facts_in.report(actor=actor, fact=fact, wanted=wanted)
        with pytest.raises(Refused, match=made.reference):
            facts_in.report(actor=actor, fact=fact, wanted=wanted)
    shown = client.get(page).content.decode()
    assert way not in shown
    assert made.title in shown


@pytest.fixture
def sent(acting: Acting, alice: User, fatima: User, charlie: User, do_jobs: DoJobs) -> Incident:
    """Waterhoek tells Dijkerveen of an incident of which it is aware since three hours."""
    with transaction.atomic():
        in_force(*(secretary(actor_of(user).organisation_id, user.pk)
                   for user in (fatima, charlie)))  # fmt: skip
    dijkerveen = Organisation.objects.get(slug="dijkerveen")
    with acting(charlie) as actor:
        made = reported(actor, "Zuiderhost ligt plat", hours=3)
        noticing.send(actor=actor, incident=made, receiver=dijkerveen, title=made.title,
                      description="Alle klanten.")  # fmt: skip
        with pytest.raises(Refused):
            noticing.send(actor=actor, incident=made, receiver=dijkerveen, title="x",
                          description="")  # fmt: skip
    do_jobs()
    return made


def test_a_notice_counts_from_the_senders_awareness(
    sent: Incident, acting: Acting, alice: User, charlie: User
) -> None:
    with acting(charlie):
        aware_there = clocks.statements(sent)[0].at
    with acting(alice) as actor:
        notice = IncidentNotice.objects.get()
        other = clock.now() - timedelta(hours=1)
        with pytest.raises(Refused), transaction.atomic():
            noticing.accept(actor=actor, notice=notice, aware_at=other)
        made = noticing.accept(
            actor=actor, notice=notice, aware_at=other, reason="Pas toen raakte het ons."
        )
        said = clocks.statements(made)
        assert [one.at for one in said] == [aware_there, other]
        assert "Waterhoek" in said[0].who
        assert "Waterhoek" in made.reporter
        with pytest.raises(Refused):
            noticing.decline(actor=actor, notice=notice, reason="Toch niet.")
    with acting(charlie):
        assert Handover.objects.get(kind=noticing.KIND).answer == "accepted"


def test_a_notice_is_declined_with_a_reason(
    sent: Incident, acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        notice = IncidentNotice.objects.get()
        with pytest.raises(Refused):
            noticing.decline(actor=actor, notice=notice, reason=" ")
        noticing.decline(actor=actor, notice=notice, reason="Wij zijn geen klant.")
        assert not Incident.objects.filter(title=sent.title).exists()
    with acting(charlie) as actor:
        handed = Handover.objects.get(kind=noticing.KIND)
        assert (handed.answer, handed.answer_reason) == ("declined", "Wij zijn geen klant.")
        Incident.objects.filter(pk=sent.pk).update(tlp="red")
        dijkerveen = Organisation.objects.get(slug="dijkerveen")
        with pytest.raises(Refused, match="RED"):
            noticing.send(actor=actor, incident=sent, receiver=dijkerveen, title="x",
                          description="")  # fmt: skip
