# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Importing on the pages: upload, preview, confirm, and everything that must not happen."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from dijkring.controls.importers.tests.shared import own_pack, real, workbook
from dijkring.controls.models import Framework
from dijkring.core.models import Job
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs

UPLOAD = "/o/dijkerveen/normen/importeren/"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    """Let every test find only its own files."""
    settings.HOME = tmp_path


def upload(client: Client, content: bytes, name: str = "huis.yaml") -> str:
    """Return the address of the preview."""
    file = BytesIO(content)
    file.name = name
    response = client.post(UPLOAD, {"file": file})
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def kept() -> list[Path]:
    return [path for path in (Path(settings.HOME) / "imports").rglob("*") if path.is_file()]


def words(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_nothing_is_written_before_somebody_agrees(
    client_of: ClientOf, acting: Acting, alice: User, charlie: User, do_jobs: DoJobs
) -> None:
    client = client_of(alice)
    preview = upload(client, own_pack())
    assert re.search(r"(New|Nieuw) 3 (Changed|Gewijzigd) 0", words(client, preview))
    with acting(alice):
        assert not Framework.objects.filter(key="huis").exists()
    job = client.post(preview)
    assert job.status_code == 302
    do_jobs()
    with acting(alice) as actor:
        found = Framework.objects.get(key="huis")
        assert found.organisation_id == actor.organisation_id
        done = Job.objects.get(kind="controls.import")
        assert (done.state, done.result_url) == ("done", f"/o/dijkerveen/normen/{found.pk}/")
    assert kept() == []
    with acting(charlie):
        assert not Framework.objects.filter(key="huis").exists()


def test_a_reference_opens_nothing_for_another(
    client_of: ClientOf, alice: User, charlie: User
) -> None:
    preview = upload(client_of(alice), own_pack())
    theirs = preview.replace("dijkerveen", "waterhoek")
    assert client_of(charlie).get(preview).status_code == 404
    assert client_of(charlie).get(theirs).status_code == 404
    assert client_of(alice).get(preview[:-3] + "aa/").status_code == 404


def test_a_refused_file_says_line_and_reason_and_cannot_be_imported(
    client_of: ClientOf, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    client = client_of(alice)
    preview = upload(client, own_pack('  - {ref: "5.10"}\n'))
    shown = words(client, preview)
    assert re.search(r"(Line|Regel) 6 ?, 5\.10", shown)
    assert client.post(preview).status_code == 200
    assert do_jobs() == 0
    with acting(alice):
        assert not Framework.objects.filter(key="huis").exists()


def test_a_mapping_to_nowhere_is_refused_in_the_preview(client_of: ClientOf, alice: User) -> None:
    wrong = '\nmappings:\n  - {source: "5.10.01", target: "bio2:99.99", kind: carries}\n'
    client = client_of(alice)
    assert "bio2:99.99" in words(client, upload(client, own_pack(wrong)))


def test_columns_can_be_chosen(
    client_of: ClientOf, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    book = workbook(["Sleutel", "Wat", "Nr."], ["x", "Deur dicht", "1.1"], ["y", "Raam", "1.2"])
    client = client_of(alice)
    preview = upload(client, book, "Regels.xlsx")
    page = client.get(preview).content.decode()
    assert "C: Nr." in page
    chosen = f"{preview}?id=C&title=B&sheet=Maatregelen&header_row=1"
    assert re.search(r"(New|Nieuw) 3", words(client, chosen))
    assert client.post(chosen).status_code == 302
    do_jobs()
    with acting(alice):
        found = Framework.objects.get(key="regels")
        assert [row.label for row in found.requirements.all()] == ["Deur dicht", "Raam"]


def test_the_guess_is_filled_in(client_of: ClientOf, alice: User) -> None:
    book = workbook(["Nummer", "Titel", "Omschrijving"], ["1.1", "Deur", "Dicht"])
    client = client_of(alice)
    page = client.get(upload(client, book, "Regels.xlsx")).content.decode()
    assert re.findall(r'<option value="([A-C])" selected', page) == ["A", "B", "C"]


def test_cancelling_takes_the_file_away(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    preview = upload(client, own_pack())
    assert kept()
    assert client.post(f"{preview}annuleren/").status_code == 302
    assert kept() == []
    assert client.get(preview).status_code == 404


def test_too_large_and_strange_files_are_refused_at_the_door(
    client_of: ClientOf, alice: User
) -> None:
    for name, content in (("groot.yaml", b"a" * 20_000_001), ("beeld.png", b"\x89PNG")):
        file = BytesIO(content)
        file.name = name
        response = client_of(alice).post(UPLOAD, {"file": file})
        assert response.status_code == 422
    assert kept() == []


def test_a_job_whose_file_is_gone_says_so(
    client_of: ClientOf, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    client = client_of(alice)
    client.post(upload(client, own_pack()))
    for path in kept():
        path.unlink()
    do_jobs()
    with acting(alice):
        assert Job.objects.get(kind="controls.import").state == "failed"


@pytest.mark.parametrize(
    "file",
    [
        "bio2/bio2-v1.3-maatregelen.md",
        "frameworks/ciso-assistant-bio2.yaml",
        "frameworks/ciso-assistant-cbw_nis2.yaml",
        "frameworks/ciso-assistant-nis2-directive.yaml",
        "oscal/sp800-53-rev5-low-catalog.json",
    ],
)
def test_every_real_file_comes_in(
    client_of: ClientOf, acting: Acting, alice: User, do_jobs: DoJobs, file: str
) -> None:
    source, client = real(file), client_of(alice)
    preview = upload(client, source.read_bytes(), source.name)
    assert client.post(preview).status_code == 302
    do_jobs()
    with acting(alice) as actor:
        found = Framework.objects.get(organisation_id=actor.organisation_id)
        assert found.requirements.count() > 10
        assert Job.objects.get(kind="controls.import").state == "done"
    assert client.get(f"/o/dijkerveen/normen/{found.pk}/").status_code == 200
