# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of reports."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.ui import tables


class ReportTable(tables.Table):
    """Reports to the council."""

    title = tables.LinkColumn("accountability:report", verbose_name=_("Report"))
    period_from = tables.DateColumn(verbose_name=_("From"))
    period_to = tables.DateColumn(verbose_name=_("Until"))
    status = tables.Column(accessor="get_status_display", verbose_name=_("Status"), orderable=False)
    made_at = tables.MomentColumn(verbose_name=_("Made on"))
    made_by = tables.PersonColumn(verbose_name=_("By"))


class SharedTable(tables.Table):
    """Who shares with us, and how far they are."""

    name = tables.LinkColumn(
        "accountability:shared",
        args=("slug",),
        verbose_name=_("Organisation"),
        order_by="sort_name",
    )
    what = tables.Column(verbose_name=_("What they share"), orderable=False)
    share = tables.PercentageColumn(verbose_name=_("Met"), order_by="met_share")
    not_met = tables.NumberColumn(verbose_name=_("Not met"))
    unknown = tables.NumberColumn(verbose_name=_("Not known"))
    ends_at = tables.DayColumn(verbose_name=_("Until"))


class _RowTable(tables.Table):
    """Lines of something that is shared."""

    name = tables.Column(verbose_name=_("What"))
    about = tables.Column(verbose_name=_("About"))
    state = tables.StateColumn(verbose_name=_("State"))
    since = tables.DayColumn(verbose_name=_("Since"))
    until = tables.DayColumn(verbose_name=_("Until"))
    note = tables.Column(verbose_name=_("Explanation"), orderable=False)


class SharedStandingTable(_RowTable):
    """Standings of another."""

    name = tables.Column(verbose_name=_("Requirement"), orderable=False)
    about = tables.Column(verbose_name=_("Title"), orderable=False)
    until = tables.DayColumn(verbose_name=_("Holds until"))

    class Meta:
        exclude = ("note",)


class SharedFactTable(_RowTable):
    """Facts of another."""

    name = tables.Column(verbose_name=_("Kind"))
    until = tables.DayColumn(verbose_name=_("Holds until"))


class ExposureTable(_RowTable):
    """Measurements of another."""

    name = tables.Column(verbose_name=_("Measurement"))
    until = tables.MomentColumn(verbose_name=_("Last seen"))


class ExposureCountTable(tables.Table):
    """How many measurements of another stand how."""

    name = tables.Column(verbose_name=_("Measurement"))
    state = tables.StateColumn(verbose_name=_("State"))
    count = tables.NumberColumn(verbose_name=_("How many"))


class SharedJudgementTable(_RowTable):
    """Judgements of another."""

    name = tables.Column(verbose_name=_("Requirement"))
    about = tables.Column(verbose_name=_("Layer and line"))


class SharedActionTable(_RowTable):
    """Actions of another."""

    name = tables.Column(verbose_name=_("Action"))
    about = tables.Column(verbose_name=_("Carried out by"))
    until = tables.DayColumn(verbose_name=_("Ready on"))


class _PercentColumn(tables.Column):
    """A rounded percentage of the group."""

    def __init__(self, **options: Any) -> None:
        super().__init__(orderable=False, **options)

    def render(self, value: int) -> str:
        return f"{value} %"


class ComparisonTable(tables.Table):
    """Our share beside that of like-sized others."""

    framework = tables.Column(verbose_name=_("Framework"), orderable=False)
    own = tables.PercentageColumn(accessor="share", verbose_name=_("We: met"), orderable=False)
    low = _PercentColumn(verbose_name=_("A quarter is below"), default=_("too few others"))
    middle = _PercentColumn(verbose_name=_("Half is below"), default=_("too few others"))
    high = _PercentColumn(verbose_name=_("A quarter is above"), default=_("too few others"))
    size = tables.Column(verbose_name=_("Group"), orderable=False, default=_("too few others"))

    def render_size(self, value: int) -> str:
        """Say how large the group is at least."""
        return gettext("at least %(size)d") % {"size": value}


class ScoreComparisonTable(tables.Table):
    """Our scores of measuring beside those of like-sized others."""

    part = tables.Column(verbose_name=_("Score of"), orderable=False)
    own = _PercentColumn(verbose_name=_("We"), default=_("not measured"))
    low = _PercentColumn(verbose_name=_("A quarter is below"), default=_("too few others"))
    middle = _PercentColumn(verbose_name=_("Half is below"), default=_("too few others"))
    high = _PercentColumn(verbose_name=_("A quarter is above"), default=_("too few others"))
    size = tables.Column(verbose_name=_("Group"), orderable=False, default=_("too few others"))

    def render_part(self, value: str) -> str:
        """Name the part."""
        return gettext("websites") if value == "web" else gettext("mail")

    def render_size(self, value: int) -> str:
        """Say how large the group is at least."""
        return gettext("at least %(size)d") % {"size": value}


MOST_SUBJECTS = 5


class ExposedTable(tables.Table):
    """Who is exposed to one kind of finding."""

    name = tables.LinkColumn(
        "accountability:shared_exposure",
        args=("slug",),
        verbose_name=_("Organisation"),
        order_by="sort_name",
    )
    state = tables.StateColumn(verbose_name=_("State"))
    exposed = tables.NumberColumn(verbose_name=_("Exposed"))
    unknown = tables.NumberColumn(verbose_name=_("Not measured"))
    safe = tables.NumberColumn(verbose_name=_("Not exposed"))
    subjects = tables.Column(
        verbose_name=_("Where"),
        orderable=False,
        attrs={"td": {"class": "unbound"}},
        empty_values=((), None),
    )
    confirmed = tables.DayColumn(verbose_name=_("Last seen"))
    detail = tables.Column(verbose_name=_("They share"))

    def render_subjects(self, value: tuple[str, ...]) -> str:
        """Name the first few; a file has them all."""
        words = ", ".join(value[:MOST_SUBJECTS])
        more = len(value) - MOST_SUBJECTS
        return words + (gettext(" and %(n)d more") % {"n": more} if more > 0 else "")

    def value_subjects(self, value: tuple[str, ...]) -> str:
        """Name them all."""
        return ", ".join(value)
