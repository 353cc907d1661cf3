# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file of an incident: evidence with its chain, traces, costs, the police, who was told."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Upload
from dijkring.evidence.services import uploads
from dijkring.incidents.indicators import FILE, HASH, KINDS, defang, recognise
from dijkring.incidents.models import CustodyRecord, Exhibit, Incident
from dijkring.incidents.selectors import costs
from dijkring.incidents.selectors import dossier as selectors
from dijkring.incidents.services import dossier, exhibits, reporting
from dijkring.incidents.services.dossier import CostWanted
from dijkring.incidents.services.exhibits import Taken
from dijkring.incidents.services.reporting import Reported
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf, actor_of

# The text by which scanners are tested, in two pieces so that none of them takes this file away.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MALWARE = EICAR + b"<script>alert(1)</script>"
AT = "/o/dijkerveen/incidenten"


def report(actor: Actor) -> Incident:
    return reporting.report(actor=actor, wanted=Reported("Vreemde bijlage", clock.now()))


def taken(**values: str) -> Taken:
    return Taken("Bijlage", clock.now(), "F. Aydin", "Postbus van de balie", **values)


def test_malware_is_kept_inert_with_its_chain(
    acting: Acting, alice: User, bob: User, charlie: User, client_of: ClientOf
) -> None:
    file = ("factuur.html", BytesIO(MALWARE))
    with acting(alice) as actor:
        made = report(actor)
        found = exhibits.take(actor=actor, incident=made, wanted=taken(), file=file)
        assert exhibits.check(actor=actor, exhibit=found).equal is True
        exhibits.hand_over(
            actor=actor, exhibit=found, at=clock.now(), by="F. Aydin", to="Politie, Utrecht"
        )
        path = uploads.path_of(actor.organisation_id, found.sha256)
        path.write_bytes(b"anders")
        wrong = exhibits.check(actor=actor, exhibit=found)
        path.unlink()
        gone = exhibits.check(actor=actor, exhibit=found)
        assert (wrong.equal, gone.equal, gone.sha256) == (False, False, "")
        path.write_bytes(MALWARE)
        acts = [one.act for one in found.custody.all()]
        assert acts == ["taken", "checked", "given", "checked", "checked"]
        # It is no document: it stands in no list, and no other page hands it out.
        assert not Upload.objects.exists()
        for change in (CustodyRecord.objects.all().delete, found.custody.all().delete):
            with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
                change()
        with pytest.raises(Refused):
            exhibits.hand_over(
                actor=actor, exhibit=found, at=made.reported_at.replace(year=2020), by="A", to="B"
            )
    address = f"{AT}/bewijs/{found.pk}/bestand/"
    answer = client_of(alice).get(address)
    assert b"".join(answer) == MALWARE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of(alice).get(f"/o/dijkerveen/documenten/{found.upload_id}/").status_code == 404
    assert client_of(bob).get(address).status_code == 403
    assert client_of(charlie).get(address.replace("dijkerveen", "waterhoek")).status_code == 404


def test_a_disk_that_takes_no_upload_costs_the_file_and_not_what_was_typed(
    acting: Acting, alice: User, client_of: ClientOf, settings: Settings, tmp_path: Path
) -> None:
    with acting(alice) as actor:
        made = report(actor)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "gone")
    large = SimpleUploadedFile("schijf.img", b"0" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    at = f"{clock.now().astimezone(clock.AMSTERDAM):%Y-%m-%dT%H:%M}"
    typed = {"what": "Schijf", "at": at, "by": "F. Aydin", "origin": "Server", "to": "Kluis"}
    address = f"{AT}/{made.pk}/dossier/bewijs/"
    answer = client_of(alice).post(address, {"file": large, **typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "de schijf van de server is vol of alleen-lezen" in page
    assert 'value="Kluis"' in page
    with acting(alice):
        # Although a safe was named: the file was to be kept here.
        assert not Exhibit.objects.exists()


def test_evidence_that_is_refused(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        file = ("a.bin", BytesIO(MALWARE))
        wrong = [
            (taken(), None),
            (taken(sha256="a" * 63, to="Kluis"), None),
            (taken(sha256="a" * 64), file),
            (taken(), ("leeg.bin", BytesIO(b""))),
        ]
        for wanted, given_file in wrong:
            with pytest.raises(Refused), transaction.atomic():
                exhibits.take(actor=actor, incident=made, wanted=wanted, file=given_file)
        with pytest.raises(Forbidden):
            exhibits.take(actor=actor_of(bob), incident=made, wanted=taken(to="Kluis"))
        elsewhere = exhibits.take(actor=actor, incident=made, wanted=taken(to="Kluis"))
        with pytest.raises(Refused):
            exhibits.check(actor=actor, exhibit=elsewhere)
        assert elsewhere.number == 1


def test_traces_are_recognised_by_their_content() -> None:
    known = {
        "hxxps://kwaad[.]example/a?b=1": ("url", "https://kwaad.example/a?b=1"),
        "192[.]0[.]2[.]4": ("ip", "192.0.2.4"),
        "2001:DB8:0::1": ("ip", "2001:db8::1"),
        "Kwaad(dot)Example": ("domain", "kwaad.example"),
        "jan[at]kwaad[.]example": ("mail", "jan@kwaad.example"),
        "D41D8CD98F00B204E9800998ECF8427E": ("hash", "d41d8cd98f00b204e9800998ecf8427e"),
        "factuur 2026.exe": ("file", "factuur 2026.exe"),
        "kwaad.zip": ("domain", "kwaad.zip"),
    }
    assert {text: recognise(text) for text in known} == known
    for text in ("", "niets", "=1+1", "1.2.3", "ftp://a b", "javascript:alert(1)", "a" * 3_000):
        assert recognise(text) is None, text
    assert recognise("kwaad.zip", "file") == ("file", "kwaad.zip")
    assert recognise("../kwaad", "file") is None


@settings(max_examples=25, deadline=None)
@given(st.text("ab1.:/@[]-xh ", max_size=40), st.sampled_from(["", *KINDS]))
def test_what_is_shown_harmless_reads_as_it_was(text: str, kind: str) -> None:
    found = recognise(text, kind)
    # A file name or a hash is shown as it is: nobody can follow it.
    if found is not None and found[0] not in (FILE, HASH):
        shown = defang(*found)
        assert recognise(shown, found[0]) == found
        assert not shown.lower().startswith("http")


def test_traces_go_out_harmless_for_a_sheet_and_whole_for_a_machine(
    acting: Acting, alice: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        made = report(actor)
        lines = ["hxxps://kwaad[.]example/a", "", "https://kwaad.example/a", "192.0.2.4"]
        assert len(dossier.add_indicators(actor=actor, incident=made, lines=lines)) == 2
        assert dossier.add_indicators(actor=actor, incident=made, lines=["192.0.2.4"]) == []
        formula = ["=HYPERLINK(1).exe"]
        dossier.add_indicators(actor=actor, incident=made, lines=formula, kind="file")
        with pytest.raises(Refused, match="onzin"):
            dossier.add_indicators(actor=actor, incident=made, lines=["192.0.2.9", "onzin"])
        row = selectors.indicators(made).get(value="192.0.2.4")
        dossier.strike(actor=actor, row=row, reason="Dat was onze eigen scanner.")
        assert selectors.indicators(made).count() == 2
    client = client_of(alice)
    page = client.get(f"{AT}/{made.pk}/sporen/").content.decode()
    assert "hxxps://kwaad[.]example/a" in page
    assert "https://kwaad.example" not in page
    sheet = client.get(f"{AT}/{made.pk}/sporen/?export=csv").content.decode()
    assert "https://kwaad.example/a" in sheet
    assert "'=HYPERLINK" in sheet
    for kind in ("bewijs", "sporen", "kosten", "aangifte", "contact"):
        assert client.get(f"{AT}/{made.pk}/dossier/{kind}/").status_code == 200, kind
    sent = {"what": "Bureau", "euros": "1250.10", "budget_year": "2026", "certain": "on"}
    assert client.post(f"{AT}/{made.pk}/dossier/kosten/", sent).status_code == 302
    assert client.get(f"{AT}/{made.pk}/dossier/anders/").status_code == 404


def test_costs_police_and_contacts(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        made = report(actor)
        dossier.add_cost(actor=actor, incident=made, wanted=CostWanted("Bureau", 125_010, 2026))
        sure = CostWanted("Laptops", 90_000, 2027, certain=True)
        row = dossier.add_cost(actor=actor, incident=made, wanted=sure)
        assert costs.total(made) == costs.Total(90_000, 125_010, 2)
        assert costs.euros(123_456_789) == "€ 1.234.567,89"
        dossier.strike(actor=actor, row=row, reason="Die waren al besteld.")
        assert costs.total(made).all == 125_010
        for wrong in (CostWanted("Bureau", 0, 2026), CostWanted("Bureau", 1, 1999)):
            with pytest.raises(Refused):
                dossier.add_cost(actor=actor, incident=made, wanted=wrong)
        with pytest.raises(Refused):
            dossier.tell_police(actor=actor, incident=made, done=False)
        dossier.tell_police(actor=actor, incident=made, done=False, reason="Nog geen schade.")
        dossier.tell_police(actor=actor, incident=made, done=True, at=clock.now(), number="PL-1")
        said = selectors.police(made)
        assert said is not None
        assert (said.done, said.number, made.police.count()) == (True, "PL-1", 2)
        told = dossier.write_contact(
            actor=actor, incident=made, at=clock.now(), to="Raad", channel="brief",
            text="Er is een incident.", by="F. Aydin",
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            type(told).objects.filter(pk=told.pk).update(text="Er is niets.")
