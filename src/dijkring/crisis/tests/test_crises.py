# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A crisis led through the services: levels, calls, log, decisions, reports and the end."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dijkring.core import clock, due
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.crisis import look, prepared, sheets
from dijkring.crisis.changes import ADDED, GONE, KEPT, changed_lines
from dijkring.crisis.models import Crisis, Decision, Level, LevelChange, LogLine, Ruling, Sitrep
from dijkring.crisis.plain import WIDTH, to_text
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.selectors import levels
from dijkring.crisis.selectors import sitreps as known
from dijkring.crisis.selectors.partners import in_use
from dijkring.crisis.selectors.picture import running, stand
from dijkring.crisis.selectors.reach import number
from dijkring.crisis.selectors.whatif import MOST_SHOWN, failing, periods
from dijkring.crisis.services import crises, decisions, log, partners, people, sitreps, telling
from dijkring.crisis.services.decisions import Question, Said
from dijkring.crisis.services.levels import LevelWanted, keep
from dijkring.crisis.services.people import Called
from dijkring.crisis.services.telling import Line
from dijkring.crisis.tests.crises_objects import approved, asked, opened
from dijkring.incidents.services.touched import Touched, touch
from dijkring.incidents.tests.objects import reported
from dijkring.landscape.models import Asset
from dijkring.landscape.services import assets
from dijkring.landscape.services.dependencies import depend
from dijkring.landscape.services.wanted import AssetWanted, DependencyWanted
from dijkring.landscape.tests.objects import make_assets
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

HX = {"HX-Request": "true"}


def refused(*attempts: Callable[[], Any]) -> None:
    for attempt in attempts:
        with pytest.raises(Refused), transaction.atomic():
            attempt()


def serials(crisis: Crisis) -> list[int]:
    return list(LogLine.objects.filter(crisis=crisis).values_list("serial", flat=True))


def ruling(kind: str, text: str = "Alles af") -> Said:
    return Said(kind, text, "De dader is nog binnen.", "Gemeentesecretaris", clock.now())


def test_what_is_prepared_is_whole_in_both_languages() -> None:
    for words in [*prepared.notes(), *(one.words for one in prepared.phases())]:
        assert all(words[tongue].strip() for tongue in ("nl", "en"))
    dutch, english = prepared.dilemmas("nl"), prepared.dilemmas("en")
    assert list(dutch) == list(english)
    for key, card in dutch.items():
        assert len(card.options) == len(english[key].options) >= 2
        assert len(card.remember) == len(english[key].remember)
    known = prepared.functions()
    assert all(id in known for one in prepared.levels() for id in one.called)
    steps = [one.key for one in prepared.levels() if one.ladder == "grip" and one.in_use]
    assert steps == ["grip1", "grip2", "grip3", "grip4", "grip5"]


def test_opening_calls_who_is_needed_and_takes_the_mark_of_the_incident(
    acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        drill = reported(actor, "Oefening", exercise=True)
        made = opened(actor, "Gijzelsoftware", incident=drill.pk)
        assert made.exercise
        assert made.reference.startswith("OEF-C-")
        names = {one.function: one.name for one in selectors.people(made)}
        # The only CISO fills that function; who heads IT is not known to Dijkring.
        assert names["CISO"] == "Alice Bakker"
        assert "" in names.values()
        assert LevelChange.objects.get(crisis=made).key == "operational"
        assert look.titled(made, "x") != "x"
        refused(
            lambda: opened(actor, " "),
            lambda: opened(actor, "Storing", incident=987_654),
            lambda: crises.change_level(
                actor=actor, crisis=made, ladder="own", key="operational", reason="nog eens"
            ),
            lambda: crises.change_level(
                actor=actor, crisis=made, ladder="grip", key="grip-national", reason="hoger"
            ),
        )
        crises.change_level(actor=actor, crisis=made, ladder="grip", key="grip3", reason="onrust")
        crises.change_level(actor=actor, crisis=made, ladder="grip", key="", reason="weer rustig")
        assert Crisis.objects.get(pk=made.pk).grip == ""
        functions = [one.function for one in selectors.people(made)]
        assert len(functions) == len(set(functions))
    with acting(bob) as reader, pytest.raises(Forbidden):
        opened(reader, "Dat mag niet")


def test_what_must_be_told_without_delay_stands_among_the_clocks(
    acting: Acting, client_of: ClientOf, alice: User
) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Gijzelsoftware", incident=reported(actor, "Gijzelsoftware").pk)
        names = [one.obligation.id for one in running(made)]
        assert names[:2] == ["cbw.early_warning", "cbw.notification"]
        assert names[-2:] == ["cbw_others.recipients", "avg.subjects"]
    page = client_of(alice).get(f"/o/dijkerveen/crisis/{made.pk}/").content.decode()
    assert "zonder vertraging" in page


def test_the_log_has_one_order_and_nothing_of_it_changes(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
        for text in ("Eerste", "Tweede"):
            log.write(actor=actor, crisis=made, text=text, source="telefoon")
        people.add(actor=actor, crisis=made, function="Huisarts")
        assert serials(made) == list(range(1, len(serials(made)) + 1))
        seen = selectors.seen(made.organisation_id, made.pk)
        assert seen is not None
        assert seen[0] == len(serials(made))
        later = clock.now() + timedelta(hours=1)
        refused(
            lambda: log.write(actor=actor, crisis=made, text="  "),
            lambda: log.write(actor=actor, crisis=made, text="morgen", at=later),
        )
        assert serials(made) == list(range(1, seen[0] + 1))
        with pytest.raises(DatabaseError), transaction.atomic():
            LogLine.objects.filter(crisis=made).update(text="Anders")


def followed(answer: Any) -> str:
    """Return where the page asks on, as it stands in an answer."""
    found = re.search(r'hx-get="([^"]+)"', answer.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_following_gives_each_line_once_and_nothing_when_nothing_came(
    acting: Acting, client_of: ClientOf, alice: User
) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
    client = client_of(alice)
    now = clock.now()

    def follow(path: str) -> Any:
        with clock.moved_to(now):
            return client.get(path, headers=HX)

    with clock.moved_to(now):
        path = followed(client.get(f"/o/dijkerveen/crisis/{made.pk}/"))
    assert follow(path).status_code == 204
    with acting(alice) as actor:
        log.write(actor=actor, crisis=made, text="De stroom is terug")
    answer = follow(path)
    assert answer.content.count(b"De stroom is terug") == 1
    assert b'id="stand"' not in answer.content
    path = followed(answer)
    assert follow(path).status_code == 204
    with acting(alice) as actor:
        asked(actor, made)
    answer = follow(path)
    assert b"De stroom is terug" not in answer.content
    assert answer.content.count(b'id="stand"') == 1
    for wrong in ("version=--1", "outside=1e9", "moment=" + "9" * 40):
        assert follow(f"/o/dijkerveen/crisis/{made.pk}/?{wrong}&version=1").status_code == 200


def test_what_fails_follows_what_others_write_down_and_the_clock(
    acting: Acting, client_of: ClientOf, alice: User, fatima: User
) -> None:
    client, now = client_of(alice), clock.now()
    with acting(alice) as actor:
        incident = reported(actor, "Uitval")
        made = opened(actor, "Storing", incident=incident.pk)
        task, centres = make_assets(actor, 1)
        wanted = DependencyWanted(delay_hours=Decimal(3))
        depend(actor=actor, dependent=task, needed=centres[:1], wanted=wanted)
    with clock.moved_to(now):
        path = followed(client.get(f"/o/dijkerveen/crisis/{made.pk}/"))
        assert client.get(path, headers=HX).status_code == 204
    with acting(fatima) as other:
        moment = Touched(now - timedelta(hours=1))
        touch(actor=other, incident=incident, assets=[one.pk for one in centres], wanted=moment)
    said = {}
    for hours in (0, 1.5, 5):
        with clock.moved_to(now + timedelta(hours=hours)):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(path, headers=HX)
            assert len(queries) < 40
            said[hours] = html.unescape(re.sub(r"\s+", " ", answer.content.decode()))
            path = followed(answer)
            assert client.get(path, headers=HX).status_code == 204
    assert "over 2 uur" in said[0]
    assert "over 30 minuten" in said[1.5]
    assert "al 3 uur" in said[5]
    assert all("Bijstand verstrekken 1" in one for one in said.values())


def test_of_much_that_fails_the_heaviest_is_shown(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        incident = reported(actor, "Uitval")
        made = opened(actor, "Storing", incident=incident.pk)
        task, (centre, _other) = make_assets(actor, 1)
        many = [AssetWanted(f"Systeem {n}", Asset.Kind.SYSTEM) for n in range(MOST_SHOWN + 2)]
        for one in (task, *(assets.add(actor=actor, wanted=wanted) for wanted in many)):
            depend(actor=actor, dependent=one, needed=[centre], wanted=DependencyWanted())
        moment = Touched(clock.now() - timedelta(hours=1))
        touch(actor=actor, incident=incident, assets=[centre.pk], wanted=moment)
        found = failing(made)
        assert found is not None
        [already] = periods(found)
        assert len(already.fails) == MOST_SHOWN
        assert already.more_fail == len(found.coming) - MOST_SHOWN
        assert "Bijstand verstrekken 1" in [one.name for one in already.fails]


def test_no_page_of_a_crisis_asks_per_row(acting: Acting, client_of: ClientOf, alice: User) -> None:
    def busy(actor: Actor, made: Crisis) -> None:
        for name in ("Een", "Twee"):
            person = people.add(actor=actor, crisis=made, function=f"{name} {serials(made)[-1]}")
            people.call(actor=actor, person=person, wanted=Called(False, clock.now()))
            people.arrive(actor=actor, person=person)
            log.give_task(actor=actor, crisis=made, text=name, given_to="H. Smit")
            asked(actor, made)
            decisions.rule(actor=actor, decision=asked(actor, made), wanted=ruling("decided"))
            line = Line("Inwoners", name, "website", "L. Prins")
            telling.prepare(actor=actor, crisis=made, wanted=line)
            report = approved(actor, made, name)
            sitreps.send(actor=actor, sitrep=report, to="Regio", channel="LCMS", at=clock.now())

    client = client_of(alice)
    with acting(alice) as actor:
        made = opened(actor, "Storing", incident=reported(actor, "Mail").pk)
        busy(actor, made)
    parts = ("", "mensen/", "taken/", "besluiten/", "situatierapporten/", "communicatie/",
             "checklists/", "logboek/", "blad.txt")  # fmt: skip

    def counted() -> list[int]:
        found = []
        for part in parts:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/o/dijkerveen/crisis/{made.pk}/{part}").status_code == 200
            found.append(len(queries))
        return found

    counted()
    before = counted()
    with acting(alice) as actor:
        busy(actor, made)
    assert counted() == before
    assert max(before) < 32


def test_people_are_called_until_they_are_reached_and_there(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
        person = people.add(actor=actor, crisis=made, function="Wethouder", name="P. Vos")
        now = clock.now()
        soon = now + timedelta(minutes=15)
        people.call(actor=actor, person=person, wanted=Called(False, now, "voicemail", soon))
        assert [one.pk for one in stand(made).unreached if one.pk == person.pk]
        refused(
            lambda: people.call(actor=actor, person=person, wanted=Called(False, now, "", now)),
            lambda: people.call(actor=actor, person=person, wanted=Called(True, soon)),
            lambda: people.leave(actor=actor, person=person),
        )
        people.call(actor=actor, person=person, wanted=Called(True, now))
        people.arrive(actor=actor, person=person)
        assert [one.pk for one in stand(made).here] == [person.pk]
        people.leave(actor=actor, person=person)
        assert stand(made).here == []


def test_who_is_needed_comes_from_the_register_with_the_number_of_the_hour(
    acting: Acting, alice: User
) -> None:
    night = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    with acting(alice) as actor, clock.moved_to(night):
        values = {"kind": "own", "function": "it_piket", "name": "IT-piket", "person": "J. Bos"}
        partners.add(actor=actor, values={**values, "phone_day": "10", "phone_night": "20"})
        made = opened(actor, "Storing")
        found = {one.function: (one.name, one.phone) for one in selectors.people(made)}
        assert found["Leidinggevende ICT"] == ("J. Bos", "20")
        row = in_use(actor.organisation_id).get()
        assert number(row, night + timedelta(days=1, hours=8)) == "10"


def test_a_decision_stays_and_is_seen_later(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
        question = asked(actor, made)
        assert [one.pk for one in stand(made).pending] == [question.pk]
        refused(
            lambda: decisions.rule(actor=actor, decision=question, wanted=ruling("amended")),
            lambda: crises.end(actor=actor, crisis=made, reason="Het is voorbij."),
        )
        decisions.rule(actor=actor, decision=question, wanted=ruling("decided"))
        assert stand(made).pending == []
        refused(lambda: decisions.rule(actor=actor, decision=question, wanted=ruling("decided")))
        decisions.rule(actor=actor, decision=question, wanted=ruling("amended", "Alleen de mail"))
        with pytest.raises(DatabaseError), transaction.atomic():
            Ruling.objects.filter(decision=question).update(text="Anders")
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=question.pk).update(question="Anders")
        crises.end(actor=actor, crisis=made, reason="De dienst werkt weer.")
        refused(
            lambda: log.write(actor=actor, crisis=made, text="Te laat"),
            lambda: decisions.rule(actor=actor, decision=question, wanted=ruling("amended")),
        )
        decisions.rule(actor=actor, decision=question, wanted=ruling("seen", "Kon korter"))
        assert [one.kind for one in question.rulings.all()] == ["decided", "amended", "seen"]


def test_a_report_begins_with_what_is_known_and_shows_what_changed(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Mail", incident=reported(actor, "Mail ligt stil").pk)
        log.write(actor=actor, crisis=made, text="Provider bevestigt storing")
        log.give_task(actor=actor, crisis=made, text="Bel de bank", given_to="H. Smit")
        asked(actor, made)
        line = Line("Inwoners", "De mail werkt niet.", "website", "L. Prins")
        message = telling.prepare(actor=actor, crisis=made, wanted=line)
        telling.sent(actor=actor, message=message, at=clock.now())
        begun = known.start(made)
        assert "Provider bevestigt storing" in begun["picture"]
        assert "Bel de bank" in begun["measures"]
        assert "Sluiten wij af?" in begun["decisions"]
        assert "De mail werkt niet." in begun["communication"]
        assert begun["stake"]
        first = sitreps.draft(actor=actor, crisis=made, sections=begun)
        assert sitreps.draft(actor=actor, crisis=made, sections={}).pk == first.pk
        sitreps.write(
            actor=actor, sitrep=first, sections={"picture": "Alles ligt plat."}, version=0
        )
        with pytest.raises(sitreps.Overtaken):
            sitreps.write(actor=actor, sitrep=first, sections={"picture": "Nee"}, version=0)
        approved_one = sitreps.approve(actor=actor, sitrep=first)
        refused(lambda: sitreps.write(actor=actor, sitrep=first, sections={}, version=1))
        with pytest.raises(DatabaseError), transaction.atomic():
            Sitrep.objects.filter(pk=first.pk).update(picture="Anders")
        given = ("Veiligheidsregio", "LCMS", clock.now())
        sitreps.send(actor=actor, sitrep=approved_one, to=given[0], channel=given[1], at=given[2])
        assert "Alles ligt plat." in known.start(made)["picture"]
        second = approved(actor, made, "Alles ligt plat.\nDe mail werkt weer.")
        assert known.differences(second)["picture"][-1] == (ADDED, "De mail werkt weer.")
        assert known.differences(approved_one) == {}


def test_lines_that_were_kept_are_no_change() -> None:
    before, after = "een\n\n twee ", "twee\ndrie"
    assert changed_lines(before, after) == [(GONE, "een"), (KEPT, "twee"), (ADDED, "drie")]


def test_a_crisis_goes_out_as_plain_text_with_its_mark(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Gijzelsoftware", exercise=True)
        asked(actor, made)
        log.write(actor=actor, crisis=made, text="woord " * 60)
        report = approved(actor, made, "Alles ligt plat.")
        texts = [
            to_text(sheets.whole(Crisis.objects.get(pk=made.pk), "Dijkerveen")),
            to_text(sheets.of_sitrep(report, made, "Dijkerveen")),
        ]
    for text in texts:
        lines = text.splitlines()
        assert lines[0] == lines[-1] != ""
        assert max(len(line) for line in lines[5:]) <= WIDTH
    assert "Sluiten wij af?" in texts[0]
    assert "Alles ligt plat." in texts[1]


def test_a_level_of_our_own_stands_instead_of_the_prepared_one(
    acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        wanted = LevelWanted("Kernteam", 2, "Gemeentesecretaris", "Altijd", "CISO\nHuisarts")
        keep(actor=actor, ladder="own", key="tactical", wanted=wanted)
        found = levels.rung(actor.organisation_id, "own", "tactical")
        assert found is not None
        assert (found.name, found.called) == ("Kernteam", ("CISO", "Huisarts"))
        keep(actor=actor, ladder="grip", key="grip-national", wanted=LevelWanted("GRIP Rijk", 6))
        assert "grip-national" in [one.key for one in levels.rungs(actor.organisation_id)]
        refused(lambda: keep(actor=actor, ladder="own", key="", wanted=LevelWanted("!", 1)))
    with acting(charlie) as other:
        theirs = levels.rung(other.organisation_id, "own", "tactical")
        assert theirs is not None
        assert not theirs.own
        assert not Level.objects.exists()


def test_the_standing_question_takes_no_tick_and_others_no_yes(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")

        def tick(item: str, answer: str) -> Any:
            return telling.tick(actor=actor, crisis=made, item=item, answer=answer)

        refused(
            lambda: tick("first.hack", "done"),
            lambda: tick("first.lead", "yes"),
            lambda: tick("first.nothing", "done"),
        )
        tick("day.hack", "unknown")
        found = stand(made).hack
        assert found is not None
        assert found.answer == "unknown"


def test_a_crisis_that_ended_goes_on_within_its_term_and_only_for_who_leads(
    acting: Acting, client_of: ClientOf, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        made = opened(actor, "Storing")
        task = log.give_task(actor=actor, crisis=made, text="Bel de bank", given_to="H. Smit")
        refused(lambda: crises.reopen(actor=actor, crisis=made, reason="loopt nog"))
        ended = crises.end(actor=actor, crisis=made, reason="Voorbij.")
        refused(lambda: crises.reopen(actor=actor, crisis=made, reason=" "))
        log.end_task(actor=actor, task=task, state="done", result="Gebeld na afloop")
        for values in ({"title": "Anders"}, {"ended_at": None}, {"end_reason": "Anders"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Crisis.objects.filter(pk=made.pk).update(**values)
        assert ended.again_until is not None
        late = ended.again_until + timedelta(minutes=1)
        with clock.moved_to(late):
            refused(lambda: crises.reopen(actor=actor, crisis=made, reason="Toch niet."))
        with pytest.raises(DatabaseError), transaction.atomic():
            Crisis.objects.filter(pk=made.pk).update(
                ended_at=None, reopened_at=late, reopen_reason="Toch niet."
            )
    place = f"/o/dijkerveen/crisis/{made.pk}/heropenen/"
    assert client_of(bob).post(place, {"reason": "x"}).status_code == 403
    assert client_of(alice).post(place, {"reason": "Weer uitgevallen."}).status_code == 302
    with acting(alice) as actor:
        made.refresh_from_db()
        assert made.is_open
        assert made.reopen_reason == "Weer uitgevallen."
        log.write(actor=actor, crisis=made, text="Wij gaan door")
        texts = list(LogLine.objects.filter(crisis=made).values_list("text", flat=True))
        assert [text for text in texts if "Voorbij." in text], "that it had ended stays"


def test_what_must_be_decided_or_done_stands_in_the_calendar(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        soon = clock.now() + timedelta(hours=2)

        def due_now() -> set[str]:
            until = clock.now() + timedelta(days=1)
            rows = due.items(actor.organisation_id, until, actor.can)
            return {one.title.partition(":")[2].strip() for one in rows if one.kind == "crisis"}

        for exercise in (True, False):
            made = opened(actor, "Storing", exercise=exercise)
            wanted = Question("Sluiten wij af?", "Secretaris", needed_by=soon)
            question = decisions.put(actor=actor, crisis=made, wanted=wanted)
            task = log.give_task(
                actor=actor, crisis=made, text="Bel de bank", given_to="H. Smit", due_at=soon
            )
            assert due_now() == (set() if exercise else {"Sluiten wij af?", "Bel de bank"})
        decisions.rule(actor=actor, decision=question, wanted=ruling("decided"))
        crises.end(actor=actor, crisis=made, reason="Voorbij.")
        assert due_now() == {"Bel de bank"}
        log.end_task(actor=actor, task=task, state="done")
        assert due_now() == set()


def test_two_who_write_at_once_lose_nothing(acting: Acting, alice: User) -> None:
    """A writer that is undone leaves no gap: the version goes back with it."""
    with acting(alice) as actor:
        made = opened(actor, "Storing")
        before = serials(made)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _write_and_fail(actor, made)
        log.write(actor=actor, crisis=made, text="Daarna")
        assert serials(made) == [*before, len(before) + 1]


def _write_and_fail(actor: Actor, made: Crisis) -> None:
    log.write(actor=actor, crisis=made, text="Gaat verloren met opzet")
    raise ZeroDivisionError
