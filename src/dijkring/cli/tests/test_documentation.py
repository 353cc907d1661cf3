# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The documents say what is there: links lead somewhere, variables and decisions are complete."""

import re
from pathlib import Path

import pytest
import yaml

from dijkring.cli.main import COMMANDS
from dijkring.config.env import VARIABLES, Variable
from dijkring.controls.importers import read

ROOT = Path(__file__).resolve().parents[4]
SKIPPED = {"node_modules", ".venv", ".git", ".dijkring"}
DOCUMENTS = sorted(
    path
    for folder in (ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / "src").rglob("*.md"))
    for path in folder
    if not SKIPPED.intersection(path.parts)
)
COMMAND = re.compile(r"(?:^|bin/)dijkring ([a-z]+)\b", re.MULTILINE)
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
        for name in COMMAND.findall(block)
    }
    assert told
    assert told <= set(COMMANDS)


USE = sorted((ROOT / "docs" / "gebruik").glob("*.md"))
# English stands in the code, Dutch in the catalogues.
WORDS = {"gebruik": r'^msgstr(?:\[\d\])? "(.+)"$', "use": r'^msgid(?:_plural)? "(.+)"$'}


@pytest.mark.parametrize("folder", WORDS)
def test_words_in_bold_stand_on_the_pages(folder: str) -> None:
    """A reader who looks for a button must find it under the name that the page gives."""
    catalogues = (ROOT / "src" / "dijkring").rglob("locale/nl/LC_MESSAGES/django.po")
    texts = "\n".join(path.read_text() for path in catalogues)
    on_pages = {text.lower() for text in re.findall(WORDS[folder], texts, re.MULTILINE)}
    for path in (ROOT / "docs" / folder).glob("*.md"):
        told = {words.lower() for words in re.findall(r"\*\*(.+?)\*\*", path.read_text())}
        assert told, path.name
        assert told - on_pages == set(), path.name


def test_the_pack_in_the_documents_can_be_imported() -> None:
    text = (ROOT / "docs" / "developers" / "add-a-framework.md").read_text()
    found = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert found
    report = read(found.group(1).encode(), "example.yaml")
    assert not report.refused
    assert report.pack
    assert [len(part) for part in (report.pack.requirements, report.pack.rules)] == [2, 1]


def test_every_picture_is_small_and_is_shown() -> None:
    shown = "".join(path.read_text() for path in DOCUMENTS)
    pictures = sorted((ROOT / "docs" / "images").glob("*.png"))
    assert pictures
    assert [path.name for path in pictures if f"images/{path.name}" not in shown] == []
    assert [path.name for path in pictures if path.stat().st_size > 150_000] == []


def test_every_role_has_a_page_and_stands_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text()
    assert len(USE) >= 7
    for folder in WORDS:
        assert [path.name for path in USE if f"{folder}/{path.name}" not in index] == []


def test_the_readme_gives_the_same_commands_in_both_languages() -> None:
    dutch, english = (
        re.findall(r"^\.venv/bin/dijkring .+$", (ROOT / name).read_text(), re.MULTILINE)
        for name in ("README.md", "README.en.md")
    )
    assert dutch
    assert dutch == english


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
