# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""About a year of history, made by running the real functions under a moved clock.

Servers of a practice internet of its own are broken and mended; they are really measured. People
judge, accept, act and report through the same services as the pages. Nothing is inserted.
"""

import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from dijkring.accountability import services as accountability
from dijkring.actions import services as actions
from dijkring.controls.models import Requirement
from dijkring.controls.services import applicability
from dijkring.core import clock, jobs
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import (
    cooperating,
    crises,
    handing_over,
    incidents,
    internet,
    joint,
    landscaping,
    on_call,
    partnering,
    privacy,
    provisions,
    region,
    sharing,
    supplying,
)
from dijkring.evidence.models import Fact
from dijkring.evidence.services import deviations, judgements, uploads
from dijkring.lab.threads import ThreadedLab, start_in_thread
from dijkring.surface.services import authority, domains, measuring, scores

SEED = 20281
WEEKLY = 6
# What the first ten minutes of the readme rest on does not hang on chance.
TOLD, SURELY = 90, 2.0
LAYERS = ("design", "existence", "operation")
Tell = Callable[[str], None]


@dataclass(order=True)
class Event:
    """Something that happens on a day, in order."""

    days: int
    place: int
    what: Callable[[], None] = field(compare=False)
    # The servers of the practice internet have no memory: what befell them is done again.
    always: bool = field(default=False, compare=False)


def make(tell: Tell, bookmark: Path) -> None:
    """Live through the year, from the past to now.

    `bookmark` is a file that says how far it came, so that a start after a crash goes on there.
    """
    now, done = _read(bookmark)
    with tempfile.TemporaryDirectory(prefix="dijkring-demo-") as folder, _lab(Path(folder)) as lab:
        year = _Year(lab, now)
        events = sorted(year.events(), key=lambda event: (-event.days, event.place))
        for number, event in enumerate(events):
            if number < done and not event.always:
                continue
            with clock.moved_to(now - timedelta(days=event.days, minutes=len(events) - number)):
                event.what()
            bookmark.write_text(json.dumps({"now": now.isoformat(), "done": number + 1}))
            if number % 50 == 0:
                tell(f"{100 * number // len(events)} %")
        year.keep_scores()


def _read(bookmark: Path) -> tuple[datetime, int]:
    if not bookmark.exists():
        return clock.now(), 0
    found = json.loads(bookmark.read_text())
    return datetime.fromisoformat(found["now"]), found["done"]


@contextmanager
def _lab(folder: Path) -> Iterator[ThreadedLab]:
    """Run a practice internet of its own and let all measuring go there."""
    lab = start_in_thread(folder)
    settings = {
        "SURFACE_RESOLVER": str(lab.resolver),
        "SURFACE_CA_FILE": str(lab.ca_file),
        "SURFACE_ADDRESS_MAP": str(lab.address_map),
        "SURFACE_ROAS": str(lab.roas),
        "SURFACE_ROUTES": str(lab.routes),
        "SURFACE_REGISTRIES": str(lab.registries),
        "SURFACE_ALLOWED_NETWORKS": "192.0.2.0/24,2001:db8::/32",
    }
    before = {name: os.environ.get(name, "") for name in settings}
    os.environ.update(settings)
    try:
        yield lab
    finally:
        os.environ.update(before)
        lab.stop()


@contextmanager
def _as(actor: Actor) -> Iterator[None]:
    with transaction_for([actor.organisation_id], actor):
        yield


def _landscapes() -> Iterator[Event]:
    """Let the joint body provide its services, and then each taker record what it relies on."""
    story = landscaping.content()
    yield Event(story["joint"]["days"], 65, landscaping.provide)
    for slug in story["joint"]["takers"]:
        yield Event(story["days"], 65, partial(landscaping.rely, slug))
    for row in story["scenarios"]["kept"]:
        yield Event(story["scenarios"]["days"], 65, partial(landscaping.keep_scenario, row))
    yield Event(story["scenarios"]["days"], 65, landscaping.tell_parts)


def _incidents() -> Iterator[Event]:
    """Live through one incident, and begin an exercise."""
    story = incidents.content()
    yield Event(story["real"]["days"], 69, incidents.live_through)
    yield Event(story["exercise"]["days"], 69, incidents.exercise)
    yield Event(20, 69, privacy.letter_astray)
    yield Event(20, 69, privacy.aims)
    yield Event(joint.content()["days"], 69, joint.live_through)
    story = on_call.content()
    yield Event(story["report_days"], 69, on_call.report_by_page)
    yield Event(story["days"], 69, on_call.make_list)
    yield Event(story["handed_days"], 69, on_call.hand_over)


def _suppliers() -> Iterator[Event]:
    """Let municipalities keep their suppliers, and one of these answer one of those."""
    story = supplying.content()
    yield Event(story["days"], 66, partial(supplying.keep, supplying.FIRST))
    for slug in story["others"]:
        yield Event(story["days"], 67, partial(supplying.keep, slug))
    yield Event(story["days"] - 4, 68, supplying.answer)
    yield Event(story["days"] - 6, 68, supplying.ask)
    yield Event(partnering.content()["days"], 70, partnering.prepare)


class _Year:
    """Everything that happens, as events."""

    def __init__(self, lab: ThreadedLab, now: datetime) -> None:
        self.lab = lab
        self.now = now
        self.random = random.Random(SEED)  # noqa: S311 -- a story, not a secret
        self.content = region.content()
        self.ciso = {
            slug: region.in_role(slug, "ciso") for slug in self.content["organisations_measured"]
        }

    def events(self) -> Iterator[Event]:
        """Yield all events, in no particular order."""
        yield from self._weather()
        for slug, plan in self.content["organisations_measured"].items():
            began = 30 * plan["began"]
            yield Event(began, 0, partial(self._register, slug))
            for days in _measuring_days(began, plan):
                yield Event(days, 5, partial(self._measure, slug))
            yield from self._judging(slug, plan, began)
        yield from self._dijkerveen()
        yield from self._sharing()
        yield from self._provisions()
        yield from self._cooperating()
        yield from self._handing_over()
        yield from self._internet()
        yield from _landscapes()
        yield from _suppliers()
        yield from _incidents()
        yield Event(0, 70, crises.live_through)

    def keep_scores(self) -> None:
        """Store the course of the scores, as the worker does each day."""
        for actor in self.ciso.values():
            with _as(actor):
                scores.keep(actor.organisation_id)

    def _internet(self) -> Iterator[Event]:
        for row in self.content["systems"]:
            yield Event(row["days"], 30, partial(internet.add_system, row))
        for row in self.content["requests"]:
            yield Event(row["days"], 30, partial(internet.ask_supplier, row))
        for row in self.content["registrations"]:
            yield Event(row["days"], 30, partial(internet.record_registration, row))
        for row in self.content["lookalikes"]:
            yield Event(row["days"], 30, partial(internet.look_for_names, row))
            for said in row["judged"]:
                judge = partial(internet.judge_name, row["organisation"], said)
                yield Event(said["days"], 30, judge)

    def _handing_over(self) -> Iterator[Event]:
        for row in self.content["handed_over"]:
            yield Event(row["days"], 25, partial(handing_over.hand_over, row))
            if row["accepted"]:
                yield Event(row["days"] - 2, 25, partial(handing_over.accept, row))

    def _cooperating(self) -> Iterator[Event]:
        for row in self.content["involvements"]:
            yield Event(row["days"], 60, partial(cooperating.record, row))
        for row in self.content["cbw_tests"]:
            yield Event(row["days"], 60, partial(cooperating.do_cbw_test, row))

    def _provisions(self) -> Iterator[Event]:
        row = self.content["service"]
        yield Event(row["days"], 50, partial(provisions.offer, row))
        for slug in row["takers"]:
            yield Event(row["days"] - 5, 50, partial(provisions.take, row, slug))
        for said in row["judged"]:
            yield Event(said["days"], 50, partial(provisions.judge, row, said))
        left = row["left"]
        yield Event(
            left["days"], 55, partial(provisions.leave, left["taker"], left["ref"], left["reason"])
        )

    def _sharing(self) -> Iterator[Event]:
        for row in self.content["agreements"]:
            for giver in row["givers"]:
                yield Event(row["days"], 40, partial(sharing.agree, row, giver))
        for days in (90, 30, 2):
            yield Event(days, 45, partial(sharing.look, "veiligheidsregio-sluisland"))

    def _weather(self) -> Iterator[Event]:
        for row in self.content["weather"]:
            yield Event(row["days"], 1, partial(self._befall, row), always=True)

    def _befall(self, row: dict[str, Any]) -> None:
        if "break" in row:
            self.lab.break_name(row["name"], row["break"])
        else:
            self.lab.mend_name(row["name"], row["mend"])

    def _register(self, slug: str) -> None:
        actor = self.ciso[slug]
        with _as(actor):
            known = set(domains.current(actor.organisation_id).values_list("name", flat=True))
        for row in self.content["domains"][slug]:
            if row["name"] in known:
                continue
            with _as(actor):
                domain = domains.register_domain(
                    actor=actor,
                    name=row["name"],
                    carries_mail=bool(row.get("mail")),
                    responsible=row["hoster"],
                )
            self.lab.publish_txt(domain.record_name, domain.record_value)
            with _as(actor):
                authority.prove_by_dns(actor=actor, domain=domain)

    def _measure(self, slug: str) -> None:
        actor = self.ciso[slug]
        with _as(actor):
            job = measuring.measure_now(actor=actor)
        jobs.perform(job_id=job.pk, organisation_id=actor.organisation_id, kind=job.kind, ids={})
        if slug == self.content["service"]["provider"]:
            provisions.pass_on(slug)

    def _judging(self, slug: str, plan: dict[str, Any], began: int) -> Iterator[Event]:
        leaves = list(
            Requirement.objects.filter(
                framework__key__in=("bio2", "bio2-isms"),
                leaf=True,
                status="active",
                organisation=None,
            )
        )
        told = plan.get("told", {}) | dict.fromkeys(self.content["service"]["covers"], "")
        for leaf in leaves:
            fate = told.get(leaf.ref, "judged" if self.random.random() < plan["judged"] else "")
            if not fate:
                continue
            day = TOLD if leaf.ref in told else self.random.randint(2, max(3, began - 10))
            for layer in leaf.layers:
                if leaf.ref == "5.14.01" and layer == "operation":
                    continue
                met = SURELY if fate == "met" else plan["met"]
                yield self._judgement(slug, leaf, layer, day, met)

    def _judgement(self, slug: str, leaf: Requirement, layer: str, day: int, met: float) -> Event:
        roll = self.random.random()
        good = met * (1.1 if layer == "design" else 0.95)
        verdict = "met" if roll < good else "partly" if roll < good + 0.15 else "not_met"
        reason = self.random.choice(self.content["reasons"][verdict])
        valid = timedelta(days=self.random.choice((180, 365, 365, 365)))
        actor = self.ciso[slug]

        def judge() -> None:
            with _as(actor):
                judgements.judge(
                    actor=actor,
                    requirement=leaf,
                    layer=layer,
                    line="owner",
                    verdict=verdict,
                    reason=reason,
                    valid_until=clock.now() + valid,
                )

        return Event(day, 10, judge)

    # --- what only the first municipality does

    def _dijkerveen(self) -> Iterator[Event]:
        yield Event(300, 20, self._apply)
        yield Event(280, 20, self._audit)
        for row in self.content["actions"]:
            yield Event(60, 20, partial(self._act, row))
        yield Event(30, 20, self._deviate)
        yield Event(130, 30, self._report_half_year)

    def _apply(self) -> None:
        ciso, secretary = self.ciso["dijkerveen"], region.in_role("dijkerveen", "secretary")
        for row in self.content["not_applicable"]:
            leaf = Requirement.objects.get(
                framework__key="bio2", framework__organisation=None, ref=row["ref"]
            )
            with _as(ciso):
                applicability.decide_applicability(
                    actor=ciso, requirements=[leaf], applicable=False, reason=row["reason"]
                )
            with _as(secretary):
                applicability.approve_applicability(actor=secretary, requirements=[leaf])

    def _audit(self) -> None:
        auditor = region.in_role("dijkerveen", "auditor")
        leaf = Requirement.objects.get(
            framework__key="bio2", framework__organisation=None, ref="5.18.01"
        )
        with _as(auditor):
            document = uploads.upload(
                actor=auditor,
                name="bevindingen-toegangsrechten.txt",
                content=BytesIO(FINDINGS.encode()),
            )
            judgements.judge(
                actor=auditor,
                requirement=leaf,
                layer="operation",
                line="audit",
                verdict="not_met",
                reason="In de steekproef hadden medewerkers nog rechten van hun vorige functie.",
                valid_until=None,
                documents=[document],
            )

    def _act(self, row: dict[str, Any]) -> None:
        ciso, owner = self.ciso["dijkerveen"], region.in_role("dijkerveen", "process_owner")
        with _as(ciso):
            actions.open_action(
                actor=ciso,
                title=row["title"],
                owner_id=owner.user_id,
                due_on=clock.day_of(self.now + timedelta(days=row["days"])),
                priority=row["priority"],
                cost=Decimal(row["cost"]),
                requirements=[f"bio2:{row['ref']}"],
            )

    def _deviate(self) -> None:
        ciso = self.ciso["dijkerveen"]
        with _as(ciso):
            found = Fact.objects.filter(kind="surface.web-tls.https_hsts", state="fail", until=None)
            for fact in found:
                deviations.accept(
                    actor=ciso,
                    kind=fact.kind,
                    subject=fact.subject,
                    reason="Het archief gaat over twee maanden naar een ander platform.",
                    ends_at=self.now + timedelta(days=60),
                )

    def _report_half_year(self) -> None:
        ciso = self.ciso["dijkerveen"]
        last = clock.today()
        with _as(ciso):
            report = accountability.make_report(
                actor=ciso,
                title="Digitale veiligheid, eerste rapport",
                first=last - timedelta(days=182),
                last=last,
            )
        signing = (
            ("secretary", "ciso"),
            ("portfolio_holder", "secretary"),
            ("college", "board"),
            ("council", "board"),
        )
        for to, role in signing:
            person = region.in_role("dijkerveen", role)
            with _as(person):
                report.refresh_from_db()
                accountability.move(actor=person, report=report, to=to, note="Akkoord.")


def _measuring_days(began: int, plan: dict[str, Any]) -> list[int]:
    """Return the days before now: seldom at first, then every six days, and just now."""
    at_first = range(began - 1, plan["weekly"], -plan["every"])
    return [*at_first, *range(plan["weekly"], 0, -WEEKLY), 0]


FINDINGS = """Bevindingen bij de controle van toegangsrechten

Steekproef van 25 accounts. Drie accounts hadden nog rechten van een vorige functie.
Advies: laat de proceseigenaar elk kwartaal de rechten nalopen en leg dat vast.
"""
