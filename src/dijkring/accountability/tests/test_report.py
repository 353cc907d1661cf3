# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report to the council: figures over a period, stored for ever, signed step by step."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from dijkring.accountability import blocks, services, tasks
from dijkring.accountability.models import Report, ReportStep
from dijkring.accountability.selectors import reporting
from dijkring.accountability.tests.makers import date_of, leaf, report, say
from dijkring.actions import services as actions
from dijkring.controls.models import EvidenceRule
from dijkring.core import clock, jobs
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.models import Job
from dijkring.documents import html
from dijkring.evidence.tests.makers import START, count, day, see
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

SITE = "www.dijkerveen.example"
LEAVES = 156


def bio2(made: Report) -> dict[str, Any]:
    (found,) = [one for one in made.figures["frameworks"] if one["key"] == "bio2"]
    return dict(found)


def public(made: Report) -> str:
    return html.to_html(blocks.public_document(made, "Dijkerveen"))


def annex(made: Report) -> str:
    return html.to_html(blocks.annex_document(made, "Dijkerveen"))


def send(acting: Acting, made: Report, ciso: User, secretary: User, board: User) -> None:
    """Let a report pass every step to the council."""
    for to, user in zip(
        ("secretary", "portfolio_holder", "college", "council"),
        (ciso, secretary, board, board),
        strict=True,
    ):
        with acting(user) as actor:
            services.move(actor=actor, report=made, to=to)


class TestFigures:
    """What is told over a period."""

    @pytest.fixture
    def made(self, ciso: Actor) -> Report:
        """One leaf went forward, one back, one stayed, over days 10 to 60."""
        say(ciso, "5.01.01", "met")
        say(ciso, "5.01.02", "not_met")
        say(ciso, "5.02.01", "met")
        with day(40):
            say(ciso, "5.01.01", "partly")
            say(ciso, "5.01.02", "met")
        with day(61):
            return report(ciso, 10, 60)

    def test_start_end_better_and_worse(self, made: Report) -> None:
        found = bio2(made)
        assert found["total"] == LEAVES
        assert found["start"] == {"met": 2, "not_met": 1, "not_assessed": LEAVES - 3}
        assert found["end"] == {"met": 2, "partly": 1, "not_assessed": LEAVES - 3}
        assert (found["better"], found["worse"]) == (1, 1)

    def test_trend_is_that_of_each_month_end(self, made: Report) -> None:
        trend = bio2(made)["trend"]
        assert [point["day"] for point in trend] == ["2030-01-31", "2030-02-28", "2030-03-08"]
        assert [point["counts"].get("partly", 0) for point in trend] == [0, 1, 1]

    def test_every_row_adds_up_to_all_leaves(self, made: Report) -> None:
        found = bio2(made)
        assert sum(sum(one["counts"].values()) for one in found["chapters"]) == LEAVES
        assert {sum(point["counts"].values()) for point in found["trend"]} == {LEAVES}

    def test_law_is_told_by_what_carries_it(self, made: Report) -> None:
        assert len(made.figures["law"]) == 10
        assert all(sum(one["counts"].values()) for one in made.figures["law"])

    def test_what_happens_after_the_period_is_left_out(self, ciso: Actor, made: Report) -> None:
        with day(70):
            say(ciso, "5.02.01", "not_met")
            again = report(ciso, 10, 60)
        assert bio2(again) == bio2(made)

    def test_lapses_that_no_worker_carried_out_are_in_it(self, ciso: Actor) -> None:
        say(ciso, "5.01.01", "met", days=20)
        with day(61):
            found = bio2(report(ciso, 10, 60))
        assert found["end"] == {"show_again": 1, "not_assessed": LEAVES - 1}
        assert found["worse"] == 1


class TestMeasured:
    """What the measurements show, at the end and over the period."""

    def test_operation_over_the_period(self, ciso: Actor) -> None:
        count(ciso, SITE)
        for number in range(0, 61, 5):
            with day(number):
                see(ciso, SITE, "fail" if number in (20, 25) else "pass")
        with day(61):
            made = report(ciso, 0, 60)
        (web,) = [one for one in made.figures["operation"] if one["kind"] == "surface.web"]
        assert (web["population"], web["exceptions"], web["mended"]) == (1, 1, 1)
        assert web["median_days"] == 10
        # One of all kinds was measured, all the time from nine o'clock on the first day.
        rule = EvidenceRule.objects.get(requirement__ref="5.14.01", population="surface.web")
        assert web["coverage"] == pytest.approx(1 / len(rule.kinds))
        assert 0.8 < web["met"] < 0.9
        words = public(made)
        assert "1 website," in words
        assert "1 afwijking, waarvan 1 hersteld" in words

    def test_lapsed_pass_counts_as_not_measured_and_lapsed_fail_as_fail(self, ciso: Actor) -> None:
        see(ciso, SITE, "pass")
        see(ciso, f"a.{SITE}", "fail")
        with day(20):
            (found,) = report(ciso, 0, 20).figures["measured"]
            (then,) = report(ciso, 0, 5).figures["measured"]
        assert found == {"category": "web-tls", "states": {"not_measured": 1, "fail": 1}}
        assert then == {"category": "web-tls", "states": {"pass": 1, "fail": 1}}


def test_actions_of_the_period(ciso: Actor) -> None:
    late, done, later = (
        actions.open_action(actor=ciso, title=title, due_on=due)
        for title, due in (("Eerste", date_of(60)), ("Tweede", date_of(10)), ("Derde", date_of(61)))
    )
    with day(50):
        actions.move(actor=ciso, action=done, to="done")
    with day(70):
        found = report(ciso, 10, 60).figures["actions"]
    assert (found["opened"], found["closed"], found["open"], found["late"]) == (0, 1, 2, 1)
    assert {late.state, later.state} == {"open"}


def test_annex_tells_the_end_of_the_period_as_the_public_part_does(ciso: Actor) -> None:
    with day(20):
        opened = actions.open_action(actor=ciso, title="Herstel de back-up")
    with day(40):
        actions.move(actor=ciso, action=opened, to="done")
    with day(61):
        assert "Herstel de back-up" in annex(report(ciso, 10, 30))
        assert "Herstel de back-up" not in annex(report(ciso, 10, 60))


def test_next_period_begins_after_the_last_report_that_was_sent(
    ciso: Actor, acting: Acting, alice: User, fatima: User, greet: User
) -> None:
    with day(61):
        made = report(ciso, 10, 60)
        first = reporting.proposed_period(ciso.organisation_id)
        assert first["last"] - first["first"] == reporting.HALF_A_YEAR
        send(acting, made, alice, fatima, greet)
        then = reporting.proposed_period(ciso.organisation_id)
        assert then == {"first": date_of(61), "last": date_of(61)}


def test_stored_figures_never_change(ciso: Actor) -> None:
    say(ciso, "5.01.01", "met")
    with day(30):
        made = report(ciso, 0, 30)
        shown = public(made), annex(made)
        say(ciso, "5.01.01", "not_met")
        count(ciso, SITE)
        see(ciso, SITE, "fail")
        actions.open_action(actor=ciso, title="Nieuw")
    with day(90):
        again = Report.objects.get(pk=made.pk)
        assert (public(again), annex(again)) == shown


@pytest.mark.parametrize(("first", "last"), [(10, 5), (0, 31), (-1200, 0)])
def test_period_that_cannot_be(ciso: Actor, first: int, last: int) -> None:
    with day(30), pytest.raises(Refused):
        report(ciso, first, last)
    assert not Report.objects.exists()


def test_only_the_ciso_makes_a_report(acting: Acting, fatima: User) -> None:
    with acting(fatima) as secretary, day(30), pytest.raises(Forbidden):
        report(secretary, 0, 30)


class TestSteps:
    """Concept, secretary, portfolio holder, college, council."""

    @pytest.fixture
    def made(self, ciso: Actor) -> Report:
        return report(ciso, -30, 0)

    def go(self, acting: Acting, user: User, made: Report, to: str, note: str = "") -> None:
        with acting(user) as actor:
            services.move(actor=actor, report=made, to=to, note=note)

    def test_each_step_by_its_own_role(
        self, made: Report, acting: Acting, alice: User, fatima: User, greet: User, bob: User
    ) -> None:
        steps = (
            ("secretary", alice),
            ("portfolio_holder", fatima),
            ("college", greet),
            ("council", greet),
        )
        for to, entitled in steps:
            for other in {alice, fatima, greet, bob} - {entitled}:
                with pytest.raises(Forbidden):
                    self.go(acting, other, made, to)
            self.go(acting, entitled, made, to)
        made.refresh_from_db()
        assert made.status == "council"
        assert [str(step.by) for step in made.steps.all()] == [
            str(entitled) for _, entitled in steps
        ]

    def test_back_to_concept_only_with_a_reason(
        self, made: Report, acting: Acting, alice: User, fatima: User
    ) -> None:
        self.go(acting, alice, made, "secretary")
        with pytest.raises(Refused):
            self.go(acting, fatima, made, "concept")
        self.go(acting, fatima, made, "concept", "De cijfers van juli ontbreken.")
        assert made.status == "concept"
        assert annex(made).count("akkoord") == 0
        self.go(acting, alice, made, "secretary")
        assert annex(made).count("akkoord") == 1

    def test_no_step_is_skipped(self, made: Report, acting: Acting, alice: User) -> None:
        for to in ("portfolio_holder", "college", "council", "concept", "nergens"):
            with pytest.raises(Refused):
                self.go(acting, alice, made, to, "Graag.")
        assert not ReportStep.objects.exists()

    def test_database_refuses_every_other_move(self, made: Report) -> None:
        for to in ("portfolio_holder", "college", "council"):
            with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
                Report.objects.filter(pk=made.pk).update(status=to)
        made.refresh_from_db()
        assert made.status == "concept"


def test_next_report_shows_the_difference_with_the_last_one_sent(
    ciso: Actor, acting: Acting, alice: User, fatima: User, greet: User
) -> None:
    say(ciso, "5.01.01", "not_met")
    with day(30):
        first = report(ciso, 0, 30)
        assert "Dit is het eerste rapport" in public(first)
        say(ciso, "5.01.01", "met")
    with day(60):
        unsent = report(ciso, 31, 60)
        assert unsent.previous is None
        send(acting, first, alice, fatima, greet)
        second = report(ciso, 31, 60)
    assert second.previous == first
    words = public(second)
    assert "Dit is het eerste rapport" not in words
    assert "+1" in words
    assert "-1" in words or "−1" in words


class TestJob:
    """Making a report is work that may be killed and done again."""

    def start(self, actor: Actor) -> Job:
        today = date_of(0)
        return jobs.start(
            actor=actor,
            kind="accountability.report",
            title="Rapport",
            first=(today - timedelta(days=30)).toordinal(),
            last=today.toordinal(),
        )

    def ids(self) -> dict[str, int]:
        today: date = date_of(0)
        return {"first": (today - timedelta(days=30)).toordinal(), "last": today.toordinal()}

    def test_killed_after_its_work_it_makes_nothing_twice(self, ciso: Actor) -> None:
        job = self.start(ciso)
        progress = jobs.Progress(job.pk, ciso.organisation_id)
        first = tasks.make(progress, organisation_id=ciso.organisation_id, **self.ids())
        again = tasks.make(progress, organisation_id=ciso.organisation_id, **self.ids())
        assert first == again
        assert Report.objects.count() == 1

    def test_done_twice_it_makes_nothing_twice(self, ciso: Actor) -> None:
        job = self.start(ciso)
        for _time in range(2):
            jobs.perform(
                job_id=job.pk,
                organisation_id=ciso.organisation_id,
                kind=job.kind,
                ids=self.ids(),
            )
        made = Report.objects.get()
        job.refresh_from_db()
        assert (job.state, job.result_url) == ("done", f"/o/dijkerveen/raad/{made.pk}/")
        assert (made.made_by_id, made.made_at) == (ciso.user_id, START)


class TestPages:
    """The pages of the report, for who may and who may not."""

    BASE = "/o/dijkerveen/raad/"

    @pytest.fixture
    def made(self, acting: Acting, alice: User) -> Report:
        today = clock.today()
        with acting(alice) as actor:
            say(actor, "5.01.01", "not_met")
            return services.make_report(
                actor=actor, title="Rapport", first=today - timedelta(days=60), last=today
            )

    def test_reader_sees_the_public_part_only(
        self, client_of: ClientOf, bob: User, fatima: User, made: Report
    ) -> None:
        reader, secretary = client_of(bob), client_of(fatima)
        page = f"{self.BASE}{made.pk}/"
        shown = reader.get(page).content.decode()
        assert "Waar wij staan" in shown
        assert leaf("5.01.01").label not in shown
        assert "bijlage" not in shown
        for part in ("bijlage/", "bijlage.pdf", "bijlage.odt", "bijlage.html"):
            assert reader.get(page + part).status_code == 403
            assert secretary.get(page + part).status_code == 200

    @pytest.mark.parametrize(
        ("kind", "start"), [("html", b"<!"), ("pdf", b"%PDF-"), ("odt", b"PK\x03\x04")]
    )
    def test_handed_out_as_a_file(
        self, client_of: ClientOf, bob: User, made: Report, kind: str, start: bytes
    ) -> None:
        response = client_of(bob).get(f"{self.BASE}{made.pk}/openbaar.{kind}")
        assert response.content.lstrip()[: len(start)] == start
        assert response.headers["Content-Disposition"].startswith("attachment")

    def test_unknown_kind_and_stranger(
        self, client_of: ClientOf, bob: User, charlie: User, made: Report
    ) -> None:
        assert client_of(bob).get(f"{self.BASE}{made.pk}/openbaar.exe").status_code == 404
        for slug in ("dijkerveen", "waterhoek"):
            address = f"/o/{slug}/raad/{made.pk}/"
            assert client_of(charlie).get(address).status_code == 404

    def test_making_starts_a_job_that_leads_to_the_report(
        self, client_of: ClientOf, alice: User, acting: Acting, do_jobs: Any
    ) -> None:
        client = client_of(alice)
        today = clock.today()
        given = {"title": "Halfjaar", "first": str(today - timedelta(days=9)), "last": str(today)}
        wrong = client.post(f"{self.BASE}nieuw/", given | {"last": "2099-01-01"})
        assert wrong.status_code == 422
        assert "Halfjaar" in wrong.content.decode()
        response = client.post(f"{self.BASE}nieuw/", given)
        assert response.status_code == 302
        assert do_jobs() == 2, "the report, and the notice that it is there"
        with acting(alice):
            made = Report.objects.get()
        assert f"raad/{made.pk}/" in client.get(response.headers["Location"]).content.decode()
        assert "Halfjaar" in client.get(self.BASE).content.decode()

    def test_step_on_the_page(
        self, client_of: ClientOf, alice: User, fatima: User, made: Report
    ) -> None:
        page = f"{self.BASE}{made.pk}/"
        assert f"{page}stap/secretary/" in client_of(alice).get(page).content.decode()
        assert f"{page}stap/" not in client_of(fatima).get(page).content.decode()
        assert client_of(fatima).post(f"{page}stap/secretary/", {"reason": "x"}).status_code == 403
        response = client_of(alice).post(f"{page}stap/secretary/", {"reason": "Ter tekening."})
        assert response.status_code == 302
        assert "Ter tekening." in client_of(fatima).get(page).content.decode()
