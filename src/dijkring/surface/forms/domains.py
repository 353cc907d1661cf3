# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of domains."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dijkring.surface.facts import MAIL, WEB
from dijkring.surface.models import Domain
from dijkring.ui.forms import ReasonField

WHAT_IT_CARRIES: dict[str, tuple[bool, bool | None]] = {
    "guess": (True, None),
    "both": (True, True),
    "web": (True, False),
    "mail": (False, True),
}


class RegisterForm(forms.Form):
    """One name, or many at once."""

    names = forms.CharField(
        label=_("Domain names, one on each line"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "none"}),
        help_text=_("For example www.dijkerveen.example. Without https:// and without a path."),
    )
    carries = forms.ChoiceField(
        label=_("What stands behind these names"),
        initial="guess",
        widget=forms.RadioSelect,
        choices=[
            ("guess", _("a website; and mail for names such as dijkerveen.example")),
            ("both", _("a website and mail")),
            ("web", _("only a website")),
            ("mail", _("only mail")),
        ],
    )
    responsible = forms.CharField(
        label=_("Hosted by"),
        max_length=120,
        required=False,
        help_text=_("The supplier or department that mends what is wrong."),
    )

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked, from a valid form."""
        web, mail = WHAT_IT_CARRIES[self.cleaned_data["carries"]]
        return {
            "lines": self.cleaned_data["names"].splitlines(),
            "carries_web": web,
            "carries_mail": mail,
            "responsible": self.cleaned_data["responsible"],
        }


class NoFields(forms.Form):
    """Only a button."""


class StatementForm(forms.Form):
    """Who is entitled to have a name measured, and what that person stated."""

    name = forms.CharField(label=_("Name of the entitled person"), max_length=120)
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        help_text=_("For example head of information services of the municipality."),
    )
    text = forms.CharField(
        label=_("What this person stated, and where that is kept"),
        max_length=700,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The statement also counts for the names below this name."),
    )


class DomainForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may be changed of a domain."""

    class Meta:
        model = Domain
        fields = ["carries_web", "carries_mail", "responsible", "note"]


LEAVING = {"all": (True, True), WEB: (True, False), MAIL: (False, True)}


class RemovalForm(forms.Form):
    """Why a name does not count any more, and what of it."""

    reason = ReasonField()

    def __init__(self, *args: Any, both: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if both:
            self.fields["leaving"] = forms.ChoiceField(
                label=_("What does not count any more"),
                initial="all",
                widget=forms.RadioSelect,
                choices=[
                    ("all", _("the whole name")),
                    (WEB, _("only the website")),
                    (MAIL, _("only the mail")),
                ],
            )

    def asked(self) -> dict[str, Any]:
        """Return what the service is asked, from a valid form."""
        web, mail = LEAVING[self.cleaned_data.get("leaving", "all")]
        return {"reason": self.cleaned_data["reason"], "web": web, "mail": mail}
