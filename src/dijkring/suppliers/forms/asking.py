# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of questionnaires: sending one, and filling one in without an account."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.notices.models import LANGUAGES
from dijkring.organisations.models import Organisation
from dijkring.suppliers import demands, words
from dijkring.suppliers.models import Inquiry, Reply, Supplier
from dijkring.suppliers.services.inquiries import LONGEST, MOST_DAYS, Given, Wanted
from dijkring.ui import as_shown


class AskForm(forms.Form):
    """Which demands are put to a supplier, to whom there, and until when."""

    sets = forms.MultipleChoiceField(
        label=_("Sets of demands"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    about = forms.CharField(
        label=_("About"),
        max_length=200,
        required=False,
        help_text=_("The contract or the purchase; the supplier sees it."),
    )
    name = forms.CharField(label=_("Who there answers"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    days = forms.IntegerField(
        label=_("Days that the link works"), min_value=1, max_value=MOST_DAYS, initial=30
    )
    language = forms.ChoiceField(
        label=_("Language of the questions"), choices=LANGUAGES, initial="nl"
    )

    def __init__(self, *args: Any, supplier: Supplier, **options: Any) -> None:
        options["initial"] = {"name": supplier.contact, "email": supplier.email}
        super().__init__(*args, **options)
        self.fields["sets"].choices = [  # type: ignore[attr-defined]
            (one.key, f"{words.in_tongue(one.title)} ({one.version}, {len(one.demands)})")
            for one in demands.current()
        ]

    def wanted(self) -> Wanted:
        """Return what the service is asked, from a valid form."""
        values = dict(self.cleaned_data)
        found = [demands.get(key) for key in values.pop("sets")]
        return Wanted(sets=[one for one in found if one is not None], **values)


class ReceiverForm(forms.Form):
    """To whom answers are handed over."""

    receiver = forms.ChoiceField(label=_("To whom?"))

    def __init__(self, *args: Any, others: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {str(one.pk): one for one in others}
        choices: list[tuple[str, Any]] = [("", _("choose an organisation"))]
        choices += [(key, str(one)) for key, one in self.others.items()]
        self.fields["receiver"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> Organisation:
        """Return who was chosen, from a valid form."""
        return self.others[self.cleaned_data["receiver"]]


class NeededAtTheEnd(forms.ChoiceField):
    """An answer that is needed to send in, and not to save what there is."""

    def validate(self, value: Any) -> None:
        """Let it be empty; the service says what lacks when it is sent in."""
        if value:
            super().validate(value)


class AnswerForm(forms.Form):
    """All demands of a questionnaire as a supplier sees them."""

    def __init__(self, *args: Any, inquiry: Inquiry, replies: dict[str, Reply], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.inquiry = inquiry
        for number, row in enumerate(inquiry.demands, start=1):
            said = replies.get(row["id"])
            self.fields[row["id"]] = NeededAtTheEnd(
                label=f"{number}. {words.in_tongue(row)}",
                choices=Reply.Choice.choices,
                widget=forms.RadioSelect,
                initial=said.choice if said else "",
                help_text=row["source"],
            )
            self.fields[_words_of(row)] = forms.CharField(
                label=_("Explanation at %(number)d") % {"number": number},
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=said.words if said else "",
            )
        self.fields["name"] = forms.CharField(
            label=_("Your name"), max_length=120, required=False, initial=inquiry.name
        )
        self.fields["may_travel"] = forms.BooleanField(
            label=_("Other municipalities may use these answers too"),
            required=False,
            help_text=_("Then you answer once for all that share answers with each other."),
        )

    def marks(self) -> dict[str, str]:
        """Return a mark of everything that a valid form says."""
        return {name: as_shown.mark(value) for name, value in self.cleaned_data.items()}

    def replies(self, shown: Mapping[str, str]) -> dict[str, Given]:
        """Return what was answered since the page was shown, from a valid form, per demand.

        `shown` are marks of what the page showed. A colleague may fill in other answers by the
        same link: what this page did not change is None, and stays as it is.
        """
        now = self.marks()
        given = {
            name: None if shown.get(name) == mark else self.cleaned_data[name]
            for name, mark in now.items()
        }
        pairs = {
            row["id"]: (given[row["id"]], given[_words_of(row)]) for row in self.inquiry.demands
        }
        return {demand: pair for demand, pair in pairs.items() if pair != (None, None)}


def _words_of(row: Mapping[str, Any]) -> str:
    return f"{row['id']}.words"
