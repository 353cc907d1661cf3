# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents say what is there: links lead somewhere, variables and decisions are complete."""

import re
from pathlib import Path

import pytest
import yaml

from dijkring.cli.main import COMMANDS
from dijkring.config.env import VARIABLES, Variable

ROOT = Path(__file__).resolve().parents[4]
SKIPPED = {"node_modules", ".venv", ".git", ".dijkring"}
DOCUMENTS = sorted(
    path
    for folder in (ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / "src").rglob("*.md"))
    for path in folder
    if not SKIPPED.intersection(path.parts)
)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#]+)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    broken = [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_variable_is_told_to_administrators(variable: Variable) -> None:
    row = f"| `{variable.name}` | {f'`{variable.default}`' if variable.default else '–'} |"
    assert row in (ROOT / "docs" / "administration.md").read_text()


def test_commands_in_code_blocks_exist() -> None:
    """A reader who copies a command must not meet 'unknown command'."""
    told = {
        name
        for path in DOCUMENTS
        for block in re.findall(r"```[a-z]*\n(.*?)```", path.read_text(), re.DOTALL)
        for name in re.findall(r"^dijkring ([a-z]+)", block, re.MULTILINE)
    }
    assert told
    assert told <= set(COMMANDS)


def test_every_decision_has_four_parts_and_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = (folder / "README.md").read_text()
    for path in sorted(folder.glob("0*.md")):
        parts = re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE)
        assert parts == ["Status", "Context", "Decision", "What follows"], path.name
        assert path.name in listed


def test_glossary_has_one_meaning_for_each_word() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text()
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    words = [row[0] for row in rows if row[0] != "| English"]
    assert len(words) > 100
    assert sorted(words) == sorted(set(words))


def test_publiccode_names_version_and_licence_of_the_package() -> None:
    found = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    project = (ROOT / "pyproject.toml").read_text()
    assert f'version = "{found["softwareVersion"]}"' in project
    assert f'license = "{found["legal"]["license"]}"' in project
    assert all(len(found["description"][one]["shortDescription"]) <= 150 for one in ("nl", "en"))
