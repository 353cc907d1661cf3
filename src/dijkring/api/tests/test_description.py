# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The description is public, complete and after the NLGov REST API Design Rules."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from dijkring.api import urls
from dijkring.organisations.scopes import SCOPES

SPECTRAL = settings.ROOT / "node_modules" / ".bin" / "spectral"
RULESET = os.environ.get("ADR_RULESET", str(Path(__file__).with_name("adr-ruleset.yaml")))


def described(language: str = "nl") -> dict[str, Any]:
    # Outside a test server the addresses are https, as the rules want.
    client = Client(headers={"accept-language": language})
    found: dict[str, Any] = client.get("/api/v1/openapi.json", secure=True).json()
    return found


@pytest.fixture
def description() -> dict[str, Any]:
    return described()


def lint(description: dict[str, Any], folder: Path) -> set[str]:
    """Return the rules that Spectral finds broken; 0 is an error."""
    document = folder / "openapi.json"
    document.write_text(json.dumps(description))
    done = subprocess.run(  # noqa: S603
        [SPECTRAL, "lint", "--quiet", "--format=json", f"--ruleset={RULESET}", document],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in {0, 1}, done.stderr
    return {found["code"] for found in json.loads(done.stdout) if found["severity"] == 0}


needs_spectral = pytest.mark.skipif(not SPECTRAL.exists(), reason="no Spectral: run `make setup`")


@needs_spectral
def test_spectral_finds_no_error(description: dict[str, Any], tmp_path: Path) -> None:
    assert lint(description, tmp_path) == set()


@needs_spectral
@pytest.mark.skipif("ADR_RULESET" in os.environ, reason="these are the names of our own rules")
def test_spectral_sees_what_is_wrong(description: dict[str, Any], tmp_path: Path) -> None:
    paths, schemas = description["paths"], description["components"]["schemas"]
    paths["/Fact_kinds"] = paths.pop("/fact-kinds")
    paths["/facts"]["get"]["parameters"][1]["name"] = "page_size"
    del paths["/facts"]["post"]["responses"]["400"]
    del paths["/actions"]["get"]["responses"]["401"]
    del paths["/actions"]["get"]["responses"]["200"]["headers"]
    paths["/domains"]["get"]["responses"]["403"]["content"] = {"application/json": {}}
    del schemas["Problem"]["properties"]["detail"]
    schemas["Fault"]["properties"] |= {"some_thing": {}, "someDate": {"type": "string"}}
    schemas["some_thing"] = {"type": "object"}
    description["info"] |= {"version": "1", "contact": {}}
    description["servers"] = [{"url": "https://dijkring.example/api"}]
    rules = "contact semantic-version major-version-in-address paths query-keys fields"
    rules += " schema-names version-header problem problem-fields refuses-what-is-wrong token dates"
    assert {f"dijkring-{rule}" for rule in rules.split()} <= lint(description, tmp_path)


def test_description_is_public_for_pages_elsewhere() -> None:
    response = Client().get("/api/v1/openapi.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["API-Version"] == response.json()["info"]["version"]


def test_description_is_dutch_unless_english_is_asked_for() -> None:
    dutch, english = described("nl"), described("en")
    assert dutch["paths"]["/facts"]["get"]["summary"] == "Feiten opvragen"
    assert english["paths"]["/facts"]["get"]["summary"] == "List facts"


def test_scopes_of_endpoints_are_those_that_a_token_can_get(description: dict[str, Any]) -> None:
    operations = [found for path in description["paths"].values() for found in path.values()]
    asked = {operation["security"][0]["Token"][0] for operation in operations}
    assert asked == {scope for scope, _words in SCOPES}


def test_asking_again_makes_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody may ask for it, and making it takes half a second."""
    first = described()
    monkeypatch.setattr(urls, "Description", None)
    assert described() == first
