# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two untidy workbooks walked through: preview, line-wise refusal, twice the same, taking back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from dijkring.actions import services as action_services
from dijkring.actions.models import Action
from dijkring.controls.models import Applicability, Requirement
from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Judgement, Standing
from dijkring.onboarding.models import Brought, Intake, TakenOver
from dijkring.onboarding.services import files, planning
from dijkring.onboarding.tests import workbooks
from dijkring.onboarding.tests.conftest import Upload
from dijkring.organisations.models import Invitation, Membership, Organisation, User
from dijkring.surface.models import Domain
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs

pytestmark = pytest.mark.django_db
Agree = Callable[[str], Any]
IntakeOf = Callable[[str], Intake]


def by_line(client: Client, address: str) -> dict[int, list[tuple[str, str, str]]]:
    """Return what the preview says per line: status, label and reason."""
    found: dict[int, list[tuple[str, str, str]]] = {}
    for one in client.get(address).context["plan"].lines:
        found.setdefault(one.line, []).append((one.status, one.label, one.reason))
    return found


def test_waterhoek_in_bio2_numbers(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    address = upload("judgements", workbooks.waterhoek())
    lines = by_line(client, address)
    assert lines[5][0][0] == "new"
    assert lines[6][0][0] == "new"
    status, label, reason = lines[7][0]
    assert (status, label[:7]) == ("new", "5.10.02")
    assert "5.04.02" in reason
    assert lines[8][0][0] == "new", "5.04.02 became 5.10.02: both wait, a person chooses"
    assert "vervallen" in lines[9][0][2], lines
    assert "bestaat niet" in lines[10][0][2]
    assert "misschien" in lines[11][0][2]
    assert "31 februari 2025" in lines[12][0][2]
    assert lines[13][0][0] == "left_out"
    with acting(alice):
        assert not TakenOver.objects.exists(), "nothing is written before somebody agrees"
    assert agree(address).status_code == 302
    with acting(alice):
        refs = list(TakenOver.objects.values_list("requirement__ref", "verdict"))
        assert ("5.01.01", "met") in refs
        assert ("5.10.02", "met") in refs
        assert not Judgement.objects.exists(), "taken over is no judgement"
        assert not Standing.objects.filter(verdict="met").exists()
        row = TakenOver.objects.get(requirement__ref="5.01.02")
        assert (str(row.said_on), str(row.valid_until)) == ("2025-03-12", "2027-12-31")
    page = client.get(address).content.decode()
    assert "misschien" in page, "the refused lines stay to be read"


def test_two_lines_on_one_number(client: Client, upload: Upload) -> None:
    body = workbooks.sheet(
        ["Nr", "Oordeel"], ["5.01.01", "ja"], ["5.01.01", "nee"], ["5.01.01", "Voldaan"]
    )
    lines = by_line(client, upload("judgements", body))
    assert [lines[line][0][0] for line in (2, 3, 4)] == ["new", "refused", "unchanged"]


def test_dijkerveen_in_bio_104(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    address = upload("judgements", workbooks.dijkerveen())
    plan = client.get(address).context["plan"]
    assert plan.numbering == "bio-1"
    lines = by_line(client, address)
    assert {label[:4] for _status, label, _reason in lines[3]} == {"5.01"}
    assert all(label.startswith("8.02") for _status, label, _reason in lines[4])
    assert all("9.2.3" in reason for _status, _label, reason in lines[5])
    assert all(label.startswith("8.08") for _status, label, _reason in lines[6])
    assert {label[:4] for _status, label, _reason in lines[7]} == {"5.36", "8.08"}
    assert lines[8][0][0] == "refused"
    assert agree(address).status_code == 302
    with acting(alice):
        assert TakenOver.objects.filter(was="9.2.3", verdict="not_met").exists()


def test_own_list_goes_before_the_one_that_comes_along(
    client: Client, upload: Upload, agree: Agree
) -> None:
    body = workbooks.sheet(
        ["Was", "Wordt"], ["12.6.1.1", "8.08.01"], ["12.6.1.2", "5.99.01"], ["7.7.7.7", None]
    )
    address = upload("numbers", body)
    lines = by_line(client, address)
    assert [lines[line][0][0] for line in (2, 3, 4)] == ["new", "refused", "new"]
    assert agree(address).status_code == 302
    judged = upload("judgements", workbooks.dijkerveen())
    found = by_line(client, judged)[6]
    assert [label[:7] for _status, label, _reason in found] == ["8.08.01"]


def test_ciso_assistant(client: Client, upload: Upload) -> None:
    address = upload("judgements", workbooks.ciso_assistant(), "audit.csv")
    lines = by_line(client, address)
    statuses = {line: rows[0][0] for line, rows in lines.items()}
    assert [statuses[line] for line in range(2, 8)] == [
        "left_out", "new", "new", "new", "left_out", "new",
    ]  # fmt: skip
    found = {one.line: one for one in client.get(address).context["plan"].lines}
    assert found[4].values["verdict"] == "partly"
    assert found[4].values["reason"] == "Loopt"
    assert found[7].values["verdict"] == "not_applicable"


def test_the_same_file_twice(client: Client, upload: Upload, agree: Agree) -> None:
    body = workbooks.ciso_assistant()
    agree(upload("judgements", body, "audit.csv"))
    again = client.get(upload("judgements", body, "audit (kopie).csv"))
    plan = again.context["plan"]
    assert plan.before is not None
    assert plan.counts["unchanged"] == 4
    assert plan.to_write == []
    assert "al ingebracht" in again.content.decode()
    changed = body.replace(b"In orde", b"Niet meer")
    plan = client.get(upload("judgements", changed, "audit.csv")).context["plan"]
    assert (plan.counts["changed"], plan.counts["unchanged"]) == (1, 3)


def test_changed_verdict_takes_the_place_of_what_waited(
    upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    body = workbooks.sheet(["Nr", "Oordeel"], ["5.01.01", "ja"])
    agree(upload("judgements", body))
    agree(upload("judgements", workbooks.sheet(["Nr", "Oordeel"], ["5.01.01", "nee"])))
    with acting(alice):
        assert list(TakenOver.objects.filter(ended_at=None).values_list("verdict", flat=True)) == [
            "not_met"
        ]


def test_columns_are_remembered(client: Client, upload: Upload, agree: Agree) -> None:
    body = workbooks.sheet(["Kolom een", "Kolom twee"], ["5.01.01", "ja"])
    address = upload("judgements", body)
    assert set(client.get(address).context["plan"].wrong) == {"ref", "verdict"}
    assert agree_without_columns(client, address) == 200
    chosen = f"{address}?ref=A&verdict=B"
    assert agree(chosen).status_code == 302
    other = workbooks.sheet(["Kolom een", "Kolom twee"], ["5.01.02", "nee"])
    plan = client.get(upload("judgements", other)).context["plan"]
    assert plan.remembered
    assert plan.counts["new"] == 1


def agree_without_columns(client: Client, address: str) -> int:
    return client.post(address, {"mark": "x"}).status_code


def test_wrong_column_cannot_be_brought_in(client: Client, upload: Upload) -> None:
    address = upload("judgements", workbooks.waterhoek())
    page = client.get(f"{address}?ref=A&verdict=D")
    assert set(page.context["plan"].wrong) == {"verdict"}
    assert 'name="mark"' not in page.content.decode()


def test_two_people_press_the_button(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    address = upload("judgements", workbooks.ciso_assistant(), "audit.csv")
    mark = client.get(address).context["plan"].mark
    other = upload("judgements", workbooks.ciso_assistant(), "audit.csv")
    agree(other)
    response = client.post(address, {"mark": mark}, follow=True)
    assert "Er staat niets in dit bestand dat u kunt inbrengen." in response.content.decode()
    with acting(alice):
        assert TakenOver.objects.count() == 4


def test_taking_back(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    address = upload("judgements", workbooks.ciso_assistant(), "audit.csv")
    agree(address)
    with acting(alice):
        row = TakenOver.objects.get(requirement__ref="5.01.01")
    confirm(client, [row.pk])
    response = client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    assert response.status_code == 302
    with acting(alice):
        assert not TakenOver.objects.filter(ended_at=None).exists()
        assert Judgement.objects.count() == 1, "what somebody confirmed stays"
        assert Brought.objects.filter(until=None).count() == 1
    plan = client.get(upload("judgements", workbooks.ciso_assistant(), "audit.csv")).context["plan"]
    assert (plan.counts["new"], plan.counts["unchanged"]) == (3, 1)


def confirm(client: Client, ids: list[int], **values: Any) -> Any:
    query = "&".join(f"row={id}" for id in ids)
    given = {"layers": ["design"], "line": "ciso", "reason": "Nagekeken met de eigenaar.", **values}
    return client.post(f"/o/dijkerveen/te-bevestigen/bevestigen/?{query}", given)


def test_confirming_makes_judgements(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    agree(upload("judgements", workbooks.ciso_assistant(), "audit.csv"))
    page = client.get("/o/dijkerveen/te-bevestigen/")
    assert page.status_code == 200
    with acting(alice):
        rows = {row.requirement.ref: row for row in TakenOver.objects.select_related("requirement")}
    leaf = rows["5.01.01"].requirement
    assert "In orde" in client.get(f"/o/dijkerveen/standen/{leaf.pk}/").content.decode()
    response = confirm(client, [row.pk for row in rows.values()], layers=["design", "existence"])
    assert response.status_code == 302
    with acting(alice):
        made = Judgement.objects.filter(requirement=leaf)
        assert {one.layer for one in made} == {"design", "existence"}
        assert all(one.judged_by_id == alice.pk and "In orde" in one.reason for one in made)
        assert not TakenOver.objects.filter(ended_at=None).exists()


def test_of_two_verdicts_on_one_leaf_one_is_confirmed(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    body = workbooks.sheet(
        ["Nr", "Oordeel", "Afdeling"], ["5.01.01", "ja", "Zaken"], ["5.01.01", "nee", "Burgerzaken"]
    )
    agree(upload("judgements", body))
    with acting(alice):
        ids = list(TakenOver.objects.values_list("pk", flat=True))
    assert len(ids) == 2
    response = confirm(client, ids)
    assert response.status_code == 200
    assert len(response.context["refused"]) == 1


def test_setting_aside(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    agree(upload("judgements", workbooks.ciso_assistant(), "audit.csv"))
    with acting(alice):
        id = TakenOver.objects.first().pk  # type: ignore[union-attr]
    address = f"/o/dijkerveen/te-bevestigen/weg/?row={id}"
    assert client.post(address, {"reason": "Dit systeem is uitgezet."}).status_code == 302
    with acting(alice):
        assert TakenOver.objects.get(pk=id).end_reason == "Dit systeem is uitgezet."
        assert not Judgement.objects.exists()


def test_actions(client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User) -> None:
    address = upload("actions", workbooks.ACTIONS)
    lines = by_line(client, address)
    assert [lines[line][0][0] for line in (3, 4, 5, 6)] == ["new", "new", "left_out", "refused"]
    assert "eigenaar" in lines[4][0][2]
    assert agree(address).status_code == 302
    with acting(alice) as actor:
        mfa = Action.objects.get(title="MFA voor beheerders")
        assert (mfa.owner_id, str(mfa.cost), str(mfa.due_on), mfa.priority) == (
            alice.pk, "12500.00", "2027-06-30", "high",
        )  # fmt: skip
        patches = Action.objects.get(title="Patchproces")
        assert "vertrokken@dijkerveen.example" in patches.description
        action_services.comment(actor=actor, action=mfa, text="Ik ben begonnen.")
    client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    with acting(alice):
        assert Action.objects.get(title="MFA voor beheerders").state == "open"
        assert Action.objects.get(title="Patchproces").state == "cancelled"


def test_action_that_a_colleague_changed_is_not_overwritten(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User
) -> None:
    head = ["Nr", "Actie", "Deadline"]
    agree(upload("actions", workbooks.sheet(head, ["1", "Een", "2027"], ["2", "Twee", "2027"])))
    with acting(alice) as actor:
        one = Action.objects.get(title="Een")
        action_services.change(actor=actor, action=one, title="Een, maar beter")
    again = workbooks.sheet(head, ["1", "Een", "2028"], ["2", "Twee", "2028"])
    address = upload("actions", again)
    lines = by_line(client, address)
    assert [lines[line][0][0] for line in (2, 3)] == ["refused", "changed"]
    agree(address)
    with acting(alice):
        assert str(Action.objects.get(title="Twee").due_on) == "2028-12-31"


def test_owners(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        gone = User.objects.create(email="weg@dijkerveen.example", name="Wim Weg")
        Membership.objects.create(
            organisation_id=actor.organisation_id, user=gone, role="reader",
            since=clock.now(), until=clock.now(),
        )  # fmt: skip
    body = workbooks.sheet(
        ["Nr", "Eigenaar"],
        ["5.01.01", "Bob de Wit"],
        ["5.01.02", "weg@dijkerveen.example"],
        ["5.14.01", "Iemand Anders"],
        ["5.77.01", "Bob de Wit"],
    )
    address = upload("owners", body)
    lines = by_line(client, address)
    assert [lines[line][0][0] for line in (2, 3, 4, 5)] == ["new", "refused", "refused", "refused"]
    assert lines[3][0][2] != lines[4][0][2], "a leaver is told apart from a stranger"
    agree(address)
    with acting(alice):
        row = Applicability.objects.get(requirement__ref="5.01.01", valid_until=None)
        assert (row.owner_id, row.applicable) == (bob.pk, True)
    client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    with acting(alice):
        row = Applicability.objects.get(requirement__ref="5.01.01", valid_until=None)
        assert row.owner_id is None


def test_people(client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User) -> None:
    body = workbooks.sheet(
        ["E-mail", "Rol"],
        ["nieuw@dijkerveen.example", "proceseigenaar"],
        ["bob@dijkerveen.example", "lezer"],
        ["geen adres", "lezer"],
        ["koning@dijkerveen.example", "koning"],
    )
    address = upload("people", body)
    lines = by_line(client, address)
    assert [lines[n][0][0] for n in (2, 3, 4, 5)] == ["new", "unchanged", "refused", "refused"]
    response = agree(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert "/invitation/" in page
    with acting(alice):
        invitation = Invitation.objects.get(email="nieuw@dijkerveen.example")
        assert "token" not in Brought.objects.get(kind="people").made
    client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    with acting(alice):
        assert Invitation.objects.get(pk=invitation.pk).withdrawn_at is not None


def test_domains(client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User) -> None:
    body = (
        b"Domeinnaam;Organisatie;Leverancier\n"
        b"dijkerveen-proef.example;Gemeente Dijkerveen;Zuiderhost\n"
        b"https://www.dijkerveen-proef.example/;Dijkerveen;Zuiderhost\n"
        b"waterhoek-proef.example;Gemeente Waterhoek;\n"
        b"intern.local;Dijkerveen;\n"
    )
    address = upload("domains", body, "rio.csv")
    lines = by_line(client, address)
    assert [lines[n][0][0] for n in (2, 3, 4, 5)] == ["new", "new", "left_out", "refused"]
    agree(address)
    with acting(alice):
        assert Domain.objects.get(name="dijkerveen-proef.example").responsible == "Zuiderhost"
    with acting(alice):
        waiting = list(Domain.objects.values_list("pk", flat=True))
    state = {"name": "F. Aydin", "function": "secretaris", "text": "Wij mogen dit laten meten."}
    given = {"domains": waiting, **state}
    assert client.post("/o/dijkerveen/eerste-uur/bevoegdheid/", given).status_code == 302
    with acting(alice):
        states = set(Domain.objects.values_list("state", flat=True))
        assert states == {Domain.State.AUTHORISED}
    client.post(f"{address}terugdraaien/", {"reason": "Het verkeerde bestand gekozen."})
    with acting(alice):
        assert set(Domain.objects.values_list("state", flat=True)) == {Domain.State.AUTHORISED}


def test_pasted_names_and_zone_file(client: Client, acting: Acting, alice: User) -> None:
    names = "proef-een.example\nwww.proef-een.example\n"
    response = client.post("/o/dijkerveen/inbrengen/nieuw/domains/", {"names": names})
    plan = client.get(response.headers["Location"]).context["plan"]
    assert plan.counts["new"] == 2
    none = client.post("/o/dijkerveen/inbrengen/nieuw/domains/", {"names": ""})
    assert none.status_code == 422


def test_large_file_is_a_job(
    client: Client, upload: Upload, agree: Agree, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    address = upload("judgements", workbooks.many_judgements(400))
    response = agree(address)
    assert "/werk/" in response.headers["Location"]
    with acting(alice):
        assert not TakenOver.objects.exists()
    do_jobs()
    with acting(alice):
        assert TakenOver.objects.count() == 400
        assert TakenOver.objects.filter(intake__uploaded_by=alice).count() == 400
    assert client.get(address).context["counts"][0] == ("new", 400)


def test_too_many_lines_are_refused(client: Client, acting: Acting, alice: User) -> None:
    body = "Nr;Oordeel\n" + "5.01.01;ja\n" * (planning.MOST_ROWS + 1)
    with acting(alice) as actor:
        intake = files.keep(
            actor=actor, kind="judgements", name="veel.csv", content=BytesIO(body.encode())
        )
        with pytest.raises(Refused, match="20000"):
            planning.plan(actor=actor, intake=intake)


def test_nothing_is_half_written(
    client: Client, upload: Upload, acting: Acting, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = upload("actions", workbooks.sheet(["Actie"], ["Een"], ["Twee"], ["Drie"]))
    mark = client.get(address).context["plan"].mark
    real = action_services.open_action

    def fails_on_the_last(**values: Any) -> Action:
        if values["title"] == "Drie":
            raise Refused("Dit kan niet.")
        return real(**values)

    monkeypatch.setattr(action_services, "open_action", fails_on_the_last)
    response = client.post(address, {"mark": mark}, follow=True)
    assert "Dit kan niet." in response.content.decode()
    with acting(alice):
        assert not Action.objects.exists()
        assert Intake.objects.get().state == Intake.State.LOOKING


def test_strangers_and_readers(
    client_of: ClientOf, upload: Upload, bob: User, charlie: User
) -> None:
    address = upload("judgements", workbooks.waterhoek())
    assert client_of(bob).get(address).status_code == 403
    assert client_of(charlie).get(address).status_code == 404
    own = address.replace("/dijkerveen/", "/waterhoek/")
    assert client_of(charlie).get(own).status_code == 404


def test_file_that_is_no_sheet_is_told(client: Client) -> None:
    file = BytesIO(b"PK\x03\x04 kapot")
    file.name = "oordelen.xlsx"
    response = client.post("/o/dijkerveen/inbrengen/nieuw/judgements/", {"file": file})
    assert response.status_code == 422
    assert "beschadigd" in response.content.decode()


def test_bulk_judgement(client: Client, acting: Acting, alice: User) -> None:
    with acting(alice):
        leaves = list(Requirement.objects.filter(framework__key="bio2", leaf=True)[:3])
    query = "&".join(f"leaf={one.pk}" for one in leaves)
    assert client.get("/o/dijkerveen/standen/samen-oordelen/").status_code == 200
    given = {"layers": ["design", "existence"], "line": "ciso", "verdict": "met",
             "reason": "Vastgesteld door de directie."}  # fmt: skip
    address = f"/o/dijkerveen/standen/samen-oordelen/oordeel/?{query}"
    assert client.post(address, given).status_code == 302
    with acting(alice):
        assert Judgement.objects.filter(superseded_at=None).count() == 6


def test_leaver_cannot_finish_the_job(
    upload: Upload, agree: Agree, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    agree(upload("judgements", workbooks.many_judgements(400)))
    with acting(alice):
        Membership.objects.filter(user=alice, until=None).update(until=clock.now())
    do_jobs()
    with looking():
        assert not TakenOver.objects.exists()
        assert Intake.objects.get().state == Intake.State.LOOKING


@contextmanager
def looking() -> Iterator[None]:
    """Look as Dijkring itself: the person has no access any more."""
    place = Organisation.objects.get(slug="dijkerveen")
    with transaction_for([place.pk]):
        yield
