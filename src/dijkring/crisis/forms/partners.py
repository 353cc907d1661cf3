# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of partners, agreements and given powers."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.partners_words import function_choices, holder_words, measure_choices, said
from dijkring.crisis.powers import Power, measures, to_mandate
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.services.partners import a_year_on
from dijkring.evidence.models import Upload
from dijkring.landscape.models import Party
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Agreement
from dijkring.ui.forms import DateInput

HELP = {
    "function": _("This tells the powers in law and the cards whom you mean."),
    "holder": _("A colleague with access. For somebody else, fill in the contact person."),
    "other_way": _("For example: a private number in the envelope, a radio, the control room."),
    "review_on": _("Empty: a year from now. It stands in the calendar."),
    "upload": _("Upload it under Documents first; then choose it here."),
    "source": _("Only for a mandate: whose power of the law is passed on."),
    "agreement": _("Needed for an agreement or contract; a mandate may have one as well."),
    "measure": _("Only what a mandate or an agreement can give. The rest is for the law."),
    "body": _("When this partner works with Dijkring itself."),
}
LONG = {"does": 2, "text": 4, "what": 2, "condition": 2, "limit": 2}


class RegisterForm(forms.Form):
    """A form whose fields come from a table; what can be chosen is of the organisation itself."""

    table: type[models.Model]
    names: tuple[str, ...]

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.names:
            self.fields[name] = self._field(name)
        self._choose(organisation_id)

    def _field(self, name: str) -> Any:
        column: Any = self.table._meta.get_field(name)
        text = str(column.verbose_name)
        given: dict[str, Any] = {"label": text[:1].upper() + text[1:], "help_text": HELP.get(name)}
        if isinstance(column, models.DateField):
            given["widget"] = DateInput
        if name in LONG:
            given["widget"] = forms.Textarea(attrs={"rows": LONG[name]})
        found = column.formfield(**given)
        found.required = found.required and name != "review_on"
        return found

    def _choose(self, organisation_id: int) -> None:
        """Put in what can be chosen of our own."""
        mine = {"organisation_id": organisation_id}
        members = selectors.colleagues(organisation_id)
        rows: dict[str, Any] = {
            "party": Party.objects.filter(retired_at=None, **mine).order_by("name"),
            "body": Organisation.objects.order_by("sort_name"),
            "upload": Upload.objects.filter(**mine).order_by("name"),
            "sharing": Agreement.objects.filter(**mine).select_related("organisation", "receiver"),
            "agreement": selectors.agreements(organisation_id).filter(retired_at=None),
        }
        people = User.objects.filter(pk__in=members).order_by("name")
        rows["holder"] = people if self.table is Partner else selectors.in_use(organisation_id)
        for name in rows.keys() & self.fields.keys():
            self.fields[name].queryset = rows[name]  # type: ignore[attr-defined]


class PartnerForm(RegisterForm):
    """Who a partner is and how it is reached."""

    table = Partner
    names = (
        "kind", "function", "name", "does", "holder", "person", "deputy", "phone_day",
        "phone_night", "email", "other_way", "party", "body", "review_on",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        label, help = self.fields["function"].label, HELP["function"]
        self.fields["function"] = forms.ChoiceField(
            label=label,
            help_text=help,
            required=False,
            choices=[("", _("none of these")), *function_choices()],
        )


class AgreementForm(RegisterForm):
    """What was agreed and with whom."""

    table = PartnerAgreement
    names = (
        "title", "kind", "text", "reference", "upload", "sharing", "agreed_on", "ends_on",
        "review_on",
    )  # fmt: skip

    def __init__(self, *args: Any, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, organisation_id=organisation_id, **options)
        self.fields["partners"] = forms.ModelMultipleChoiceField(
            label=_("With whom"),
            queryset=selectors.in_use(organisation_id),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose with whom this was agreed.")},
        )
        self.order_fields(("title", "kind", "partners"))


class PowerForm(RegisterForm):
    """Who may do something because it was given."""

    table = GivenPower
    names = (
        "measure", "holder", "basis", "source", "agreement", "what", "condition", "limit",
        "until_on", "review_on",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        passed = [one for id in measures() for one in to_mandate(id)]
        choices: dict[str, Any] = {
            "measure": measure_choices(agreed=True),
            "source": [("", _("not a mandate")), *((one.id, _source(one)) for one in passed)],
        }
        for name, found in choices.items():
            old = self.fields[name]
            self.fields[name] = forms.ChoiceField(
                label=old.label, help_text=old.help_text, required=name == "measure", choices=found
            )


def _source(power: Power) -> str:
    return f"{holder_words(power)}: {said(measures()[power.measure].words)}"


class ReviewForm(forms.Form):
    """That a line still holds, and when it is looked at again."""

    again_on = forms.DateField(label=_("Review it again before"), widget=DateInput)
    note = forms.CharField(
        label=_("What you checked"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: rang the number at night; it works."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("again_on", a_year_on())
