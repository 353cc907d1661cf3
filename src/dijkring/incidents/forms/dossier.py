# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the file of an incident: evidence, traces, costs, the police, who was told."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dijkring.incidents.forms.fields import MomentField, long_text
from dijkring.incidents.models import Indicator
from dijkring.incidents.services.dossier import CostWanted
from dijkring.incidents.services.exhibits import File, Taken


def _limit() -> str:
    """Say how large evidence may be, in the language of the reader."""
    words = _now(
        "Of any kind, malware too, at most %(limit)s. It is kept unseen and never opened here."
        " Larger? Keep it elsewhere and give its hash."
    )
    return words % {"limit": filesizeformat(settings.EVIDENCE_LIMIT)}


class ExhibitForm(forms.Form):
    """Evidence taken into custody."""

    what = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("For instance the log of the mail server of 2 November, or a laptop."),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=lazy(_limit, str)(),
    )
    sha256 = forms.CharField(
        label=_("Hash (SHA-256), if you have it"), max_length=64, required=False
    )
    at = MomentField(label=_("Taken when"))
    by = forms.CharField(label=_("Taken by whom"), max_length=120)
    origin = forms.CharField(label=_("Where it comes from"), max_length=300)
    to = forms.CharField(
        label=_("Where it is now"),
        max_length=300,
        required=False,
        help_text=_("Needed when the file is not kept here: which safe, with whom."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > settings.EVIDENCE_LIMIT:
            words = _now("This file is larger than %(limit)s. Keep it elsewhere and give its hash.")
            raise ValidationError(words % {"limit": filesizeformat(settings.EVIDENCE_LIMIT)})
        return file

    def wanted(self) -> Taken:
        """Return what was taken."""
        return Taken(**{key: value for key, value in self.cleaned_data.items() if key != "file"})

    def given(self) -> File | None:
        """Return the name and content of the file, if there is one."""
        file = self.cleaned_data.get("file")
        return (file.name, file) if file else None


class HandOverForm(forms.Form):
    """Evidence that goes to somebody else."""

    at = MomentField(label=_("When"))
    by = forms.CharField(label=_("Given by whom"), max_length=120)
    to = forms.CharField(label=_("To whom, and where it is now"), max_length=300)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class IndicatorsForm(forms.Form):
    """Traces, one per line."""

    lines = forms.CharField(
        label=_("Traces, one per line"),
        max_length=100_000,
        widget=long_text(8),
        help_text=_("An IP address, domain, web address, hash, mail address or file name. Made"
                    " harmless, such as hxxps://kwaad[.]example, is fine too."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What they are"),
        choices=[("", _("by their content")), *Indicator.Kind.choices],
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def clean_lines(self) -> list[str]:
        """Return the lines."""
        return str(self.cleaned_data["lines"]).splitlines()


class CostForm(forms.Form):
    """Something that it costs."""

    what = forms.CharField(label=_("What for"), max_length=200)
    euros = forms.DecimalField(
        label=_("Amount in euros"), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    certain = forms.BooleanField(
        label=_("This amount is certain"),
        required=False,
        help_text=_("Billed or paid. Otherwise it counts as estimated."),
    )
    paid_to = forms.CharField(label=_("Paid to"), max_length=200, required=False)
    budget_year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2100)

    def wanted(self) -> CostWanted:
        """Return the cost in cents."""
        values = dict(self.cleaned_data)
        return CostWanted(cents=int(values.pop("euros") * 100), **values)


class PoliceForm(forms.Form):
    """Whether the police was told."""

    done = forms.TypedChoiceField(
        label=_("Reported to the police?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    at = MomentField(label=_("When"), required=False)
    number = forms.CharField(label=_("Number of the report"), max_length=80, required=False)
    reason = forms.CharField(
        label=_("Why not"), max_length=2000, required=False, widget=long_text(3)
    )


class ContactForm(forms.Form):
    """Who was told what."""

    at = MomentField(label=_("When"))
    to = forms.CharField(label=_("To whom"), max_length=200)
    channel = forms.CharField(
        label=_("By which way"),
        max_length=80,
        help_text=_("For instance telephone, e-mail, letter, website, or a meeting."),
    )
    text = forms.CharField(label=_("What was told"), max_length=4000, widget=long_text(4))
    by = forms.CharField(label=_("By whom"), max_length=120)
