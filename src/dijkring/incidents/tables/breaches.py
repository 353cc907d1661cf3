# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of breaches as a table: a few columns on the page, all of them in a file."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from dijkring.incidents import breach_words as said
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors.breaches import Entry, entry
from dijkring.ui import tables, words


def _of(record: Incident) -> Entry:
    """Return the entry of a row, put together once."""
    kept: Entry | None = getattr(record, "breach_entry", None)
    if kept is None:
        kept = entry(record)
        record.breach_entry = kept  # type: ignore[attr-defined]  # kept with the row of this page
    return kept


class SaidColumn(tables.Column):
    """Words that follow from the whole entry."""

    def __init__(self, say: Callable[[Entry], Any], **options: Any) -> None:
        super().__init__(accessor="pk", orderable=False, **options)
        self.say = say

    def render(self, record: Any) -> Any:
        return words.said(words.shown(self.say(_of(record))))

    def value(self, record: Any) -> Any:
        """Return the words."""
        return str(self.say(_of(record)) or "")


def _text(name: str) -> Callable[[Entry], Any]:
    return lambda one: getattr(one.breach, name) if one.breach else ""


def _persons(one: Entry) -> str:
    return said.margin(one.breach.persons_least, one.breach.persons_most) if one.breach else ""


class BreachTable(tables.Table):
    """What decides, of each breach."""

    reference = tables.LinkColumn(
        "incidents:incident", verbose_name=_("Number"), order_by=("year", "number")
    )
    title = tables.Column(verbose_name=_("Title"))
    reported_at = tables.DayColumn(verbose_name=_("Reported"))
    entry = tables.LookColumn(
        lambda row: said.look(_of(row)), verbose_name=_("Entry"), orderable=False
    )
    risk = tables.LookColumn(
        lambda row: said.RISKS[_of(row).level], verbose_name=_("Risk"), orderable=False
    )
    persons = SaidColumn(_persons, verbose_name=_("Persons"))
    authority = SaidColumn(said.authority, verbose_name=_("AP told"))
    told = SaidColumn(said.persons_told, verbose_name=_("Persons told"))


class WholeTable(BreachTable):
    """Everything that the law asks to keep, for a file (AVG art. 33(5))."""

    nature = SaidColumn(lambda one: said.nature(one.breach), verbose_name=_("Nature of the breach"))
    facts = SaidColumn(_text("facts"), verbose_name=_("Facts"))
    effects = SaidColumn(_text("effects"), verbose_name=_("Effects"))
    measures = SaidColumn(_text("measures"), verbose_name=_("Measures taken"))
    whose = SaidColumn(
        lambda one: said.named("persons", one.breach.persons) if one.breach else "",
        verbose_name=_("Whose data"),
    )
    data = SaidColumn(
        lambda one: said.named("data", one.breach.data) if one.breach else "",
        verbose_name=_("Which data"),
    )
    marked = SaidColumn(
        lambda one: said.marked(one.breach) if one.breach else "",
        verbose_name=_("With extra care by law"),
    )
    records = SaidColumn(
        lambda one: (
            said.margin(one.breach.records_least, one.breach.records_most) if one.breach else ""
        ),
        verbose_name=_("Records"),
    )
    role = SaidColumn(
        lambda one: one.breach.get_own_role_display() if one.breach else "",
        verbose_name=_("Own role"),
    )
    others = SaidColumn(_text("others"), verbose_name=_("For whom, or together with whom"))
    processor = SaidColumn(
        _text("processor"), verbose_name=_("Processor or supplier where it happened")
    )
    processor_told_at = SaidColumn(
        lambda one: (
            words.moment_words(one.breach.processor_told_at)
            if one.breach and one.breach.processor_told_at
            else ""
        ),
        verbose_name=_("When this processor told you"),
    )
    why = SaidColumn(lambda one: one.weighing.reason if one.weighing else "", verbose_name=_("Why"))
    not_told_reason = SaidColumn(
        _text("not_told_reason"), verbose_name=_("Why persons are not told")
    )
    missing = SaidColumn(said.missing, verbose_name=_("Still missing"))
