# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A stored Dutch text says on an English page that it is Dutch."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from dijkring.notices import kinds
from dijkring.ui import words
from dijkring.ui.tongue import looks_dutch

ROOMS = Path(__file__).resolve().parents[2]
PAIR = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.M)
OURS = [
    "Maildomein ondertekend met DNSSEC",
    "De zone is niet ondertekend met DNSSEC.",
    "Alle domeinen meten",
    "5 domeinen gemeten, 0 feiten veranderd.",
    "niet op tijd bevestigd",
]
NOT_DUTCH = ["not met", "partly met", "www.dijkerveen.example", "evidence.mfa_coverage", "", "42"]


def catalogue() -> list[tuple[str, str]]:
    files = sorted(ROOMS.glob("**/locale/nl/LC_MESSAGES/django.po"))
    return [pair for file in files for pair in PAIR.findall(file.read_text("utf-8"))]


@pytest.mark.parametrize("text", OURS)
def test_what_the_system_stores_is_dutch(text: str) -> None:
    assert looks_dutch(text)


@pytest.mark.parametrize("text", NOT_DUTCH)
def test_states_and_names_are_not(text: str) -> None:
    assert not looks_dutch(text)


def test_over_all_words_of_the_interface() -> None:
    pairs = catalogue()
    assert len(pairs) > 1000
    wrong = [english for english, _dutch in pairs if looks_dutch(english)]
    assert len(wrong) <= len(pairs) // 200, wrong
    sentences = [dutch for _english, dutch in pairs if len(dutch.split()) >= 3]
    assert sum(map(looks_dutch, sentences)) > 0.9 * len(sentences)


def test_it_is_marked_only_where_the_page_is_english() -> None:
    marked = '<span lang="nl">Alle domeinen meten</span>'
    with translation.override("en"):
        assert words.said("Alle domeinen meten") == marked
        assert words.said("Measure all domains") == "Measure all domains"
        assert words.language_of("Alle domeinen meten") == ' lang="nl"'
        assert words.said("<b>van de gemeente</b>") == (
            '<span lang="nl">&lt;b&gt;van de gemeente&lt;/b&gt;</span>'
        )
    with translation.override("nl"):
        assert words.said("Alle domeinen meten") == "Alle domeinen meten"
        assert words.language_of("Alle domeinen meten") == ""


def test_a_notice_marks_only_what_was_stored() -> None:
    with translation.override("en"):
        said = kinds.say_marked("job.done", {"title": "Alle <b>domeinen</b> meten"})
    assert said == 'Ready: <span lang="nl">Alle &lt;b&gt;domeinen&lt;/b&gt; meten</span>'
