# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How reports are put in words, and how they look."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.controls.models import in_language
from dijkring.incidents import report_fillers, report_forms
from dijkring.incidents.models import Report
from dijkring.incidents.obligations import ours
from dijkring.incidents.words import RECIPIENTS, REGIMES
from dijkring.ui import words
from dijkring.ui.states import State

LOOKS = {
    "draft": State(gettext_lazy("draft"), "busy", "partly"),
    "reviewed": State(gettext_lazy("reviewed, not handed in"), "waiting", "partly"),
    "submitted": State(gettext_lazy("handed in"), "met", "met"),
}
CALLED_BACK = State(gettext_lazy("called back"), "not-applicable", "not-applicable")
OTHERS = {
    "council": gettext_lazy("the council"),
    "police": gettext_lazy("the police"),
}


def title(report: Report) -> str:
    """Return the name of a report."""
    return in_language(report.form_copy["title"])


def title_of(form: str) -> str:
    """Return the name of a form or duty, or its id where nobody knows it."""
    loose = report_forms.loose()
    if form in loose:
        return in_language(dict(loose[form].title))
    titles = {one.id: in_language(dict(one.title)) for one in ours()}
    return titles.get(form, form)


def look(report: Report) -> State:
    """Return how a report stands."""
    if report.submission is not None and report.submission.withdrawn_at is not None:
        return CALLED_BACK
    return LOOKS[report.state]


def to_whom(report: Report) -> str:
    """Return who gets a report."""
    labels = {**RECIPIENTS, **OTHERS}
    return ", ".join(str(labels.get(name, name)) for name in report.form_copy["to"])


def article(report: Report) -> str:
    """Return the law and article that ask for a report, or make it possible."""
    law = REGIMES.get(report.form.split(".")[0])
    number = report.form_copy["article"]
    return _("%(law)s, art. %(article)s") % {"law": law, "article": number} if law else number


def field_article(number: str) -> str:
    """Return the article that asks for a field."""
    return _("art. %(article)s") % {"article": number} if number[:1].isdigit() else number


def source(said: Mapping[str, Any]) -> str:
    """Return where the text of a field comes from."""
    if not said.get("text"):
        return ""
    if by := said.get("by"):
        return _("Written by %(who)s") % {"who": by}
    return _("Source: %(source)s") % {"source": report_fillers.words_of(str(said["source"]))}


def reviewed(report: Report) -> str:
    """Return by whom and when a report was reviewed."""
    if report.reviewed_at is None:
        return _("not yet")
    given = {
        "who": words.person_words(report.reviewed_by),
        "at": words.moment_words(report.reviewed_at),
    }
    if report.reviewed_alone:
        return _("%(who)s, %(at)s, who wrote it and was alone") % given
    return f"{given['who']}, {given['at']}"
