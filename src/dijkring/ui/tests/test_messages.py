# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import gettext
import io
import os
import re
from pathlib import Path

import pytest

from dijkring.ui import messages

PYTHON = """
_("Plain")
ngettext("%(n)d row", "%(n)d rows", n)
pgettext_lazy("state", "open")
_(not_written_out)
"""
TEMPLATE = """{% load i18n %}{% translate "It's here" %}{# _("No") #}
{% blocktranslate with a=b %}Of {{ a }}{% endblocktranslate %}
{% blocktranslate count n=x %}one{% plural %}{{ n }} more{% endblocktranslate %}
{% translate "open" context "state" %}"""


def test_everything_the_pages_say_has_dutch() -> None:
    assert messages.faults() == []


def test_translations_keep_the_names_in_the_text() -> None:
    names = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    for entry in filter(lambda entry: entry.text, messages.read_catalogue()):
        for translation in entry.translations or []:
            sources = {entry.text, entry.plural} - {""}
            assert set(names.findall(translation)) in [set(names.findall(s)) for s in sources], (
                entry
            )


def test_messages_are_found_in_python() -> None:
    found = [(m.context, m.text, m.plural) for m in messages.messages_of_python(PYTHON, "x")]
    assert found == [
        ("", "Plain", ""),
        ("", "%(n)d row", "%(n)d rows"),
        ("state", "open", ""),
    ]


def test_messages_are_found_in_templates() -> None:
    found = [(m.context, m.text, m.plural) for m in messages.messages_of_template(TEMPLATE, "x")]
    assert found == [
        ("", "It's here", ""),
        ("", "Of %(a)s", ""),
        ("", "one", "%(n)s more"),
        ("state", "open", ""),
    ]


CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgctxt "state"
msgid "open"
msgstr "open\"staand"

msgid "row"
msgid_plural "rows"
msgstr[0] "rij"
msgstr[1] "rijën"

#, fuzzy
msgid "doubt"
msgstr "twijfel"

msgid "long "
"line"
msgstr ""
"lange "
"regel"

msgid "lacking"
msgstr ""
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    return path


def test_what_is_compiled_can_be_read_by_gettext(catalogue: Path, tmp_path: Path) -> None:
    (written,) = messages.compile_catalogues(tmp_path)
    read = gettext.GNUTranslations(io.BytesIO(written.read_bytes()))
    assert read.pgettext("state", "open") == 'open"staand'
    assert read.ngettext("row", "rows", 2) == "rijën"
    assert read.gettext("long line") == "lange regel"
    assert read.gettext("doubt") == "doubt"
    assert read.gettext("lacking") == "lacking"


def test_only_a_newer_catalogue_is_compiled_again(catalogue: Path, tmp_path: Path) -> None:
    assert messages.compile_catalogues(tmp_path)
    assert messages.compile_catalogues(tmp_path) == []
    later = catalogue.with_suffix(".mo").stat().st_mtime + 5
    os.utime(catalogue, (later, later))
    assert messages.compile_catalogues(tmp_path)


def test_faults_name_what_is_missing_and_doubted(catalogue: Path, tmp_path: Path) -> None:
    lines = [f"_({text!r})" for text in ("doubt", "lacking", "new", "long line")]
    (tmp_path / "page.py").write_text("\n".join(lines))
    found = messages.faults(catalogue, tmp_path)
    assert found == ["page.py:1: 'doubt'", "page.py:2: 'lacking'", "page.py:3: 'new'"]
    assert messages.add_missing(catalogue, tmp_path) == 1
    assert messages.add_missing(catalogue, tmp_path) == 0


def test_a_broken_catalogue_is_named_with_its_line(catalogue: Path) -> None:
    catalogue.write_text('msgid "a"\nnonsense\n')
    with pytest.raises(ValueError, match="po:2"):
        messages.read_catalogue(catalogue)
