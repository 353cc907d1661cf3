# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of co-operations, walked as people would; strangers and readers besides."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from dijkring.cooperation import blocks
from dijkring.cooperation.models import CbwTest, Cooperation, Involvement
from dijkring.cooperation.questionnaire import questionnaire
from dijkring.cooperation.selectors import carrying, councils
from dijkring.cooperation.services import involvements
from dijkring.cooperation.tables import CooperationTable, EdgeTable
from dijkring.cooperation.tests.objects import NO_DECISIONS, do_test, make
from dijkring.core.access import Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.documents.blocks import Bullets, Table
from dijkring.evidence.services import offers, provisions, scopes, uploads
from dijkring.organisations.models import Organisation, User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.objects import leaf

pytestmark = pytest.mark.django_db
START = "/o/dijkerveen/samenwerkingen/"


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[-2000:]
    return str(response.content.decode())


def posted(client: Client, address: str, **values: Any) -> str:
    """Post a form; returns the address it leads to."""
    response = client.post(address, values)
    assert response.status_code == 302, response.content.decode()[-3000:]
    return str(response.headers["Location"])


def test_list_shows_ours_first_and_filters(
    it: Cooperation, client_of: ClientOf, alice: User
) -> None:
    client = client_of(alice)
    assert "IT Sluisland" in text(client.get(START))
    assert "IT Sluisland" not in text(client.get(f"{START}?ours=no"))
    assert "IT Sluisland" in text(client.get(f"{START}?search=sluis&legal_form=operational"))
    assert "IT Sluisland" not in text(client.get(f"{START}?legal_form=plain"))
    assert client.get(f"{START}?export=csv").status_code == 200


@pytest.mark.parametrize(
    ("address", "table"),
    [("samenwerkingen/", CooperationTable), ("keten/?ended=all", EdgeTable)],
)
def test_every_column_sorts_with_gaps_in_it(
    it: Cooperation, acting: Acting, client_of: ClientOf, alice: User, address: str, table: Any
) -> None:
    with acting(alice) as actor:
        make(actor)
        do_test(actor, it, NO_DECISIONS)
    between = "&" if "?" in address else "?"
    sorts = [
        sort
        for name, column in table.base_columns.items()
        if column.orderable is not False
        for sort in (name, f"-{name}")
    ]
    client = client_of(alice)
    pages = {sort: client.get(f"/o/dijkerveen/{address}{between}sort={sort}") for sort in sorts}
    assert {sort for sort, page in pages.items() if page.status_code != 200} == set()
    assert len(pages) > 4


def test_page_says_who_does_what(it: Cooperation, client_of: ClientOf, bob: User) -> None:
    page = text(client_of(bob).get(f"{START}{it.pk}/"))
    for words in ("Werkplekken beheren", "Waterhoek", "wethouder", "bedrijfsvoeringsorganisatie"):
        assert words in page
    assert "onze-kant" not in page


def test_who_does_not_take_part_reads_but_is_offered_nothing(
    it: Cooperation, client_of: ClientOf, dora: User
) -> None:
    page = text(client_of(dora).get(f"/o/sluisland/samenwerkingen/{it.pk}/"))
    assert "Onze kant" not in page
    council = f"/o/sluisland/samenwerkingen/{it.pk}/raad/"
    assert client_of(dora).get(council).status_code == 404


def test_proposal_from_nothing_to_tasks(client_of: ClientOf, alice: User, charlie: User) -> None:
    client = client_of(alice)
    page = posted(client, f"{START}voorstellen/", name="Belastingen", legal_form="public_body")
    own, other = (Organisation.objects.get(slug=slug).pk for slug in ("dijkerveen", "waterhoek"))
    posted(client, f"{page}deelnemer/", participant=own, since="2026-01-01")
    posted(client, f"{page}deelnemer/", participant=other)
    posted(client, f"{page}taak/", name="Aanslagen opleggen", takers=[own, other])
    posted(client, f"{page}plek/", organ="chair", function="wethouder", filled_by=other)
    shown = text(client.get(page))
    assert "Aanslagen opleggen" in shown
    assert "ons voorstel" in shown
    theirs = page.replace("dijkerveen", "waterhoek")
    assert client_of(charlie).get(theirs).status_code == 404
    assert "Belastingen" not in text(client_of(charlie).get("/o/waterhoek/samenwerkingen/"))
    row = shown.split("samenwerkingen/taak/")[1].split("/")[0]
    posted(client, f"{START}taak/{row}/weg/", reason="Toch niet zo afgesproken.")
    assert "Aanslagen opleggen" not in text(client.get(page))
    posted(client, f"{page}intrekken/", reason="Het gaat niet door dit jaar.")
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("form", "values", "words"),
    [
        ("voorstellen/", {"name": "X", "legal_form": "plain", "since": "2026-02-01",
                          "until": "2026-01-01"}, "Het einde ligt voor het begin"),
        ("voorstellen/", {"name": "X", "legal_form": "centre"}, "Kies de gemeente"),
        ("voorstellen/", {"name": "IT Sluisland", "legal_form": "plain"}, "Er is al een"),
        ("voorstellen/", {"name": "", "legal_form": "nope", "since": "ooit"}, "Voer"),
        ("voorstellen/", {"name": "X", "legal_form": "plain", "basis_link": "javascript:alert(1)"},
         "URL"),
    ],
)  # fmt: skip
def test_proposal_says_what_is_wrong(
    it: Cooperation, client_of: ClientOf, alice: User, form: str, values: dict[str, str], words: str
) -> None:
    before = Cooperation.objects.count()
    assert words in text(client_of(alice).post(f"{START}{form}", values), 422)
    assert Cooperation.objects.count() == before


def test_our_side_comes_back_on_the_page(it: Cooperation, client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    back = posted(
        client, f"{START}{it.pk}/onze-kant/", share="62.5", contribution="410000",
        owner_id=alice.pk, representative="wethouder bedrijfsvoering",
    )  # fmt: skip
    page = text(client.get(back))
    for words in ("62,50 %", "€ 410.000", "wethouder bedrijfsvoering", "Alice Bakker"):
        assert words in page
    wrong = client.post(f"{START}{it.pk}/onze-kant/", {"share": "130", "contact": "behouden"})
    assert "tussen 0 en 100" in text(wrong, 422)
    assert "behouden" in wrong.content.decode()


def test_reader_cannot_write(it: Cooperation, client_of: ClientOf, bob: User) -> None:
    for part in ("onze-kant/", "cbw-toets/", "document/"):
        assert client_of(bob).post(f"{START}{it.pk}/{part}").status_code == 403
    assert not Involvement.objects.exists()


# --- the Cbw test ---------------------------------------------------------------------------------


def test_cbw_test_by_hand(it: Cooperation, client_of: ClientOf, alice: User, bob: User) -> None:
    client = client_of(alice)
    address = posted(client, f"{START}{it.pk}/cbw-toets/")
    asked = []
    while "/vraag/" in address:
        question = address.rstrip("/").rsplit("/", 1)[1]
        asked.append(question)
        page = text(client.get(address))
        assert questionnaire().question(question).text["nl"] in page
        answer = NO_DECISIONS.get(question, "yes")
        address = posted(client, address, answer=answer, reason="Volgt uit de regeling.")
    assert asked[0] == "excluded"
    assert "abroad" not in asked
    result = posted(client, address)
    page = text(client.get(result))
    assert "Valt niet onder de wet als overheidsinstantie" in page
    assert "aanbieder van beheerde diensten" in page
    assert "Cyberbeveiligingswet artikel 8" in page
    assert "De toets opnieuw doen" not in text(client_of(bob).get(result))
    pdf = PdfReader(BytesIO(client_of(bob).get(f"{result}document/pdf/").content))
    assert "overheidsinstantie" in pdf.pages[0].extract_text()
    assert client.get(f"{result}document/exe/").status_code == 404


def test_question_needs_an_answer_and_a_reason(
    it: Cooperation, client_of: ClientOf, alice: User
) -> None:
    client = client_of(alice)
    address = posted(client, f"{START}{it.pk}/cbw-toets/")
    assert client.post(address, {"answer": ""}).status_code == 422
    assert "Geef aan waarom" in text(client.post(address, {"answer": "no", "reason": "ja"}), 422)
    nowhere = address.replace("excluded", "colour")
    assert client.get(nowhere).status_code == 404
    end = address.split("vraag/")[0] + "afronden/"
    assert "Er zijn nog vragen" in text(client.post(end), 422)


def test_not_known_says_what_is_missing_and_what_changed_since(
    it: Cooperation, acting: Acting, client_of: ClientOf, alice: User
) -> None:
    with acting(alice) as actor:
        do_test(actor, it, {**NO_DECISIONS, "decides": "unknown"})
        second = do_test(actor, it, NO_DECISIONS)
        first = CbwTest.objects.exclude(pk=second.pk).get()
    client = client_of(alice)
    page = text(client.get(f"/o/dijkerveen/cbw-toets/{first.pk}/"))
    assert "Nog niet te zeggen" in page
    assert questionnaire().question("decides").text["nl"] in page.split("Wat ontbreekt")[1]
    page = text(client.get(f"/o/dijkerveen/cbw-toets/{second.pk}/"))
    assert "Wat veranderde sinds" in page


def test_test_of_another_is_not_found(
    it: Cooperation, acting: Acting, client_of: ClientOf, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        done = do_test(actor, it, NO_DECISIONS)
    for part in ("", "document/pdf/", "vertellen/", "vraag/excluded/"):
        address = f"/o/waterhoek/cbw-toets/{done.pk}/{part}"
        assert client_of(charlie).get(address).status_code == 404


# --- the council ----------------------------------------------------------------------------------


def test_council_sees_tasks_and_what_is_not_known(
    it: Cooperation, client_of: ClientOf, bob: User
) -> None:
    address = f"{START}{it.pk}/raad/"
    page = text(client_of(bob).get(address))
    assert "Website hosten" in page
    known = page.split("Wat niet bekend is")[1]
    assert "niet vastgelegd wie ons vertegenwoordigt" in known
    assert "niet bekend of de Cbw" in known
    assert client_of(bob).get(f"{address}pdf/").headers["Content-Type"] == "application/pdf"
    assert client_of(bob).get(f"{address}odt/").status_code == 200
    for strange in ("999999", "1; drop table", "-1", "²"):
        assert client_of(bob).get(address, {"participant": strange}).status_code == 404


def test_council_sees_no_other_participant(it: Cooperation, client_of: ClientOf, bob: User) -> None:
    other = Organisation.objects.get(slug="waterhoek").pk
    address = f"{START}{it.pk}/raad/?participant={other}"
    assert client_of(bob).get(address).status_code == 404


def test_the_body_sees_what_each_council_sees_without_their_own_side(
    it: Cooperation, body: Organisation, acting: Acting, alice: User
) -> None:
    own = Organisation.objects.get(slug="dijkerveen")
    with acting(alice) as actor:
        involvements.record(actor=actor, cooperation=it, representative="wethouder")
        assert councils.participant_of(it, "", actor.organisation_id) == own
    assert councils.participant_of(it, str(own.pk), body.pk) == own
    for strange in ("²", "9" * 5000):
        assert councils.participant_of(it, strange, body.pk) is None
    view = councils.council_view(it, own, body.pk)
    assert view.involvement is None
    assert [task.name for task in view.tasks] == ["Website hosten", "Werkplekken beheren"]


def test_less_is_unknown_when_more_was_recorded(
    it: Cooperation, acting: Acting, alice: User
) -> None:
    own = Organisation.objects.get(slug="dijkerveen")
    with acting(alice) as actor:
        before = councils.council_view(it, own, own.pk).not_known
        involvements.record(
            actor=actor, cooperation=it, representative="w", owner_id=alice.pk, share=25
        )
        file = uploads.upload(actor=actor, name="dvo.txt", content=BytesIO(b"Afspraken."))
        involvements.attach(actor=actor, cooperation=it, upload=file)
        do_test(actor, it, NO_DECISIONS)
        view = councils.council_view(it, own, own.pk)
        assert len(before) - len(view.not_known) == 5
        last = list(blocks.council_blocks(view))[-1]
        assert isinstance(last, Bullets)
        assert len(last.items) == 1


def test_what_was_taken_but_never_published_counts_as_not_measured(
    it: Cooperation, body: Organisation, acting: Acting, alice: User
) -> None:
    own = Organisation.objects.get(slug="dijkerveen")
    with acting(alice) as actor:
        provisions.take(
            actor=actor,
            provider=body,
            service_name="Werkplek",
            requirements=[leaf(3), leaf(4)],
            layers=["operation"],
            document="DVO 2026",
        )
        view = councils.council_view(it, own, own.pk)
        (found,) = view.published
        assert (found.service, found.requirements) == ("Werkplek", 2)
        assert found.verdicts == {"not_measured": 2}
        tables = [one for one in blocks.council_blocks(view) if isinstance(one, Table)]
        assert ("Werkplek", "2") in {row[:2] for table in tables for row in table.rows}


def test_what_the_body_publishes_is_told_on_both_sides_and_drawn(
    it: Cooperation, body: Organisation, acting: Acting, client_of: ClientOf, alice: User
) -> None:
    own, ref = Organisation.objects.get(slug="dijkerveen"), leaf(3)
    provider = person_actor(body.pk, alice.pk, "Ingrid", Role.CISO)
    with acting(alice), acting_for([body.pk], provider):
        service = scopes.add(actor=provider, kind="service", name="Werkplek")
        offers.cover(actor=provider, service=service, requirements=[ref])
        offers.publish_to(actor=provider, service=service, taker=own)
        (given,) = councils.council_view(it, own, body.pk).published
        assert (given.service, given.requirements) == ("Werkplek", 1)
        drawn = [one for one in carrying.edges(body) if one.kind == "provision"]
        assert [(one.taker.name, one.carrier.name) for one in drawn] == [
            ("Dijkerveen", "IT Sluisland")
        ]
    with acting(alice) as actor:
        before = {gap.pk for gap in carrying.gaps(own.pk)}
        provisions.take(
            actor=actor,
            provider=body,
            service=service.pk,
            service_name=service.name,
            requirements=[ref],
            layers=list(ref.layers),
            document="DVO 2026",
        )
        (received,) = councils.council_view(it, own, own.pk).published
        assert received.service == "Werkplek"
        assert before - {gap.pk for gap in carrying.gaps(own.pk)} == {ref.pk}
    page = text(client_of(alice).get("/o/dijkerveen/keten/?kind=provision"))
    assert "voert eisen uit voor" in page
    assert "/o/dijkerveen/uitvoering/" in page


# --- the chain ------------------------------------------------------------------------------------


def test_chain_is_a_picture_beside_a_table(it: Cooperation, client_of: ClientOf, bob: User) -> None:
    client, address = client_of(bob), "/o/dijkerveen/keten/"
    page = text(client.get(address))
    assert page.count("<svg") > 0
    assert "Werkplekken beheren" in page
    assert "Wat niemand doet" in page
    assert "Website hosten" not in text(client.get(f"{address}?search=werkplek"))
    assert "Website hosten" in text(client.get(f"{address}?for_us=us"))
    assert "Werkplekken beheren" not in text(client.get(f"{address}?kind=nobody"))
    for kind in ("csv", "xlsx", "ods"):
        assert client.get(f"{address}?export={kind}").status_code == 200
    assert client.get(f"{address}?kind=zomaar&ended=ooit").status_code == 200


def test_what_has_ended_is_left_out_until_asked_for(
    it: Cooperation, acting: Acting, client_of: ClientOf, alice: User
) -> None:
    client = client_of(alice)
    page = posted(client, f"{START}voorstellen/", name="Oud werk", legal_form="plain",
                  since="2020-01-01", until="2021-01-01")  # fmt: skip
    own = Organisation.objects.get(slug="dijkerveen").pk
    posted(client, f"{page}deelnemer/", participant=own)
    posted(client, f"{page}taak/", name="Telefooncentrale", takers=[own])
    assert "beëindigd" in text(client.get(page))
    assert "Telefooncentrale" not in text(client.get("/o/dijkerveen/keten/"))
    shown = text(client.get("/o/dijkerveen/keten/?ended=all"))
    assert "Telefooncentrale" in shown
