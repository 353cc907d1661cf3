# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of evidence, for who may and who may not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Deviation, Fact, Judgement, Upload, Withdrawal
from dijkring.evidence.services import judgements, populations, rounds, scopes
from dijkring.evidence.services.rounds import Observation
from dijkring.evidence.tests.makers import TLS, WEB, count, judge, see
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

BASE = "/o/dijkerveen/"
SITE = "www.dijkerveen.example"
TODAY = clock.today()


def leaf(ref: str = "5.01.01") -> Requirement:
    return Requirement.objects.get(framework__key="bio2", framework__organisation=None, ref=ref)


def text(client: Client, address: str) -> str:
    response = client.get(BASE + address)
    assert response.status_code == 200
    return response.content.decode()


def refs(page: str) -> list[str]:
    """Return the numbers of the requirements in a list, in its order."""
    return re.findall(r"standen/\d+/\"[^>]*>\s*(\d[\d.]+)\s*</a>", page)


@pytest.fixture
def failing(acting: Acting, alice: User) -> Fact:
    """A name with a website whose fact fails, with an action that follows from it."""
    with acting(alice) as actor:
        count(actor, SITE)
        see(actor, SITE, "fail", text="Spreekt nog TLS 1.0")
    with acting(alice):
        return Fact.objects.get(subject=SITE, until=None)


class TestStandings:
    """The list of where the organisation stands."""

    @pytest.fixture
    def judged(self, acting: Acting, alice: User) -> None:
        with acting(alice) as actor:
            for ref, verdict in (("5.01.01", "met"), ("5.01.02", "not_met"), ("5.02.01", "met")):
                for layer in leaf(ref).layers:
                    judge(actor, leaf(ref), layer, verdict)

    def test_filter_by_verdict_layer_and_words(
        self, client_of: ClientOf, bob: User, judged: None
    ) -> None:
        client = client_of(bob)
        assert refs(text(client, "standen/?verdict=met")) == ["5.01.01", "5.02.01"]
        assert refs(text(client, "standen/?verdict=not_met")) == ["5.01.02"]
        assert refs(text(client, "standen/?verdict=not_met&layer=design")) == ["5.01.02"]
        assert refs(text(client, "standen/?verdict=met&search=5.02.01")) == ["5.02.01"]
        assert refs(text(client, "standen/?verdict=nonsense"))

    def test_sort(self, client_of: ClientOf, bob: User, judged: None) -> None:
        found = refs(text(client_of(bob), "standen/?verdict=met&sort=-ref"))
        assert found == ["5.02.01", "5.01.01"]

    def test_export_has_every_leaf_in_words(
        self, client_of: ClientOf, bob: User, judged: None
    ) -> None:
        response = client_of(bob).get(f"{BASE}standen/?export=csv")
        content = b"".join(response) if response.streaming else response.content
        lines = content.decode("utf-8-sig").splitlines()
        known = Requirement.objects.filter(
            framework__key="bio2", framework__organisation=None, leaf=True, status="active"
        )
        assert len(lines) == 1 + known.count()
        assert "not_met" not in content.decode()

    def test_other_framework_and_none(self, client_of: ClientOf, bob: User) -> None:
        isms = Requirement.objects.filter(framework__key="bio2-isms", leaf=True).first()
        assert isms is not None
        client = client_of(bob)
        page = text(client, f"standen/?framework={isms.framework_id}")
        assert f"standen/{isms.pk}/" in page
        assert client.get(f"{BASE}standen/?framework=99999").status_code == 404

    def test_queries_do_not_grow(
        self, client_of: ClientOf, acting: Acting, alice: User, judged: None
    ) -> None:
        client = client_of(alice)
        few = self.queries(client)
        with acting(alice) as actor:
            many = Requirement.objects.filter(framework=leaf().framework, leaf=True)
            for one in many.exclude(layers=[])[5:45]:
                judge(actor, one, one.layers[0], days=None)
        assert self.queries(client) == few <= 15

    def queries(self, client: Client) -> int:
        text(client, "standen/")
        with CaptureQueriesContext(connection) as captured:
            text(client, "standen/?page_size=200")
        return len([one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]])


class TestRequirement:
    """One leaf with its why, and a law article with its profile."""

    def test_shows_layers_reasons_and_what_they_count_for(
        self, client_of: ClientOf, bob: User, acting: Acting, alice: User
    ) -> None:
        with acting(alice) as actor:
            judge(actor, leaf(), "design", "partly")
        page = text(client_of(bob), f"standen/{leaf().pk}/")
        assert "Vastgesteld in het overleg." in page
        assert "Alice Bakker" in page
        article = Requirement.objects.get(framework__key="cbw", ref="21")
        assert f"standen/{article.pk}/" in page
        assert f"standen/{leaf().pk}/oordelen/" not in page

    def test_figure_opens_down_to_the_fact(
        self, client_of: ClientOf, bob: User, failing: Fact
    ) -> None:
        for address in (f"standen/{leaf('5.14.01').pk}/", f"standen/{leaf('5.14.01').pk}/waarom/"):
            page = text(client_of(bob), address)
            assert f"feiten/{failing.pk}/" in page
            assert "Spreekt nog TLS 1.0" in page

    def test_law_article_has_a_profile_and_no_verdict(
        self, client_of: ClientOf, bob: User, failing: Fact
    ) -> None:
        article = Requirement.objects.get(framework__key="cbw", ref="21.3.j")
        page = text(client_of(bob), f"standen/{article.pk}/")
        assert f"standen/{leaf('5.14.01').pk}/" in page
        assert "page__state" not in page
        assert article.link.replace("&", "&amp;") in page


class TestJudging:
    """Recording a judgement on the page."""

    def given(self, **other: Any) -> dict[str, Any]:
        return {
            "layer": "design",
            "line": "owner",
            "verdict": "met",
            "reason": "Staat in het vastgestelde beleid.",
            "valid_until": (TODAY + timedelta(days=30)).isoformat(),
            **other,
        }

    def address(self) -> str:
        return f"{BASE}standen/{leaf().pk}/oordelen/"

    def test_judgement_with_a_new_document(
        self, client_of: ClientOf, acting: Acting, alice: User
    ) -> None:
        file = SimpleUploadedFile("beleid.pdf", b"%PDF-1.7 beleid")
        response = client_of(alice).post(self.address(), self.given(file=file))
        assert response.status_code == 302
        with acting(alice):
            found = Judgement.objects.get()
            assert [one.upload.name for one in found.documents.all()] == ["beleid.pdf"]
            assert found.valid_until is not None
            end = found.valid_until.astimezone(clock.AMSTERDAM)
        assert (end.date(), end.hour) == (TODAY + timedelta(days=30), 23)

    def test_the_form_begins_with_the_layer_that_wants_a_judgement(
        self, client_of: ClientOf, alice: User
    ) -> None:
        client = client_of(alice)
        for layer in ("design", "existence"):
            form = client.get(self.address()).context["form"]
            assert (form["layer"].value() or "design") == layer
            client.post(self.address(), self.given(layer=layer))
        assert client.get(self.address()).context["form"]["layer"].value() is None

    def test_the_form_of_a_service_begins_with_what_the_service_wants(
        self, client_of: ClientOf, acting: Acting, alice: User
    ) -> None:
        with acting(alice) as actor:
            service = scopes.add(actor=actor, kind="service", name="Back-up")
        client = client_of(alice)
        client.post(self.address(), self.given(layer="design"))
        address = f"{self.address()}?scope={service.pk}"
        for layer in ("design", "existence"):
            form = client.get(address).context["form"]
            assert (form["layer"].value() or "design") == layer
            client.post(self.address(), self.given(layer=layer, scope=service.pk))
        for odd in ("zomaar", "²", "9" * 5000):
            assert client.get(f"{self.address()}?scope={odd}").status_code == 200

    @pytest.mark.parametrize(
        "wrong",
        [
            {"verdict": ""},
            {"verdict": "show_again"},
            {"reason": " "},
            {"layer": "elsewhere"},
            {"line": "audit"},
            {"valid_until": "2020-01-01"},
            {"valid_until": "morgen"},
            {"documents": ["987654321"]},
        ],
    )
    def test_wrong_input_keeps_what_was_typed(
        self, client_of: ClientOf, acting: Acting, alice: User, wrong: dict[str, Any]
    ) -> None:
        typed = self.given(reason="Een zin die moet blijven staan.") | wrong
        response = client_of(alice).post(self.address(), typed)
        assert response.status_code == 422
        if typed["reason"].strip():
            assert typed["reason"] in response.content.decode()
        with acting(alice):
            assert not Judgement.objects.exists()

    def test_refused_judgement_keeps_no_document(
        self, client_of: ClientOf, acting: Acting, alice: User
    ) -> None:
        file = SimpleUploadedFile("beleid.pdf", b"%PDF-1.7 beleid")
        wrong = self.given(file=file, valid_until="2020-01-01")
        assert client_of(alice).post(self.address(), wrong).status_code == 422
        with acting(alice):
            assert not Upload.objects.exists()

    def test_everybody_sees_only_the_own_lines(
        self, client_of: ClientOf, alice: User, erik: User, bob: User
    ) -> None:
        choice = re.compile(r'value="(owner|ciso|audit)"')
        for user, lines in ((alice, {"owner", "ciso"}), (erik, {"audit"})):
            page = client_of(user).get(self.address()).content.decode()
            assert set(choice.findall(page)) == lines
        assert client_of(bob).get(self.address()).status_code == 403

    def test_document_of_another_cannot_be_used(
        self, client_of: ClientOf, acting: Acting, alice: User, charlie: User
    ) -> None:
        with acting(charlie) as other:
            theirs = Upload.objects.create(
                organisation_id=other.organisation_id,
                name="van-een-ander.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0" * 64,
                uploaded_at=clock.now(),
            )
        response = client_of(alice).post(self.address(), self.given(documents=[theirs.pk]))
        assert response.status_code == 422
        assert "van-een-ander.pdf" not in client_of(alice).get(self.address()).content.decode()


class TestFacts:
    """Facts: the list, one of them, withdrawing and deviating."""

    def test_list_and_filter(self, client_of: ClientOf, bob: User, failing: Fact) -> None:
        client = client_of(bob)
        assert SITE in text(client, "feiten/")
        assert SITE in text(client, f"feiten/?state=fail&kind={TLS}&subject=dijkerveen")
        assert f"feiten/{failing.pk}/" not in text(client, "feiten/?state=pass")

    def test_what_passed_and_has_lapsed_stands_as_not_measured(
        self, client_of: ClientOf, acting: Acting, alice: User
    ) -> None:
        with acting(alice) as actor:
            see(actor, SITE, "pass")
            pk = Fact.objects.get().pk
        client = client_of(alice)
        assert "state--met" in text(client, f"feiten/{pk}/").partition("<dl")[0]
        with clock.moved_to(clock.now() + timedelta(days=9)):
            assert "state--met" not in text(client, f"feiten/{pk}/").partition("<dl")[0]
            assert f"feiten/{pk}/" in text(client, "feiten/?state=not_measured")
            assert f"feiten/{pk}/" not in text(client, "feiten/?state=pass")

    def test_fact_says_what_why_and_how_to_mend(
        self, client_of: ClientOf, bob: User, failing: Fact
    ) -> None:
        page = text(client_of(bob), f"feiten/{failing.pk}/")
        assert "Spreekt nog TLS 1.0" in page
        assert f"standen/{leaf('5.14.01').pk}/" in page
        assert "intrekken" not in page

    def test_withdraw(
        self, client_of: ClientOf, acting: Acting, alice: User, failing: Fact
    ) -> None:
        client, address = client_of(alice), f"{BASE}feiten/{failing.pk}/intrekken/"
        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"reason": "Verkeerde server gemeten."}).status_code == 302
        with acting(alice):
            assert Withdrawal.objects.get().reason == "Verkeerde server gemeten."
        assert "Verkeerde server gemeten." in text(client, f"feiten/{failing.pk}/")
        assert client.post(address, {"reason": "Nog eens een reden."}).status_code == 422

    def test_deviate_and_end(
        self, client_of: ClientOf, acting: Acting, alice: User, failing: Fact
    ) -> None:
        client = client_of(alice)
        given = {"reason": "Wordt vervangen.", "ends_at": (TODAY + timedelta(days=9)).isoformat()}
        address = f"{BASE}feiten/{failing.pk}/afwijking/"
        assert client.post(address, given | {"ends_at": "2020-01-01"}).status_code == 422
        assert client.post(address, given).status_code == 302
        with acting(alice):
            deviation = Deviation.objects.get()
        assert "Wordt vervangen." in text(client, "afwijkingen/")
        ending = f"{BASE}afwijkingen/{deviation.pk}/beeindigen/"
        assert client.get(ending).status_code == 200
        assert client.post(ending, {"reason": "Is hersteld."}).status_code == 302
        assert "Wordt vervangen." not in text(client, "afwijkingen/")

    def test_deviation_of_a_requirement_is_shown_beside_its_standing(
        self, client_of: ClientOf, alice: User
    ) -> None:
        given = {"reason": "Pas na de fusie.", "ends_at": (TODAY + timedelta(days=9)).isoformat()}
        client, address = client_of(alice), f"standen/{leaf().pk}/"
        assert client.post(f"{BASE}{address}afwijking/", given).status_code == 302
        assert "Pas na de fusie." in text(client, address)


WRITING = ["oordelen/", "afwijking/"]


@pytest.mark.parametrize("page", WRITING)
def test_reader_changes_nothing_and_stranger_finds_nothing(
    client_of: ClientOf, acting: Acting, bob: User, charlie: User, alice: User, page: str
) -> None:
    given = TestJudging().given(ends_at=(TODAY + timedelta(days=9)).isoformat())
    address = f"{BASE}standen/{leaf().pk}/{page}"
    assert client_of(bob).post(address, given).status_code == 403
    assert client_of(charlie).post(address, given).status_code == 404
    with acting(alice):
        assert not Judgement.objects.exists()
        assert not Deviation.objects.exists()


def test_facts_of_another_are_not_found(client_of: ClientOf, charlie: User, failing: Fact) -> None:
    client = client_of(charlie)
    for slug in ("dijkerveen", "waterhoek"):
        assert client.get(f"/o/{slug}/feiten/{failing.pk}/").status_code == 404
    assert SITE not in client.get("/o/waterhoek/feiten/").content.decode()


def test_page_shows_a_lapse_without_any_worker(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client, address = client_of(alice), f"standen/{leaf().pk}/"
    with acting(alice) as actor:
        lay_down(actor)
    state = re.compile(r'data-state="(\w+)"|state--([a-z_-]+)')
    assert state.search(text(client, address))
    before = text(client, "standen/?verdict=show_again")
    with clock.moved_to(clock.now() + timedelta(days=2)):
        after = text(client, "standen/?verdict=show_again")
        page = text(client, address)
    assert (refs(before), refs(after)) == ([], [leaf().ref])
    assert "(geoordeeld: voldaan)" in page.replace("\n", "")


def lay_down(actor: Actor) -> None:
    for layer in leaf().layers:
        judgements.judge(
            actor=actor,
            requirement=leaf(),
            layer=layer,
            line="owner",
            verdict="met",
            reason="Vastgesteld.",
            valid_until=clock.now() + timedelta(days=1),
        )


def test_reported_subject_cannot_break_out_of_the_page(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    evil = "<script>alert(1)</script>"
    with acting(alice) as actor:
        system = system_actor(actor.organisation_id)
        populations.add(actor=system, population=WEB, member=evil)
        rounds.record(
            actor=system,
            source=evil,
            member=evil,
            observed_at=clock.now(),
            observations=[Observation(TLS, evil, "fail", {"text": evil, evil: [evil]})],
        )
        fact = Fact.objects.get()
    client = client_of(alice)
    for address in ("feiten/", f"feiten/{fact.pk}/", f"standen/{leaf('5.14.01').pk}/waarom/"):
        page = text(client, address)
        assert "&lt;script&gt;" in page
        assert evil not in page


@pytest.mark.parametrize(
    "address",
    [
        "standen/?framework=²",
        "standen/samen-oordelen/?framework=²",
        "standen/samen-oordelen/oordeel/?leaf=²",
        "verklaring-van-toepasselijkheid/?framework=²",
        "verklaring-van-toepasselijkheid/besluit/?leaf=²",
    ],
)
def test_an_odd_id_in_an_address_breaks_no_page(
    client_of: ClientOf, alice: User, address: str
) -> None:
    assert client_of(alice).get(f"{BASE}{address}").status_code < 500
