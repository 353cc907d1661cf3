# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of exchange, walked as people do: out, changed, back; and the whole, there and in."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dijkring.actions import services as actions
from dijkring.actions.models import Action
from dijkring.cli.main import COMMANDS
from dijkring.evidence.models import Judgement
from dijkring.evidence.tests import objects as provided
from dijkring.organisations.models import User
from dijkring.portability.commands import bring_in, export
from dijkring.portability.models import Newcomer, Transfer
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting, ClientOf, actor_of
from dijkring.tests.harness.work import DoJobs

OURS, THEIRS = "/o/dijkerveen/uitwisselen", "/o/waterhoek/uitwisselen"


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def upload(client: Client, address: str, name: str, content: bytes) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content)})


def test_a_list_out_changed_and_back(
    alice: User, acting: Acting, client_of: ClientOf, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        action = actions.open_action(actor=actor, title="Oude titel")
    client = client_of(alice)
    sheet = body_of(client.get(f"{OURS}/lijsten/actions.csv")).decode()
    changed = sheet.replace("Oude titel", "Nieuwe titel").encode()
    made = upload(client, f"{OURS}/lijsten/actions/terug/", "acties.csv", changed)
    assert made.status_code == 302
    shown = client.get(made.url)
    assert "Oude titel" in shown.content.decode()
    assert "Nieuwe titel" in shown.content.decode()
    client.post(made.url)
    assert do_jobs() >= 1
    with acting(alice):
        action.refresh_from_db()
    assert action.title == "Nieuwe titel"
    assert client.get(made.url).status_code == 200


def test_a_sheet_that_is_not_written_leaves_everything(
    alice: User, acting: Acting, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        actions.open_action(actor=actor, title="Oude titel")
    client = client_of(alice)
    sheet = body_of(client.get(f"{OURS}/lijsten/actions.csv")).replace(b"Oude", b"Andere")
    made = upload(client, f"{OURS}/lijsten/actions/terug/", "acties.csv", sheet)
    client.post(f"{made.url}vervallen/")
    with acting(alice):
        assert Transfer.objects.get().state == "dropped"
        assert Action.objects.get().title == "Oude titel"


def test_a_wrong_file_is_an_error_of_the_form(alice: User, client_of: ClientOf) -> None:
    found = upload(client_of(alice), f"{OURS}/lijsten/actions/terug/", "x.csv", b"a,b\n1,2\n")
    assert found.status_code == 422
    found = upload(client_of(alice), f"{OURS}/binnenhalen/", "x.zip", b"geen zip")
    assert found.status_code == 422


def test_oscal_of_a_real_organisation_is_accepted_by_nist(
    alice: User, acting: Acting, client_of: ClientOf
) -> None:
    from dijkring.controls.catalogue import current_framework
    from dijkring.portability.tests.test_oscal import faults

    with acting(alice) as actor:
        objects.make_facts(actor, 1)
        objects.make_judgements(actor, 1)
        norm = current_framework("bio2")
    assert norm is not None
    body = body_of(client_of(alice).get(f"{OURS}/oscal/{norm.pk}/zip"))
    with zipfile.ZipFile(BytesIO(body)) as archive:
        found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert len(found) == 4
    for name, document in found.items():
        assert faults(document) == [], name
    results = next(
        one["assessment-results"] for one in found.values() if "assessment-results" in one
    )
    states = {one["target"]["status"]["state"] for one in results["results"][0]["findings"]}
    assert states == {"satisfied", "not-satisfied"}
    assert results["results"][0]["observations"]


def test_the_whole_out_and_in_by_the_pages(
    alice: User, charlie: User, acting: Acting, client_of: ClientOf, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        objects.make_judgements(actor, 1)
        objects.make_actions(actor, 1)
        provided.make(actor, 1)
    ours, theirs = client_of(alice), client_of(charlie)
    ours.post(f"{OURS}/geheel/", {"reason": "Wij stappen over naar een andere Dijkring."})
    do_jobs()
    with acting(alice):
        made = Transfer.objects.get()
    assert (made.state, made.made_by_id) == ("done", alice.pk)
    assert "Wat niet mee kan" in ours.get(f"{OURS}/geheel/{made.pk}/").content.decode()
    archive = body_of(ours.post(f"{OURS}/geheel/{made.pk}/bestand/"))
    with acting(alice):
        made.refresh_from_db()
    assert made.taken_by_id == alice.pk
    looked = upload(theirs, f"{THEIRS}/binnenhalen/", "dijkerveen.zip", archive)
    page = theirs.get(looked.url).content.decode()
    assert "<dt>Oordelen</dt>" in page
    assert "Daar geven anderen toegang, met een uitnodiging." in page, "what cannot travel"
    theirs.post(looked.url, {"reason": "Wij nemen Dijkerveen over."})
    do_jobs()
    with acting(charlie) as actor:
        assert Judgement.objects.filter(organisation_id=actor.organisation_id).exists()
        newcomer = Newcomer.objects.get(email=alice.email)
        assert Transfer.objects.get().state == "done"
    assert "Alice Bakker" in theirs.get(f"{THEIRS}/mensen/").content.decode()
    invited = theirs.post(f"{THEIRS}/mensen/{newcomer.pk}/uitnodigen/", {"role": "reader"})
    assert "/invitation/" in invited.content.decode()
    page = theirs.get(looked.url).content.decode()
    assert "Anderen voeren een deel voor u uit: Dienst van het meldpunt 1." in page
    assert "neem de dienst daarna opnieuw af" in page, "it reads not measured until then"


def test_who_may_not_export_sees_only_lists(
    alice: User, bob: User, erik: User, client_of: ClientOf
) -> None:
    assert client_of(bob).get(f"{OURS}/").status_code == 403
    everything = client_of(alice).get(f"{OURS}/").content.decode()
    assert "/uitwisselen/lijsten/actions/terug/" in everything
    assert "/uitwisselen/lijsten/people/terug/" not in everything
    shown = client_of(erik).get(f"{OURS}/")
    assert shown.status_code == 200
    assert "OSCAL" not in shown.content.decode()
    assert client_of(erik).get(f"{OURS}/geheel/").status_code == 403


def test_the_commands_write_and_take_over(
    alice: User, charlie: User, acting: Acting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(alice) as actor:
        objects.make_judgements(actor, 1)
    archive = tmp_path / "d.zip"
    assert ran(export, "organisation", "--organisation", "dijkerveen", "--out", archive) == 1
    why = ("--reason", "Een kopie voor de proef.")
    assert ran(export, "organisation", "--organisation", "dijkerveen", "--out", archive, *why) == 0
    for kind, out in (("oscal", "o.zip"), ("list", "l.ods")):
        place = tmp_path / out
        assert ran(export, kind, "--organisation", "dijkerveen", "--out", place) == 0
        assert place.stat().st_size > 0
    assert ran(bring_in, archive, "--organisation", "waterhoek", "--look") == 0
    assert ran(bring_in, archive, "--organisation", "waterhoek", *why) == 0
    assert ran(bring_in, archive, "--organisation", "waterhoek", *why) == 1
    assert ran(bring_in, tmp_path / "niets.zip", "--organisation", "waterhoek") == 2
    with acting(charlie):
        mine = Judgement.objects.filter(organisation_id=actor_of(charlie).organisation_id)
        assert mine.exists()
    capsys.readouterr()


def ran(command: Any, *arguments: Any) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return int(command.run(parser.parse_args([str(one) for one in arguments])))


def test_the_commands_are_there() -> None:
    assert {"export", "import organisation"} <= set(COMMANDS)
