# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole of one organisation moves to another Dijkring, with a database of its own."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from dijkring.organisations.models import User
from dijkring.portability.tests.archives import comparable, exported
from dijkring.portability.tests.elsewhere import APART, Elsewhere, another
from dijkring.tests import objects
from dijkring.tests.harness.database import Clone
from dijkring.tests.harness.people import Acting


@pytest.fixture
def elsewhere(clone: Clone, tmp_path: Path) -> Iterator[Elsewhere]:
    with another(clone, tmp_path / "elsewhere") as found:
        yield found


@pytest.fixture
def left(alice: User, acting: Acting, tmp_path: Path) -> Path:
    """Dijkerveen with one of everything, exported; nothing of it stays here."""
    with acting(alice) as actor, transaction.atomic():
        objects.make(actor)
        exported(actor, tmp_path / "left.zip")
        transaction.set_rollback(True)
    return tmp_path / "left.zip"


def documents(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {name for name in archive.namelist() if name.startswith("uploads/")}


def test_another_dijkring_says_the_same(left: Path, elsewhere: Elsewhere, tmp_path: Path) -> None:
    there = ("--organisation", "dijkerveen", "--reason", "Verhuisd naar een andere Dijkring")
    done = elsewhere.dijkring("import", "organisation", str(left), *there)
    assert done.returncode == 0, done.stdout + done.stderr
    again = tmp_path / "again.zip"
    assert "to be published anew: Dienst van het meldpunt 1" in done.stdout
    assert "stays behind" not in done.stdout
    done = elsewhere.dijkring("export", "organisation", "--out", str(again), *there)
    assert done.returncode == 0, done.stdout + done.stderr
    before, after = comparable(left), comparable(again)
    assert set(before) == set(after)
    for name in before:
        assert after[name] == before[name], name
    assert documents(left) == documents(again) != set()
    query = "SELECT min(requirement_id), min(organisation_id) FROM evidence_judgement"
    assert all(number > APART for number in elsewhere.rows(query)[0])  # type: ignore[operator]


def test_what_is_about_an_unknown_organisation_stays_behind_and_is_told(
    left: Path, elsewhere: Elsewhere
) -> None:
    """The other Dijkring never heard of who carries out a part for Dijkerveen."""
    elsewhere.write("UPDATE organisations_organisation SET slug = 'ander' WHERE slug = 'meldpunt'")
    there = ("--organisation", "dijkerveen", "--reason", "Verhuisd naar een andere Dijkring")
    looked = elsewhere.dijkring("import", "organisation", str(left), *there, "--look")
    done = elsewhere.dijkring("import", "organisation", str(left), *there)
    for told in (looked, done):
        assert told.returncode == 0, told.stdout + told.stderr
        assert "not known here: CSIRT Meldpunt" in told.stdout
        assert re.search(
            r"stays behind: 1 (What others carry out for you|Wat anderen)", told.stdout
        )
    assert "to be published anew" not in done.stdout
    assert elsewhere.rows("SELECT 1 FROM evidence_provision") == []
    assert elsewhere.rows("SELECT 1 FROM evidence_judgement")
