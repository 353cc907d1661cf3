# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from dijkring.ui.forms import DateInput, DijkringRenderer, FileField


class Sample(forms.Form):
    default_renderer = DijkringRenderer
    name = forms.CharField(widget=forms.TextInput(attrs={"class": "own"}))
    kind = forms.ChoiceField(choices=[("a", "A")])
    choice = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    day = forms.DateField(widget=DateInput, initial=date(2026, 11, 21))
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", 'class="own utrecht-textbox utrecht-textbox--html-input"'),
        ("kind", 'class="utrecht-select utrecht-select--html-select"'),
        ("day", 'value="2026-11-21"'),
        ("day", 'type="date"'),
    ],
)
def test_a_field_wears_the_design_system(name: str, expected: str) -> None:
    assert expected in str(Sample()[name])


@pytest.mark.parametrize("name", ["choice", "secret"])
def test_ticks_and_hidden_fields_stay_plain(name: str) -> None:
    assert "utrecht" not in str(Sample()[name])


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("beleid.pdf", b"x" * 11), "mag hoogstens 10"),
        (SimpleUploadedFile("beleid.exe", b"x"), "Kies PDF, ODT"),
        (SimpleUploadedFile("beleid", b"x"), "Kies PDF, ODT"),
    ],
)
def test_a_file_outside_the_limits_is_refused_in_words(
    file: SimpleUploadedFile, message: str
) -> None:
    field = FileField(limit=10, extensions=("pdf", "odt"))
    with translation.override("nl"), pytest.raises(forms.ValidationError, match=message):
        field.clean(file)


def test_a_file_within_the_limits_is_taken_and_the_limits_are_said() -> None:
    field = FileField(limit=10, extensions=("pdf", "odt"))
    assert field.clean(SimpleUploadedFile("Beleid.PDF", b"x" * 10)).name == "Beleid.PDF"
    with translation.override("nl"):
        assert str(field.help_text).startswith("PDF, ODT, hoogstens 10")
    with translation.override("en"):
        assert "at most" in str(field.help_text)
