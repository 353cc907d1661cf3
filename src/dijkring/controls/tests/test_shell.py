# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring import` and the loading of content against a real database, as the owner."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from dijkring.controls.importers.tests.shared import own_pack, real
from dijkring.controls.models import EvidenceRule, Framework, Mapping, Requirement
from dijkring.organisations.models import User
from dijkring.tests.harness.database import Clone
from dijkring.tests.harness.people import Acting

FILES = (
    "bio2/bio2-v1.3-maatregelen.md",
    "frameworks/ciso-assistant-bio2.yaml",
    "frameworks/ciso-assistant-cbw_nis2.yaml",
    "frameworks/ciso-assistant-nis2-directive.yaml",
    "oscal/sp800-53-rev5-low-catalog.json",
)
pytestmark = pytest.mark.django_db(transaction=True)


def shell(clone: Clone, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    urls = {"DATABASE_URL": clone.app_url, "DATABASE_OWNER_URL": clone.owner_url}
    known = {name: value for name, value in os.environ.items() if name != "DIJKRING_AS_OWNER"}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "dijkring", *words],
        env=known | urls | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def imported(clone: Clone, *words: str) -> list[dict[str, Any]]:
    done = shell(clone, "import", "framework", "--json", *words)
    found: list[dict[str, Any]] = json.loads(done.stdout or done.stderr)
    return found


def texts(version: str) -> dict[str, Any]:
    rows = Requirement.objects.filter(framework__key="bio2", framework__version=version)
    names = ("ref", "title", "kind", "layers", "leaf", "parent_id", "text", "pk")
    return {row[0]: row[1:] for row in rows.values_list(*names)}


def spoken() -> tuple[int, int]:
    rules = EvidenceRule.objects.filter(valid_until=None)
    return rules.count(), Mapping.objects.filter(valid_until=None).count()


def test_every_real_file_comes_in_and_leaves_our_own_words_alone(
    clone: Clone, acting: Acting, charlie: User
) -> None:
    files = [str(real(file)) for file in FILES]
    with acting(charlie):
        before, said = texts("1.3"), spoken()
    first = imported(clone, *files)
    assert [one["ok"] for one in first] == [True] * len(FILES)
    again = imported(clone, *files)
    assert [(one["stored"]["new"], one["stored"]["changed"]) for one in again] == [(0, 0)] * 5
    loaded = shell(clone, "manage", "load_content", DIJKRING_AS_OWNER="1")
    packs = [line for line in loaded.stdout.splitlines() if ".yaml" in line]
    assert len(packs) == 7, loaded.stderr
    assert all(" 0 new, 0 changed" in line for line in packs)
    with acting(charlie):
        assert Framework.objects.filter(organisation=None).count() >= 7
        assert (texts("1.3"), spoken()) == (before, said)
        leaf = Requirement.objects.get(framework__version="1.3", ref="5.14.01")
        assert "nternet.nl" in leaf.official_text["nl"]
        assert leaf.description == leaf.official_text["nl"]


def test_one_organisation_gets_a_framework_of_its_own(
    clone: Clone, acting: Acting, alice: User, charlie: User, tmp_path: Any
) -> None:
    file = tmp_path / "huis.yaml"
    file.write_bytes(own_pack())
    [found] = imported(clone, str(file), "--organisation", "dijkerveen")
    assert found["stored"]["new"] == 3
    with acting(alice) as actor:
        assert Framework.objects.get(key="huis").organisation_id == actor.organisation_id
    with acting(charlie):
        assert not Framework.objects.filter(key="huis").exists()


def test_a_mapping_to_nowhere_is_refused_with_its_line_and_writes_nothing(
    clone: Clone, acting: Acting, alice: User, tmp_path: Any
) -> None:
    wrong = '\nmappings:\n  - {source: "5.10.01", target: "bio2:99.99", kind: carries}\n'
    file = tmp_path / "huis.yaml"
    file.write_bytes(own_pack(wrong))
    done = shell(clone, "import", "framework", str(file), "--json")
    assert done.returncode == 1
    [refused] = json.loads(done.stdout)
    assert refused["refused"][0]["line"] == 8
    assert "bio2:99.99" in refused["refused"][0]["reasonEn"]
    with acting(alice):
        assert not Framework.objects.filter(key="huis").exists()


def test_without_the_owner_it_says_what_is_missing(clone: Clone, tmp_path: Any) -> None:
    file = tmp_path / "huis.yaml"
    file.write_bytes(own_pack())
    done = shell(clone, "import", "framework", str(file), DATABASE_OWNER_URL="")
    assert done.returncode == 2
    assert "DATABASE_OWNER_URL" in done.stderr
