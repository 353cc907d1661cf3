# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of questionnaires and of buying."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.suppliers import words
from dijkring.suppliers.models import Inquiry, Procurement
from dijkring.ui import tables


class InquiryTable(tables.Table):
    """Questionnaires with how they stand."""

    title = tables.LinkColumn("suppliers:inquiry", verbose_name=_("Demands"), orderable=False)
    supplier = tables.LinkColumn(
        "suppliers:supplier", args=("supplier_id",), verbose_name=_("Supplier"),
        order_by="supplier__name",
    )  # fmt: skip
    look = tables.LookColumn(words.inquiry_look, verbose_name=_("State"), orderable=False)
    given = tables.Column(accessor="pk", verbose_name=_("Answers"), orderable=False)
    asked_at = tables.DayColumn(verbose_name=_("Asked"))
    expires_at = tables.DayColumn(verbose_name=_("Link until"))
    submitted_by = tables.Column(verbose_name=_("Answered by"))
    taken_from = tables.Column(verbose_name=_("Taken over from"))

    def render_title(self, record: Inquiry, table: Any) -> Any:
        """Lead to the questionnaire by the names of its sets."""
        column = self.columns["title"].column
        return column.render(words.in_tongue(record.title), record, table)

    def value_title(self, record: Inquiry) -> str:
        """Return the names of its sets for an export."""
        return words.in_tongue(record.title)

    def render_given(self, record: Any) -> str:
        """Say how many of the demands have an answer."""
        counts = {"given": record.given, "all": len(record.demands)}
        return gettext("%(given)d of %(all)d") % counts

    def value_given(self, record: Any) -> str:
        """Return the same for an export."""
        return self.render_given(record)


def procurement_look(found: Procurement) -> Any:
    """Return how something that is bought stands."""
    return words.PROCUREMENTS[found.state]


class ProcurementTable(tables.Table):
    """What we are going to buy."""

    name = tables.LinkColumn("suppliers:procurement", verbose_name=_("What is bought"))
    state = tables.LookColumn(procurement_look, verbose_name=_("State"), order_by="state")
    publish_on = tables.DateColumn(verbose_name=_("Request goes out"))
    award_on = tables.DateColumn(verbose_name=_("Award"))
    start_on = tables.DateColumn(verbose_name=_("Start of the contract"))
    owner = tables.PersonColumn(verbose_name=_("Owner"), order_by="owner__name")
    shared = tables.Column(verbose_name=_("Shared"))
    joint = tables.Column(verbose_name=_("Others may join"))


class SharedProcurementTable(tables.Table):
    """What others are going to buy."""

    name = tables.Column(verbose_name=_("What is bought"))
    organisation = tables.Column(verbose_name=_("Organisation"))
    state = tables.LookColumn(procurement_look, verbose_name=_("State"))
    publish_on = tables.DateColumn(verbose_name=_("Request goes out"))
    award_on = tables.DateColumn(verbose_name=_("Award"))
    start_on = tables.DateColumn(verbose_name=_("Start of the contract"))
    joint = tables.Column(verbose_name=_("Others may join"))
    contact = tables.Column(verbose_name=_("Who to call"))


class ExplanationTable(tables.Table):
    """Where an open standard was not asked for."""

    standard = tables.LinkColumn("suppliers:explanation", verbose_name=_("Open standard"))
    what = tables.Column(verbose_name=_("What was bought"))
    reason = tables.Column(verbose_name=_("Why not"), orderable=False)
    decided_on = tables.DateColumn(verbose_name=_("Decided on"))
    until = tables.DateColumn(verbose_name=_("Looked at again on"))
    reported_in = tables.Column(verbose_name=_("Annual report"))
