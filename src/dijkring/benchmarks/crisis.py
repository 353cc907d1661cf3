# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A crisis with sixty people who follow it live and a handful who write in it, on one machine.

It touches part of a landscape, so that what fails when is reckoned and followed as well.

The server is the real one. Readers ask as the page does, and begin to wait anew after each answer.
"""

import html
import os
import random
import re
import socket
import statistics
import subprocess
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from dijkring.benchmarks.crisis_world import ASSETS, stricken
from dijkring.cli.web import gunicorn
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import transaction_for
from dijkring.crisis.models import Crisis, LogLine
from dijkring.crisis.services import crises
from dijkring.crisis.services.crises import Opening
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member

READERS, WRITERS, SECONDS = 60, 6, 30
# As the page asks; every fifth thing that is written is a task, which redraws how it stands.
EVERY, TASK_EVERY = 1.5, 5
PAUSE = (0.6, 1.4)
BUDGET_SECONDS = 2.0
HOST, TOKEN = "testserver", "b" * 32
_LINE = re.compile(r"regel-(\d+)-einde")
_SEEN = re.compile(r'hx-get="[^"?]*\?([^"]+)"')
Tell = Callable[[str], None]


@dataclass
class Night:
    """What happened: when each line was kept, and when each reader saw it."""

    port: int
    path: str
    until: float
    kept: dict[int, float] = field(default_factory=dict)
    writes: list[float] = field(default_factory=list)
    polls: list[tuple[float, int]] = field(default_factory=list)
    seen: list[Counter[int]] = field(default_factory=list)
    early: list[tuple[int, float]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


def run(tell: Tell) -> dict[str, Any]:
    """Follow a crisis and write in it for half a minute; times in seconds, of requests in ms.

    `lost` counts what a reader never saw or the log does not hold, `doubled` what one saw twice.
    """
    organisation = Organisation.objects.exclude(slug="").order_by("pk").first()
    if organisation is None:
        raise RuntimeError("there is no organisation")
    cookies = [_cookie(organisation, number) for number in range(READERS + WRITERS)]
    made = _open(organisation)
    port = _free_port()
    tell(f"{READERS} readers and {WRITERS} writers for {SECONDS} seconds")
    with _server(port):
        path = f"/o/{organisation.slug}/crisis/{made.pk}/"
        night = Night(port, path, time.monotonic() + SECONDS)
        _live(night, cookies, f"version={made.version}&stand={made.stand}")
    with transaction_for([organisation.pk]):
        serials = list(LogLine.objects.filter(crisis=made).values_list("serial", flat=True))
        texts = list(LogLine.objects.filter(crisis=made).values_list("text", flat=True))
    return _told(night, serials, texts)


def _cookie(organisation: Organisation, number: int) -> str:
    user = User.objects.create_user(f"crisis{number}@example.org", name=f"Crisis {number}")
    with transaction_for([organisation.pk]):
        add_member(organisation_id=organisation.pk, user=user, role=Role.CISO)
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _open(organisation: Organisation) -> Crisis:
    user = User.objects.get(email="crisis0@example.org")
    actor: Actor = person_actor(organisation.pk, user.pk, user.name, Role.CISO)
    with transaction_for([organisation.pk], actor):
        incident = stricken(actor)
        wanted = Opening("Gijzelsoftware", "strategic", "Alles ligt plat.", "", incident.pk)
        made = crises.open_crisis(actor=actor, wanted=wanted)
        made.refresh_from_db()
        return made


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _server(port: int) -> Iterator[None]:
    line = gunicorn(Namespace(host="127.0.0.1", port=port, workers=2, threads=4))
    environment = {name: value for name, value in os.environ.items() if "OWNER" not in name}
    process = subprocess.Popen(line, env=environment)  # noqa: S603
    try:
        _wait(port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server does not come up")


def _live(night: Night, cookies: list[str], start: str) -> None:
    night.seen = [Counter() for _reader in range(READERS)]
    with ThreadPoolExecutor(READERS + WRITERS) as people:
        going = [
            people.submit(_read, night, cookies[number], number, start) for number in range(READERS)
        ]
        going += [people.submit(_write, night, cookie) for cookie in cookies[READERS:]]
        for one in going:
            one.result()


def _ask(
    night: Night, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, str]:
    """Ask the server over a connection of its own; returns the status and what it said."""
    connection = HTTPConnection("127.0.0.1", night.port, timeout=60)
    try:
        connection.request(method, path, body or None, {"Host": HOST, **headers})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _read(night: Night, cookie: str, number: int, start: str) -> None:
    seen = start
    headers = {"HX-Request": "true", "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
    time.sleep(random.uniform(0, EVERY))  # noqa: S311 -- no secret
    while time.monotonic() < night.until + 3 * EVERY:
        began = time.monotonic()
        status, body = _ask(night, "GET", f"{night.path}?{seen}", headers)
        if status not in (200, 204):
            raise RuntimeError(f"a reader was answered {status}")
        now = time.monotonic()
        night.polls.append((now - began, status))
        for line in {int(one) for one in _LINE.findall(_log_part(body))}:
            night.seen[number][line] += 1
            night.early.append((line, now))
        if found := _SEEN.search(body):
            seen = html.unescape(found[1])
        time.sleep(EVERY)


def _log_part(body: str) -> str:
    """Return the new lines of the log; how it stands is drawn beside them."""
    return body.partition("<ol")[2].partition("</ol>")[0]


def _write(night: Night, cookie: str) -> None:
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    while time.monotonic() < night.until:
        time.sleep(random.uniform(*PAUSE))  # noqa: S311 -- no secret
        number = next(night.numbers)
        task = number % TASK_EVERY == 0
        page = "taken/geven/" if task else "logboek/schrijven/"
        data = {"text": f"regel-{number}-einde", **({"given_to": "wacht"} if task else {})}
        began = time.monotonic()
        status, _body = _ask(night, "POST", night.path + page, headers, urlencode(data))
        if status != 302:
            raise RuntimeError(f"a writer was answered {status}")
        night.kept[number] = time.monotonic()
        night.writes.append(night.kept[number] - began)


def _told(night: Night, serials: list[int], texts: list[str]) -> dict[str, Any]:
    held = {int(found[1]) for text in texts if (found := _LINE.search(text))}
    wanted = set(night.kept)
    unseen = sum(len(wanted - set(seen)) for seen in night.seen)
    polls = [took for took, _status in night.polls]
    delays = sorted(max(0.0, at - night.kept[line]) for line, at in night.early)
    return {
        "assets": ASSETS,
        "readers": READERS,
        "writers": WRITERS,
        "seconds": SECONDS,
        "asked_every_seconds": EVERY,
        "lines": len(wanted),
        "lost": unseen + len(wanted - held),
        "doubled": sum(times - 1 for seen in night.seen for times in seen.values()),
        "gaps_in_log": len(serials) - max(serials),
        "seen_median_seconds": round(statistics.median(delays), 2),
        "seen_p99_seconds": round(delays[int(0.99 * len(delays))], 2),
        "seen_worst_seconds": round(delays[-1], 2),
        "budget_seconds": BUDGET_SECONDS,
        "polls": len(polls),
        "polls_without_news": sum(status == 204 for _took, status in night.polls),
        "poll_median_ms": _ms(polls, 0.5),
        "poll_p95_ms": _ms(polls, 0.95),
        "write_median_ms": _ms(night.writes, 0.5),
        "write_p95_ms": _ms(night.writes, 0.95),
    }


def _ms(times: list[float], share: float) -> float:
    return round(1000 * sorted(times)[int(share * (len(times) - 1))], 1)
