# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents: what is accepted, how it is kept, and to whom it is handed out."""

import errno
import hashlib
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Upload
from dijkring.evidence.services import uploads
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

PDF = b"%PDF-1.7 besluit"


def keep(actor: Actor, name: str = "besluit.pdf", content: bytes = PDF) -> Upload:
    return uploads.upload(actor=actor, name=name, content=BytesIO(content))


def test_kept_by_its_hash_among_those_of_the_organisation(ciso: Actor) -> None:
    found = keep(ciso)
    digest = hashlib.sha256(PDF).hexdigest()
    path = uploads.path_of(ciso.organisation_id, digest)
    assert (found.sha256, found.size, found.media_type) == (digest, len(PDF), "application/pdf")
    assert path.read_bytes() == PDF
    assert str(ciso.organisation_id) in path.parts
    assert [file.name for file in path.parent.iterdir()] == [digest]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.pdf", b""),
        ("plaatje.pdf", b"\x89PNG\r\n\x1a\n"),
        ("pagina.html", b"<script>alert(1)</script>"),
        ("tekening.svg", b"<svg/>"),
        ("programma.txt", b"MZ\0\0"),
        ("macro.xlsm", b"PK\x03\x04"),
        ("zonder", PDF),
    ],
)
def test_refused(ciso: Actor, name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        keep(ciso, name, content)
    assert not Upload.objects.exists()


def test_too_large_is_refused_without_reading_on(
    ciso: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LIMIT", len(PDF) - 1)
    source = BytesIO(PDF * 100)
    with pytest.raises(Refused):
        uploads.upload(actor=ciso, name="besluit.pdf", content=source)
    assert source.tell() == len(PDF)
    monkeypatch.setattr(uploads, "LIMIT", len(PDF))
    assert keep(ciso).size == len(PDF)


@pytest.mark.parametrize("name", ["../../etc/besluit.pdf", "/etc/besluit.pdf", "a/b/besluit.pdf"])
def test_name_leads_nowhere(ciso: Actor, name: str) -> None:
    assert keep(ciso, name).name == "besluit.pdf"


def test_full_disk_is_said(ciso: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Refused):
        keep(ciso, content=b"%PDF- iets anders")
    assert not Upload.objects.exists()


def test_reader_uploads_nothing(acting: Acting, bob: User) -> None:
    with acting(bob) as reader, pytest.raises(Forbidden):
        keep(reader)


def address(pk: int, organisation: str = "dijkerveen") -> str:
    return reverse("evidence:download", kwargs={"organisation": organisation, "pk": pk})


def test_handed_out_as_a_file_to_colleagues_only(
    acting: Acting, alice: User, bob: User, charlie: User, client_of: ClientOf
) -> None:
    with acting(alice) as actor:
        found = keep(actor, "besluit é.pdf")
    response = client_of(bob).get(address(found.pk))
    assert response.content == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    for organisation in ("dijkerveen", "waterhoek"):
        assert client_of(charlie).get(address(found.pk, organisation)).status_code == 404


def test_page_keeps_a_document_and_says_what_is_wrong(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    path = reverse("evidence:upload", kwargs={"organisation": "dijkerveen"})

    def send(name: str, content: bytes) -> Any:
        return client.post(path, {"file": SimpleUploadedFile(name, content)})

    assert send("plaatje.pdf", b"geen pdf").status_code == 422
    response = send("besluit.pdf", PDF)
    assert response.status_code == 302
    assert "besluit.pdf" in client.get(response.headers["Location"]).content.decode()


class Pieces(BytesIO):
    """A file that is read in pieces, and that can break off halfway."""

    def __init__(self, content: bytes, *, breaks_at: int | None = None) -> None:
        super().__init__(content)
        self.breaks_at = breaks_at

    def read(self, size: int | None = -1, /) -> bytes:
        assert size is not None
        assert 0 < size <= uploads.PIECE
        if self.breaks_at is not None and self.tell() >= self.breaks_at:
            raise OSError("the connection broke off")
        return super().read(size)


def inert(actor: Actor, content: BytesIO, sha256: str = "") -> Upload:
    return uploads.keep_inert(
        actor=actor, right="evidence.upload", name="schijf.img", content=content, sha256=sha256
    )


def test_evidence_is_read_in_pieces_and_kept_whole(ciso: Actor, settings: Settings) -> None:
    content = b"0123456789abcdef" * (3 * uploads.PIECE // 16) + b"rest"
    settings.EVIDENCE_LIMIT = len(content)
    digest = hashlib.sha256(content).hexdigest()
    found = inert(ciso, Pieces(content), digest)
    assert (found.size, found.sha256) == (len(content), digest)
    path = uploads.path_of(ciso.organisation_id, digest)
    assert path.read_bytes() == content
    assert not path.stat().st_mode & 0o111
    assert uploads.hash_now(found) == digest


@pytest.mark.parametrize("wrong", ["too large", "empty", "another hash", "broken off", "full"])
def test_evidence_that_cannot_be_kept_leaves_nothing_behind(
    wrong: str, ciso: Actor, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"x" * (2 * uploads.PIECE)
    settings.EVIDENCE_LIMIT = len(content) - (wrong == "too large")
    given = Pieces(b"" if wrong == "empty" else content)
    given.breaks_at = uploads.PIECE if wrong == "broken off" else None
    if wrong == "full":
        monkeypatch.setattr(os, "fsync", _no_space)
    before = kept(ciso)
    with pytest.raises(Refused) as refused:
        inert(ciso, given, "0" * 64 if wrong == "another hash" else "")
    assert refused.value.field == ("sha256" if wrong == "another hash" else "file")
    assert not Upload.everything.exists()
    assert kept(ciso) == before


def kept(actor: Actor) -> list[Path]:
    folder = Path(configured.MEDIA_ROOT) / str(actor.organisation_id)
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _no_space(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
