# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bad input and bad days, as people meet them on the pages: nothing lost, nothing silent."""

import re
import socket
import time
from datetime import timedelta
from typing import Any

from django.test import Client
from pytest_django import Settings

from dijkring.core import clock
from dijkring.core.clock import AMSTERDAM
from dijkring.incidents.models import Awareness, Incident
from dijkring.incidents.services import clocks, reporting
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.tests.objects import reported
from dijkring.organisations.models import User
from dijkring.tests.harness.people import PASSWORD, Acting, ClientOf

REPORT, ALL = "/o/dijkerveen/incidenten/melden/", "/o/dijkerveen/incidenten/"


def typed(hours: float) -> str:
    """Return a moment so many hours from now, as the browser types it."""
    return f"{clock.now().astimezone(AMSTERDAM) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def telling(at: str, title: str = "Vreemde mail van de directeur") -> dict[str, str]:
    return {"title": title, "noticed_at": at, "description": "", "personal_data": "unknown"}


def triaging(title: str, version: int = 0, **more: str) -> dict[str, str]:
    known = {"severity": "high", "tlp": "amber", "personal_data": "yes"}
    return {"title": title, "version": str(version), **known, **more}


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_moment_that_cannot_be_is_said_at_the_field_and_nothing_is_kept(
    acting: Acting, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    wrong = ("", "gisteren", "2026-02-30T10:00", "2026-03-29T02:30", "2026-11-20", "99999-01-01",
             "0001-01-01T00:00", "9999-12-31T23:59", typed(2))  # fmt: skip
    for at in wrong:
        answer = client.post(REPORT, telling(at))
        assert answer.status_code == 422, at
        assert "Vreemde mail van de directeur" in words(answer), at
    with acting(alice):
        assert not Incident.objects.exists()
    # A browser says no time zone: it is the clock of Amsterdam, also on a server elsewhere.
    assert client.post(REPORT, telling(typed(-1))).status_code == 302
    with acting(alice):
        kept = Incident.objects.get()
        assert timedelta(minutes=59) < clock.now() - Awareness.objects.get().at < timedelta(hours=2)
    place = f"{ALL}{kept.pk}/"
    assert client.post(f"{place}einde/", {"at": typed(-3)}).status_code == 422
    late = {"of": "event", "at": typed(3), "who": "Beheer", "evidence": "Log", "reason": "Log."}
    assert client.post(f"{place}kennisname/", late).status_code == 422
    turned = triaging("Mail", occurred_at=typed(-1), detected_at=typed(-2))
    assert client.post(f"{place}triage/", turned).status_code == 422
    with acting(alice):
        assert Awareness.objects.count() == 1
        assert Incident.objects.get().state == "reported"


def test_two_people_triage_and_the_second_sees_both(
    acting: Acting, alice: User, fatima: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        made = reported(actor, "Vreemde inlog")
    place = f"{ALL}{made.pk}/triage/"
    first, second = client_of(alice), client_of(fatima)
    assert first.post(place, triaging("Gijzelsoftware")).status_code == 302
    answer = second.post(place, triaging("Storing bij de leverancier"))
    assert answer.status_code == 422
    assert "Gijzelsoftware" in words(answer), "what the other wrote"
    assert "Storing bij de leverancier" in words(answer), "what was typed is still there"
    renewed = re.search(r'name="version" value="(\d+)"', answer.content.decode())
    assert renewed is not None
    again = second.post(place, triaging("Storing bij de leverancier", int(renewed[1])))
    assert again.status_code == 302
    with acting(alice):
        assert Incident.objects.get().title == "Storing bij de leverancier"


def test_a_form_that_outlives_the_login_writes_nothing_and_can_be_sent_again(
    acting: Acting, alice: User
) -> None:
    """The browser keeps what was typed; here: that the server neither takes nor loses the way."""
    with acting(alice) as actor:
        made = reported(actor, "Vreemde inlog")
    place, client = f"{ALL}{made.pk}/triage/", Client()
    answer = client.post(place, triaging("Gijzelsoftware"))
    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={place}"
    with acting(alice):
        assert Incident.objects.get().title == "Vreemde inlog"
    entered = client.post(answer["Location"], {"login": alice.email, "password": PASSWORD})
    assert entered["Location"] == place
    assert client.post(place, triaging("Gijzelsoftware")).status_code == 302
    with acting(alice):
        assert Incident.objects.get().title == "Gijzelsoftware"


def test_a_mail_server_that_never_answers_holds_nobody_up(
    acting: Acting, alice: User, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 60
        begun, client = time.monotonic(), Client()
        client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
        assert client.post(REPORT, telling(typed(-1))).status_code == 302
        assert "Vreemde mail van de directeur" in words(client.get(ALL))
        assert time.monotonic() - begun < 30
    with acting(alice):
        assert Incident.objects.count() == 1


def test_an_amendment_that_makes_a_met_deadline_missed_is_seen_on_the_page(
    acting: Acting, alice: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        made = reported(actor, "Vreemde inlog", hours=20)
        given = HandedIn(clock.now(), "F. Aydin", "Meldpunt NCSC", "NCSC-1")
        clocks.hand_in(actor=actor, incident=made, obligation="cbw.early_warning", wanted=given)
    place = f"{ALL}{made.pk}/"
    before = words(client_of(alice).get(place))
    assert "op tijd gemeld" in before
    assert "gemeld, te laat" not in before
    with acting(alice) as actor:
        clocks.become_aware(
            actor=actor, incident=made, of="event", at=clock.now() - timedelta(hours=30),
            who="Beheer", evidence="Log", reason="Het log gaat verder terug.",
        )  # fmt: skip
    after = words(client_of(alice).get(place))
    assert "Het log gaat verder terug." in after
    assert "gemeld, te laat" in after
    assert "Voor de wijziging" in after
    with acting(alice):
        assert Awareness.objects.filter(incident=made).count() == 2, "the old one stays"
        assert reporting.values_of(Incident.objects.get())["title"] == "Vreemde inlog"
