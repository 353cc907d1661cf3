# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of requests to suppliers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.evidence.selectors.lists import kind_label
from dijkring.notices.models import LANGUAGES
from dijkring.surface.selectors.requests import Finding
from dijkring.surface.services.requests import Wanted
from dijkring.surface.tables.findings import subject_words
from dijkring.ui import words
from dijkring.ui.forms import DateInput


class SupplierForm(forms.Form):
    """Which supplier is asked."""

    supplier = forms.ChoiceField(label=_("Supplier"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, counts: dict[str, int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["supplier"].choices = [  # type: ignore[attr-defined]
            (name, gettext("%(name)s: %(count)d not met") % {"name": name, "count": count})
            for name, count in counts.items()
            if count
        ]


class RequestForm(forms.Form):
    """What a supplier is asked, by when, and whom it answers."""

    findings = forms.MultipleChoiceField(
        label=_("What is to be mended"), widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("Mended by"), widget=DateInput)
    name = forms.CharField(label=_("Who there gets the request"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("A link goes there by which the supplier answers, without an account."),
    )
    answer_to = forms.CharField(
        label=_("Whom can the supplier ask?"),
        max_length=200,
        help_text=_("Name, e-mail address or phone number. It stands on the sheet."),
    )
    message = forms.CharField(
        label=_("What you want to say"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=LANGUAGES, initial="nl")

    def __init__(self, *args: Any, supplier: str, found: Sequence[Finding], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.supplier = supplier
        self.found = {one.key: one for one in found if one.asked is None}
        choices = [(key, _label(one)) for key, one in self.found.items()]
        self.fields["findings"].choices = choices  # type: ignore[attr-defined]
        mandatory = [key for key, one in self.found.items() if one.mandatory]
        self.fields["findings"].initial = mandatory or list(self.found)

    def wanted(self) -> Wanted:
        """Return what the service is asked, from a valid form."""
        values = {key: one for key, one in self.cleaned_data.items() if key != "findings"}
        return Wanted(supplier=self.supplier, **values)

    def chosen(self) -> list[Finding]:
        """Return what is to be mended."""
        return [self.found[key] for key in self.cleaned_data["findings"]]


def _label(one: Finding) -> str:
    return gettext("%(where)s: %(what)s, since %(day)s") % {
        "where": subject_words(one.fact.subject),
        "what": kind_label(one.fact.kind),
        "day": words.date_words(one.fact.state_since),
    }
