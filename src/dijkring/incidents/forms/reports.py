# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about reports: its fields, the review, that it was handed in, and a request for help."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.controls.models import in_language
from dijkring.incidents import report_words as said
from dijkring.incidents.forms.clocks import HandedInForm
from dijkring.incidents.forms.fields import VersionedForm
from dijkring.incidents.models import Report
from dijkring.incidents.report_fillers import LONGEST
from dijkring.incidents.services.clocks import HandedIn
from dijkring.organisations.models import Organisation

AS_WRITTEN, OTHERWISE = "as_written", "otherwise"
ACCEPT, DECLINE = "accept", "decline"
LEAST_ROWS, MOST_ROWS, LINE = 2, 12, 70


class AskedField(forms.CharField):
    """A field that must say something before the review, and may be saved empty."""

    def validate(self, value: Any) -> None:
        """Let an empty draft pass."""


class TextsForm(VersionedForm):
    """The fields of one report, with what the law asks and where each text comes from."""

    use_required_attribute = False

    def __init__(self, *args: Any, report: Report, needed: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.report = report
        for field in report.fields:
            text = report.text(field["id"])
            self.fields[field["id"]] = AskedField(
                label=in_language(field["label"]),
                help_text=_help(report, field),
                initial=text,
                max_length=LONGEST,
                required=field["id"] in needed,
                widget=forms.Textarea(attrs={"rows": _rows(text)}),
            )
        self.initial["version"] = report.version

    def texts(self) -> dict[str, str]:
        """Return the text of each field."""
        return {one["id"]: self.cleaned_data[one["id"]] for one in self.report.fields}


def _help(report: Report, field: dict[str, Any]) -> str:
    """Return the help of a field, its article and the source of its text; none of it is typed."""
    source = said.source(report.texts.get(field["id"], {}))
    article = said.field_article(field["article"])
    parts = [in_language(field["help"]), article and f"({article})", source and f"{source}."]
    return conditional_escape(" ".join(filter(None, parts)))


def _rows(text: str) -> int:
    lines = sum(1 + len(line) // LINE for line in text.splitlines())
    return min(max(lines + 1, LEAST_ROWS), MOST_ROWS)


class ReviewForm(VersionedForm):
    """That a report may go out."""

    alone = forms.BooleanField(
        label=gettext_lazy("I wrote it myself and nobody else can review it now"), required=False
    )
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, wrote: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if wrote:
            self.fields["remark"].help_text = _("Why nobody else could review it. It is kept.")
        else:
            del self.fields["alone"]

    def given(self) -> dict[str, Any]:
        """Return what the reviewer said."""
        return {"alone": False, **self.cleaned_data}


class ReportHandedInForm(HandedInForm):
    """That something was handed in, and whether it was the report as it stands here."""

    def __init__(self, *args: Any, report: Report | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if report is None:
            return
        freeze = _("The report as it stands here, version %(number)s; it can no longer be changed")
        self.fields["what"] = forms.ChoiceField(
            label=_("What was handed in"),
            choices=[
                (AS_WRITTEN, freeze % {"number": report.number}),
                (OTHERWISE, _("Something else; the report stays open")),
            ],
            widget=forms.RadioSelect,
            initial=AS_WRITTEN,
        )
        self.order_fields(["what"])

    @property
    def as_written(self) -> bool:
        """Whether the report was handed in as it stands."""
        return self.cleaned_data.get("what") == AS_WRITTEN

    def wanted(self) -> HandedIn:
        """Return what was handed in."""
        own = ("what", "file")
        return HandedIn(**{name: v for name, v in self.cleaned_data.items() if name not in own})


class ReceiverForm(forms.Form):
    """To which CSIRT a request for help goes."""

    receiver = forms.TypedChoiceField(
        label=gettext_lazy("To which CSIRT"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, receivers: Sequence[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["receiver"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [(one.pk, one.name) for one in receivers]
        if len(receivers) == 1:
            field.initial = receivers[0].pk


class AnswerForm(forms.Form):
    """Whether a request for help is taken up."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[(ACCEPT, gettext_lazy("we take it up")), (DECLINE, gettext_lazy("we decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you decline; who asks reads it."),
    )
