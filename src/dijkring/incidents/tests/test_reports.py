# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports out: filled beforehand, changed, reviewed, handed in by a person, frozen, handed out."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import translation

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import transaction_for
from dijkring.incidents import help_requests, report_documents, report_fillers, report_forms
from dijkring.incidents.breach_content import lines
from dijkring.incidents.models import (
    Breach,
    Cost,
    Exhibit,
    Incident,
    Indicator,
    Report,
    TouchedAsset,
)
from dijkring.incidents.obligations import ours
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors import incidents
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.services import clocks, reporting, reports
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.reporting import Overtaken, Reported, Triage
from dijkring.incidents.tests.report_objects import NOT_KNOWN, filled_in, reviewed
from dijkring.landscape.services import assets
from dijkring.landscape.services.wanted import AssetWanted
from dijkring.notices.models import Notice
from dijkring.organisations.models import Membership, Organisation, User
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers
from dijkring.sharing.tests.objects import in_force, secretary
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs

NOTICED = datetime(2026, 10, 24, 12, 30, tzinfo=UTC)
EARLY, NOTIFICATION, FINAL = "cbw.early_warning", "cbw.notification", "cbw.final_report"


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Speak Dutch, whatever was spoken before."""
    with translation.override("nl"):
        yield


@contextmanager
def hours_later(hours: float) -> Iterator[None]:
    with clock.moved_to(NOTICED + timedelta(hours=hours)):
        yield


def report(actor: Actor, *, exercise: bool = False) -> Incident:
    """Report files that cannot be read, and triage it as ransomware."""
    with hours_later(1):
        wanted = Reported("Bestanden onleesbaar", NOTICED, "Op de map Zaken.", "no", exercise)
        made = reporting.report(actor=actor, wanted=wanted)
        known = Triage(
            "Bestanden onleesbaar", "Op de map Zaken.", "malicious_code", "high", personal_data="no"
        )
        return reporting.triage(actor=actor, incident=made, wanted=known, version=0)


def fresh(made: Incident) -> Incident:
    return incidents.everything(made.organisation_id).get(pk=made.pk)


def hand_in(actor: Actor, made: Incident, form: str, *, as_written: bool = True) -> Report:
    given = HandedIn(clock.now(), "F. Aydin", "Meldpunt", "NCSC-1", "Ontvangen.")
    reports.hand_in(actor=actor, incident=made, form=form, wanted=given, as_written=as_written)
    return selectors.of_incident(made)[-1]


def test_every_form_is_complete_in_both_languages_and_names_fillers_that_exist() -> None:
    with_form = {one.id for one in ours()} & set(report_forms.ours())
    assert {EARLY, NOTIFICATION, FINAL, "avg.authority", "avg.subjects"} <= with_form
    assert set(report_forms.loose()) == {"other.council", "other.police", "other.help"}
    for form in report_forms.ours().values():
        ids = [one.id for one in form.fields]
        assert len(ids) == len(set(ids)), form.id
        assert any(one.needed == "yes" for one in form.fields), form.id
        assert set(form.after) <= set(report_forms.ours()), form.id
        for one in form.fields:
            assert all(one.label.get(t) and one.help.get(t) for t in ("nl", "en")), (form.id, one)
            assert set(one.fill) <= report_fillers.names(), (form.id, one.fill)


def test_a_duty_without_a_form_asks_for_what_it_says_that_the_report_holds() -> None:
    [order] = [one for one in ours() if one.id == "cbw_others.persons_on_order"]
    form = report_forms.of_obligation(order)
    assert form.fields[3].label == {"nl": "wat de opdracht noemt", "en": "what the order names"}
    assert (form.to, form.article) == (("persons",), "38")


def test_a_draft_is_filled_from_facts_and_says_where_each_text_comes_from(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made = report(actor)
        with hours_later(2):
            draft = reports.start(actor=actor, incident=made, form=EARLY)
            again = reports.start(actor=actor, incident=made, form=EARLY)
        assert again.pk == draft.pk
        assert draft.text("what") == "Bestanden onleesbaar\nOp de map Zaken."
        assert draft.texts["what"]["source"] == "what_and_touched"
        assert draft.text("aware").startswith("Kennisgenomen op 24 oktober 2026, 14.30 uur")
        assert "Schadelijke software" in draft.text("intent")
        assert "alice@dijkerveen.example" in draft.text("contact")
        empty = selectors.empty(draft, selectors.needed(draft))
        assert [one["id"] for one in empty] == ["borders"]


def test_what_is_written_is_kept_and_two_writers_do_not_overwrite_each_other(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        made = report(actor)
        draft = reports.start(actor=actor, incident=made, form=EARLY)
        texts = {"borders": "Nee.", "what": draft.text("what").replace("\n", "\r\n")}
        saved = reports.write(actor=actor, report=draft, texts=texts, version=0)
        assert saved.texts["what"] == draft.texts["what"]
        assert saved.texts["borders"] == {"text": "Nee.", "source": "person", "by": "Alice Bakker"}
    with acting(fatima) as other:
        with pytest.raises(Overtaken, match="andere landen"):
            reports.write(actor=other, report=draft, texts={"borders": "Ja."}, version=0)
        reporting.enter(actor=other, incident=made, at=clock.now(), text="Server uitgezet.")
        for _twice in range(2):
            renewed = reports.refresh(actor=other, report=draft)
        assert renewed.text("borders") == "Nee."
        assert renewed.text("measures").count("Server uitgezet.") == 1
        assert renewed.texts["what"] == draft.texts["what"]


def test_the_writer_reviews_only_alone_and_says_why_and_a_change_asks_for_it_again(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        made = report(actor)
        draft = reports.start(actor=actor, incident=made, form=EARLY)
        given: dict[str, Any] = {"report": draft, "version": 0, "remark": "", "alone": False}
        with pytest.raises(Refused, match="Gevolgen in andere landen"):
            reports.review(actor=actor, **given)
        draft = filled_in(actor, made, EARLY)
        given = {"report": draft, "version": draft.version, "remark": "", "alone": False}
        for changed in ({}, {"alone": True}):
            with pytest.raises(Refused):
                reports.review(actor=actor, **{**given, **changed})
        alone = reports.review(actor=actor, **{**given, "alone": True, "remark": "Nacht."})
        assert alone.reviewed_alone
    with acting(fatima) as other:
        texts = {"borders": "Toch wel."}
        back = reports.write(actor=other, report=draft, texts=texts, version=alone.version)
        assert (back.state, back.reviewed_by_id) == ("draft", None)
    with acting(alice) as actor, pytest.raises(Refused, match="zelf geschreven"):
        reports.review(actor=actor, **{**given, "version": back.version})


def test_what_was_handed_in_is_frozen_with_its_hash_and_the_next_one_goes_on_from_it(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor, hours_later(3):
        made = report(actor)
        with pytest.raises(Refused, match="nalezen"):
            hand_in(actor, made, EARLY)
        ready = reviewed(actor, made, EARLY)
        frozen = hand_in(actor, made, EARLY)
        assert (frozen.pk, frozen.state) == (ready.pk, "submitted")
        with pytest.raises(Refused, match="nieuwe versie"):
            reports.write(actor=actor, report=frozen, texts={"what": "x"}, version=frozen.version)
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(pk=frozen.pk).update(texts={})
        with hours_later(4):
            reporting.enter(actor=actor, incident=made, at=clock.now(), text="Kopie gevonden.")
        with hours_later(5):
            following = reports.start(actor=actor, incident=fresh(made), form=NOTIFICATION)
        assert following.text("borders") == NOT_KNOWN
        assert "Kopie gevonden." in following.text("changed")
        assert following.texts["borders"]["source"] == "earlier"


def test_a_later_version_adds_to_what_was_handed_in_and_the_clock_keeps_the_first_moment(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        made = report(actor)
        with hours_later(3):
            reviewed(actor, made, EARLY)
            hand_in(actor, made, EARLY)
        with hours_later(30):
            second = reviewed(actor, made, EARLY)
            assert second.number == 2
            assert second.texts["borders"]["by"] == "Alice Bakker"
            hand_in(actor, made, EARLY)
        every = clock_selectors.known(made.organisation_id)
        rows = clock_selectors.of_incident(fresh(made), every)
        [early] = [one for one in rows if one.obligation.id == EARLY]
        assert early.deadline.submitted_at == NOTICED + timedelta(hours=3)
        assert early.standing == clock_selectors.Standing.MET
        first = made.submissions.earliest("at")
        clocks.call_back(actor=actor, submission=first, reason="Fout.")
        rows = clock_selectors.of_incident(fresh(made), every)
        assert [one.standing for one in rows if one.obligation.id == EARLY] == ["late"]


def test_the_reason_of_being_late_is_asked_for_only_when_it_is_late(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        with hours_later(1):
            wanted = Reported("Brief verkeerd bezorgd", NOTICED, personal_data="yes")
            made = reporting.report(actor=actor, wanted=wanted)
            draft = reports.start(actor=actor, incident=made, form="avg.authority")
        for hours, asked in ((71, False), (73, True)):
            with hours_later(hours):
                assert ("late" in selectors.needed(draft)) is asked


def test_a_version_leaves_as_pdf_odt_json_and_text_and_the_hash_can_be_checked(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor, hours_later(3):
        made = report(actor, exercise=True)
        draft = reviewed(actor, made, EARLY)
        assert report_documents.marking(draft) == "OEFENING · CONCEPT · TLP:AMBER"
        assert report_documents.hand_out(draft, "pdf", "Dijkerveen").content[:5] == b"%PDF-"
        text = report_documents.hand_out(draft, "txt", "Dijkerveen").content.decode()
        assert "OEFENING · CONCEPT" in text
        assert "Op de map Zaken." in text
        frozen = hand_in(actor, made, EARLY)
        found = json.loads(report_documents.hand_out(frozen, "json", "Dijkerveen").content)
        plain = json.dumps(
            found["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert hashlib.sha256(plain.encode()).hexdigest() == found["sha256"] == frozen.digest
        assert found["content"]["exercise"] is True
        assert (found["state"], found["reference"]) == ("submitted", "NCSC-1")
        odt = report_documents.hand_out(frozen, "odt", "Dijkerveen")
        with ZipFile(BytesIO(odt.content)) as file:
            inside = file.read("content.xml").decode() + file.read("styles.xml").decode()
        assert "OEFENING" in inside
        assert "CONCEPT" not in inside
        with pytest.raises(Http404):
            report_documents.hand_out(frozen, "docx", "Dijkerveen")


def test_the_council_and_the_police_have_no_clock_and_are_recorded_as_well(
    acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor, hours_later(3):
        made = report(actor)
        for form in ("other.council", "other.police"):
            reviewed(actor, made, form)
            assert hand_in(actor, made, form).digest
        with pytest.raises(Refused):
            reports.start(actor=actor, incident=made, form="other.unknown")
        with pytest.raises(Refused):
            reports.start(actor=actor, incident=made, form="avg.authority")
    with acting(bob) as reader, pytest.raises(Forbidden):
        reports.start(actor=reader, incident=made, form=EARLY)


def test_the_rest_of_the_file_fills_the_reports_as_well(acting: Acting, alice: User) -> None:
    with acting(alice) as actor, hours_later(3):
        wanted = Reported("Lijst verkeerd gemaild", NOTICED, personal_data="yes")
        made = reporting.report(actor=actor, wanted=wanted)
        common = {"organisation_id": actor.organisation_id, "incident": made}
        asset = assets.add(actor=actor, wanted=AssetWanted(kind="task", name="Burgerzaken"))
        now = clock.now()
        TouchedAsset.objects.create(**common, asset=asset, since=NOTICED, added_at=now)
        Indicator.objects.create(**common, kind="ip", value="192.0.2.7", added_at=now)
        Cost.objects.create(**common, what="Hulp", cents=125_000, budget_year=2026, added_at=now)
        Exhibit.objects.create(**common, number=1, what="Logboek", sha256="ab" * 32, added_at=now)
        [persons], [data] = list(lines("persons"))[:1], list(lines("data"))[:1]
        said = {"persons": [persons], "persons_least": 40, "persons_most": 60, "data": [data]}
        Breach.objects.create(**common, **said, effects="Oplichting.", written_at=now)
        authority = reports.start(actor=actor, incident=made, form="avg.authority")
        police = reports.start(actor=actor, incident=made, form="other.police")
    assert "40 tot 60" in authority.text("persons")
    assert authority.text("data")
    assert authority.text("consequences") == "Oplichting."
    assert "Geraakt: Burgerzaken" in authority.text("what")
    assert "192.0.2.7" in police.text("indicators")
    assert "1.250" in police.text("damage")
    assert police.text("secured") == f"1. Logboek (SHA-256 {'ab' * 32})"


@pytest.fixture
def meldpunt(alice: User, ina: User, acting: Acting) -> Organisation:
    """Let the CSIRT share something with Dijkerveen, and let somebody there handle incidents."""
    csirt = Organisation.objects.get(slug="meldpunt")
    with acting(alice) as actor:
        ours = secretary(actor.organisation_id, alice.pk)
    with transaction.atomic():
        in_force(secretary(csirt.pk, ina.pk), ours)
    return csirt


def test_a_request_for_help_reaches_the_csirt_that_answers_and_never_from_an_exercise(
    acting: Acting, alice: User, ina: User, meldpunt: Organisation, do_jobs: DoJobs
) -> None:
    with transaction_for([meldpunt.pk]):
        Membership.objects.filter(user=ina).update(role="ciso")
    with acting(alice) as actor:
        practised = reviewed(actor, report(actor, exercise=True), "other.help")
        with pytest.raises(Refused, match="oefening"):
            help_requests.hand_over(actor=actor, report=practised, receiver=meldpunt)
        asked = reviewed(actor, report(actor), "other.help")
        other = Organisation.objects.get(slug="waterhoek")
        with pytest.raises(Refused, match="CSIRT"):
            help_requests.hand_over(actor=actor, report=asked, receiver=other)
        sent = help_requests.hand_over(actor=actor, report=asked, receiver=meldpunt)
        assert Report.objects.get(pk=asked.pk).state == "submitted"
        assert Handover.objects.filter(kind=help_requests.KIND).count() == 1
    do_jobs()
    with acting(ina) as there:
        [notice] = Notice.objects.filter(user=ina, kind=help_requests.ASKED)
        assert notice.url_args == [sent.pk]
        [found] = help_requests.asked(there.organisation_id)
        assert ("Wat wij u vragen", NOT_KNOWN) in help_requests.rows_of(found.payload)
        handovers.answer(actor=there, handover=found, accepted=False, reason="Bel het CSIRT Zuid.")
    do_jobs()
    with acting(alice):
        assert Notice.objects.filter(user=alice, kind="incident.help_declined").count() == 1
