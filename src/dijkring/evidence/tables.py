# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of evidence."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.evidence.kinds import ORGANISATION
from dijkring.evidence.selectors import lists
from dijkring.ui import tables

# Only the icon is drawn; the word stays for who hears the page.
COMPACT = {"td": {"class": "compact"}, "th": {"class": "compact"}}


class StandingTable(tables.Table):
    """Leaves with their standing."""

    ref = tables.LinkColumn("evidence:requirement", verbose_name=_("Number"))
    verdict = tables.StateColumn(verbose_name=_("Standing"))
    title = tables.Column(verbose_name=_("Requirement"))
    design = tables.StateColumn(verbose_name=_("Design"), attrs=COMPACT)
    existence = tables.StateColumn(verbose_name=_("Existence"), attrs=COMPACT)
    operation = tables.StateColumn(verbose_name=_("Operation"), attrs=COMPACT)
    since = tables.DateColumn(verbose_name=_("Since"), accessor="since_day")
    lapses_at = tables.DeadlineColumn(verbose_name=_("Holds until"))


class KindColumn(tables.LinkColumn):
    """The words of a kind, leading to the fact."""

    def render(self, value: Any, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        return super().render(lists.kind_label(value), record, table)

    def value(self, value: str) -> str:
        """Return the words of the kind."""
        return lists.kind_label(value)


class FactTable(tables.Table):
    """Current facts."""

    kind = KindColumn("evidence:fact", verbose_name=_("Fact"))
    subject = tables.Column(verbose_name=_("About"), attrs={"td": {"class": "unbound"}})
    state = tables.StateColumn(verbose_name=_("State"), accessor="held")
    state_since = tables.DateColumn(verbose_name=_("Since"))
    confirmed = tables.MomentColumn(verbose_name=_("Last confirmed"))
    valid_until = tables.DeadlineColumn(verbose_name=_("Holds until"))
    source = tables.Column(verbose_name=_("Source"))

    def render_subject(self, value: str) -> str:
        """Name what the fact is about; of the organisation as a whole there is no other name."""
        return gettext("the whole organisation") if value == ORGANISATION else value

    value_subject = render_subject


class UploadTable(tables.Table):
    """Documents."""

    name = tables.LinkColumn("evidence:download", verbose_name=_("Document"))
    media_type = tables.Column(verbose_name=_("Kind"))
    size = tables.NumberColumn(verbose_name=_("Bytes"))
    uploaded_by = tables.PersonColumn(verbose_name=_("By"))
    uploaded_at = tables.MomentColumn(verbose_name=_("On"))
    sha256 = tables.Column(verbose_name=_("SHA-256"), attrs={"td": {"class": "hash"}})


class DeviationTable(tables.Table):
    """Accepted deviations."""

    what = tables.Column(verbose_name=_("Of"), accessor="about", orderable=False)
    reason = tables.Column(verbose_name=_("Reason"))
    accepted_by = tables.PersonColumn(verbose_name=_("Accepted by"))
    accepted_at = tables.DateColumn(verbose_name=_("On"))
    ends_at = tables.DeadlineColumn(verbose_name=_("Ends on"))
    end = tables.LinkColumn(
        "evidence:end_deviation", verbose_name=_("End it"), accessor="end_label", orderable=False
    )


class ScopeTable(tables.Table):
    """What is judged apart."""

    name = tables.LinkColumn("evidence:scope", verbose_name=_("Name"))
    kind = tables.Column(verbose_name=_("Kind"), accessor="get_kind_display", order_by="kind")
    description = tables.Column(verbose_name=_("Description"))
    since = tables.DateColumn(verbose_name=_("Since"))


class ScopedTable(tables.Table):
    """Where one scope stands."""

    ref = tables.LinkColumn("evidence:requirement", verbose_name=_("Number"))
    verdict = tables.StateColumn(verbose_name=_("Standing"))
    title = tables.Column(verbose_name=_("Requirement"))
    covered = tables.Column(verbose_name=_("Carried out for takers"))
    take_out = tables.LinkColumn(
        "evidence:take_out",
        args=("offer",),
        verbose_name=_("Take it out"),
        accessor="take_out_label",
        orderable=False,
        exclude_from_export=True,
    )


class TakerTable(tables.Table):
    """To whom a service is published."""

    taker = tables.Column(verbose_name=_("Organisation"))
    since = tables.DateColumn(verbose_name=_("Since"))
    agreement = tables.LinkColumn(
        "sharing:agreement", args=("agreement__pk",), verbose_name=_("Under agreement")
    )
    end = tables.LinkColumn(
        "evidence:stop_publishing",
        verbose_name=_("End it"),
        accessor="end_label",
        orderable=False,
    )


class ProvisionTable(tables.Table):
    """What others carry out for us."""

    requirement = tables.LinkColumn(
        "evidence:requirement", verbose_name=_("Requirement"), accessor="requirement"
    )
    verdict = tables.StateColumn(verbose_name=_("Standing"))
    provider = tables.Column(verbose_name=_("Carried out by"))
    service_name = tables.Column(verbose_name=_("Service"))
    layers = tables.Column(verbose_name=_("Layers"), orderable=False)
    document = tables.Column(verbose_name=_("Document"))
    until = tables.DateColumn(verbose_name=_("Until"))
    end = tables.LinkColumn(
        "evidence:end_provision",
        args=("provision",),
        verbose_name=_("End it"),
        accessor="end_label",
        orderable=False,
    )


class OfferedTable(tables.Table):
    """Services that are published to us."""

    name = tables.Column(verbose_name=_("Service"))
    provider = tables.Column(verbose_name=_("Carried out by"))
    description = tables.Column(verbose_name=_("Description"))
    covers = tables.NumberColumn(verbose_name=_("Covers"))
    taken = tables.NumberColumn(verbose_name=_("Taken"))
    since = tables.DateColumn(verbose_name=_("Since"))


class OfferTable(OfferedTable):
    """The same, for who may take them."""

    name = tables.LinkColumn("evidence:take", verbose_name=_("Service"))
