# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of every kind of line: its fields come from the table, its choices from the register."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.evidence.models import Upload
from dijkring.landscape.models import Asset
from dijkring.suppliers import sovereignty, words
from dijkring.suppliers.lines import LineKind
from dijkring.suppliers.models import Contract, SovereigntyAssessment, Supplier, SupplierLine
from dijkring.ui.forms import DateInput

HELP = {
    "notice_on": _("The last day on which you can give notice. It stands in the calendar."),
    "renews": _("Without notice the contract goes on after its end."),
    "exit_plan": _("How, in what time, with whose help and at what cost you leave."),
    "upload": _("Upload it under Documents first; then choose it here."),
    "exit_upload": _("Upload it under Documents first; then choose it here."),
    "gibit": _("The municipal purchasing terms for IT that hold for this contract."),
    "place": _("1 owns the supplier, 2 owns number 1, and so on."),
    "scope": _("Which service and which locations. What is not in it, is not covered."),
    "known": _("Choose it when the same party delivers to us directly as well."),
    "abroad": _("Where the data goes, outside the European Economic Area. Empty: nowhere."),
    "weeks": _("From the decision until the old service can stop."),
    "source": _("On whose word: the supplier, an audit, our own research."),
    "wanted": _("What this service must be at least, on each of the eight objectives."),
    "located_in": _("Countries of the data, the backups and the logs."),
    "reached_from": _("Staff of whom, in which countries, with which keys."),
}
ROWS = {"delivers": 3, "sla": 3, "exit_plan": 5, "exceptions": 3, "seen": 4, "risks": 4}


class LineForm(forms.Form):
    """One line of a kind; `line` is the one that is changed."""

    def __init__(
        self, *args: Any, kind: LineKind, supplier: Supplier, line: SupplierLine | None = None,
        **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.kind = kind
        for name in kind.fields:
            self.fields[name] = _field(kind, name)
        self._choose(supplier)
        if kind.model is Contract:
            self.fields["assets"] = _assets(supplier.organisation_id)
        if kind.model is SovereigntyAssessment:
            self.fields.update(_scores())
        if line is not None:
            self.initial = {**values_of(line), **self.initial}

    def _choose(self, supplier: Supplier) -> None:
        """Put in what can be chosen: documents, other suppliers, countries; all of our own."""
        mine = {"organisation_id": supplier.organisation_id}
        rows = {
            "upload": Upload.objects.filter(**mine).order_by("name"),
            "exit_upload": Upload.objects.filter(**mine).order_by("name"),
            "known": Supplier.objects.filter(retired_at=None, **mine).exclude(pk=supplier.pk),
        }
        for name, found in rows.items():
            if name in self.fields:
                self.fields[name].queryset = found  # type: ignore[attr-defined]
        if "country" in self.fields:
            self.fields["country"].choices = words.country_choices()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what the service is asked, from a valid form."""
        given = dict(self.cleaned_data)
        if "assets" in given:
            given["assets"] = [one.pk for one in given["assets"]]
        if self.kind.model is SovereigntyAssessment:
            given["scores"] = {
                one.id: {key: given.pop(f"{key}_{one.id}") for key in ("seal", "score", "why")}
                for one in sovereignty.objectives()
            }
        return given


def _field(kind: LineKind, name: str) -> Any:
    """Make the field of a form from the one of the table, with our widgets and help."""
    column = kind.model._meta.get_field(name)
    if name == "country":
        return forms.ChoiceField(label=_capital(column), required=False)
    options: dict[str, Any] = {"label": _capital(column), "help_text": HELP.get(name, "")}
    if isinstance(column, models.DateField):
        options["widget"] = DateInput
    if isinstance(column, models.TextField) or name in ROWS:
        options["widget"] = forms.Textarea(attrs={"rows": ROWS.get(name, 3)})
    return column.formfield(**options)  # type: ignore[union-attr]


def _capital(column: Any) -> str:
    text = str(column.verbose_name)
    return text[:1].upper() + text[1:]


def _assets(organisation_id: int) -> forms.Field:
    rows = Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
    return forms.ModelMultipleChoiceField(
        label=gettext("In our landscape it delivers"),
        queryset=rows.order_by("name"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext("Hold Ctrl or Cmd to choose more than one."),
    )


def _scores() -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    levels = [("", gettext("not known")), *((n, f"SEAL-{n}") for n in range(5))]
    for one in sovereignty.objectives():
        name = f"{one.id} {words.in_tongue(one.label)}"
        found[f"seal_{one.id}"] = forms.TypedChoiceField(
            label=gettext("%(objective)s: level") % {"objective": name},
            choices=levels,
            coerce=int,
            empty_value=None,
            required=False,
            help_text=words.in_tongue(one.ask),
        )
        found[f"score_{one.id}"] = forms.IntegerField(
            label=gettext("%(objective)s: score, 0 to 1000") % {"objective": name},
            min_value=0,
            max_value=sovereignty.FULL,
            required=False,
        )
        found[f"why_{one.id}"] = forms.CharField(
            label=gettext("%(objective)s: why") % {"objective": name},
            max_length=500,
            required=False,
        )
    return found


def values_of(line: SupplierLine) -> dict[str, Any]:
    """Return what stands in the form of a line."""
    found = forms.model_to_dict(line)
    if isinstance(line, Contract):
        found["assets"] = [one.asset_id for one in line.deliveries.all()]
    if isinstance(line, SovereigntyAssessment):
        for id, row in line.scores.items():
            found |= {f"{key}_{id}": value for key, value in row.items()}
    return found
