# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of co-operations, of the Cbw tests and of the chain."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.cooperation.chain import Edge
from dijkring.cooperation.models import CbwTest, Cooperation, Seat, Task
from dijkring.cooperation.selectors.cbw_tests import answer_words, outcome_words
from dijkring.cooperation.words import KIND_WORDS
from dijkring.core import clock
from dijkring.ui import tables, words
from dijkring.ui.links import link
from dijkring.ui.states import State


def look(cooperation: Cooperation) -> State:
    """Return how a co-operation stands: proposed, in force, or ended."""
    if cooperation.has_ended:
        return State(gettext("ended"), "not-applicable", "not-applicable")
    if cooperation.is_proposal:
        return State(gettext("our proposal"), "info")
    return State(gettext("in force"), "met", "met")


class LookColumn(tables.StateColumn):
    """How the co-operation of the row stands."""

    def render(self, record: Cooperation) -> SafeString:  # type: ignore[override]
        return super().render(look(record), record)

    def value(self, record: Cooperation) -> str:  # type: ignore[override]
        """Return the word of the state."""
        return super().value(look(record))


class OutcomeColumn(tables.Column):
    """The outcome of a Cbw test in words."""

    def render(self, value: str) -> str:
        return outcome_words(value)

    def value(self, value: str) -> str:
        """Return the words, too."""
        return outcome_words(value)


class CooperationTable(tables.Table):
    """Co-operations."""

    name = tables.LinkColumn("cooperation:cooperation", verbose_name=_("Co-operation"))
    state = LookColumn(accessor="pk", verbose_name=_("State"), orderable=False)
    legal_form = tables.Column(
        accessor="get_legal_form_display", verbose_name=_("Legal form"), order_by="legal_form"
    )
    members = tables.NumberColumn(verbose_name=_("Participants"))
    ours = tables.Column(verbose_name=_("We take part"))
    outcome = OutcomeColumn(verbose_name=_("Our last Cbw test"))


class MemberTable(tables.Table):
    """Who takes part in a co-operation."""

    participant = tables.LinkColumn(
        "organisations:organisation", args=("participant__pk",), verbose_name=_("Organisation")
    )
    since = tables.DateColumn(verbose_name=_("Since"))
    until = tables.DateColumn(verbose_name=_("Until"))
    now = tables.Column(verbose_name=_("Takes part now"))


class EndColumn(tables.LinkColumn):
    """A last column that leads to taking a part out of a proposal."""

    def __init__(self, url_name: str) -> None:
        super().__init__(
            url_name,
            accessor="pk",
            verbose_name=_("What you can do"),
            orderable=False,
            exclude_from_export=True,
        )

    def render(self, value: Any, record: Any, table: Any) -> SafeString:  # type: ignore[override]
        return super().render(gettext("Take out"), record, table)


class ProposedMemberTable(MemberTable):
    """Who is proposed to take part."""

    out = EndColumn("cooperation:remove_participant")


class TaskTable(tables.Table):
    """What is done, and for whom."""

    name = tables.Column(verbose_name=_("Task"))
    description = tables.Column(verbose_name=_("What it comes down to"))
    takers = tables.Column(accessor="pk", verbose_name=_("For whom"), orderable=False)
    since = tables.DateColumn(verbose_name=_("Since"))
    until = tables.DateColumn(verbose_name=_("Until"))

    def render_name(self, record: Task) -> Any:
        """Name the task in the language of the page."""
        return words.said(record.said("name"))

    def value_name(self, record: Task) -> str:
        """Name it, too."""
        return record.said("name")

    def render_description(self, record: Task) -> Any:
        """Describe the task in the language of the page."""
        return words.said(record.said("description"))

    def value_description(self, record: Task) -> str:
        """Describe it, too."""
        return record.said("description")

    def render_takers(self, record: Task) -> str:
        """Name those for whom it is done."""
        return ", ".join(row.taker.name for row in record.takers.all()) or words.NOTHING

    def value_takers(self, record: Task) -> str:
        """Name them, too."""
        return self.render_takers(record)


class ProposedTaskTable(TaskTable):
    """The tasks of a proposal."""

    out = EndColumn("cooperation:remove_task")


class SeatTable(tables.Table):
    """Who sits where."""

    organ = tables.Column(accessor="get_organ_display", verbose_name=_("Place"))
    function = tables.Column(verbose_name=_("Function"))
    filled_by = tables.Column(verbose_name=_("Organisation"))

    def render_function(self, record: Seat) -> Any:
        """Name the function in the language of the page."""
        return words.said(record.said("function"))

    def value_function(self, record: Seat) -> str:
        """Name it, too."""
        return record.said("function")


class ProposedSeatTable(SeatTable):
    """Who is proposed to sit where."""

    out = EndColumn("cooperation:remove_seat")


class DocumentTable(tables.Table):
    """The documents that we keep with a co-operation."""

    upload = tables.LinkColumn("evidence:download", args=("upload_id",), verbose_name=_("Document"))
    at = tables.DayColumn(accessor="upload__uploaded_at", verbose_name=_("Uploaded"))
    out = EndColumn("cooperation:detach")


class TestTable(tables.Table):
    """The Cbw tests that were done."""

    __test__ = False  # no test of pytest
    finished_at = tables.LinkColumn("cooperation:test", verbose_name=_("Done on"))
    outcome = OutcomeColumn(verbose_name=_("Outcome"))
    version = tables.Column(verbose_name=_("Questions"))
    done_by = tables.PersonColumn(verbose_name=_("Done by"))
    published_at = tables.DayColumn(verbose_name=_("Told to the participants"))

    def render_finished_at(self, record: CbwTest) -> SafeString:
        """Lead to the test."""
        address = link(self.request, "cooperation:test", record.pk)
        return format_html('<a href="{}">{}</a>', address, words.date_words(record.finished_at))


class FindingTable(tables.Table):
    """The answers of a test, with reasons and articles."""

    question = tables.Column(verbose_name=_("Question"), orderable=False)
    answer = tables.Column(verbose_name=_("Answer"), orderable=False)
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)
    article = tables.Column(verbose_name=_("Article"), orderable=False)

    def render_question(self, value: dict[str, str]) -> str:
        """Read the question in the language of the page."""
        return in_language(value)

    def render_answer(self, value: str, record: dict[str, Any]) -> str:
        """Say the answer in words, and whether the outcome rests on it."""
        decides = f" ({gettext('decides')})" if record["decisive"] else ""
        return answer_words(value) + decides

    def render_article(self, record: dict[str, Any]) -> SafeString:
        """Lead to the article, and say when it is our reading of one."""
        reading = "" if record["official"] else f" ({gettext('our reading')})"
        return format_html('<a href="{}">{}</a>{}', record["link"], record["article"], reading)


class ChangeTable(tables.Table):
    """What was answered otherwise than the time before."""

    question = tables.Column(verbose_name=_("Question"), orderable=False)
    was = tables.Column(verbose_name=_("Before"), orderable=False, empty_values=())
    became = tables.Column(verbose_name=_("Now"), orderable=False, empty_values=())

    def render_question(self, value: dict[str, str]) -> str:
        """Read the question in the language of the page."""
        return in_language(value)

    def render_was(self, value: str) -> str:
        """Say the answer of then in words."""
        return answer_words(value)

    def render_became(self, value: str) -> str:
        """Say the answer in words."""
        return answer_words(value)


class EdgeTable(tables.Table):
    """Who does what for whom."""

    taker = tables.Column(accessor="taker__name", verbose_name=_("For whom"))
    what = tables.Column(verbose_name=_("What"))
    carrier = tables.Column(accessor="carrier__name", verbose_name=_("Who does it"))
    kind = tables.Column(verbose_name=_("Kind"))
    since = tables.DateColumn(verbose_name=_("Since"))
    until = tables.DateColumn(verbose_name=_("Until"))

    def render_what(self, record: Edge) -> SafeString | str:
        """Lead to where it stands, if there is such a page."""
        if record.page is None:
            return record.what
        address = link(self.request, record.page[0], *record.page[1])
        return format_html('<a href="{}">{}</a>', address, record.what)

    def value_what(self, record: Edge) -> str:
        """Say it without the link."""
        return record.what

    def render_kind(self, value: str) -> str:
        """Say the kind in words."""
        return str(KIND_WORDS[value])

    def value_kind(self, value: str) -> str:
        """Say the kind in words."""
        return str(KIND_WORDS[value])

    def render_until(self, record: Edge, value: Any) -> Any:
        """Say that it is over."""
        shown = words.time_tag(value)
        today = clock.today()
        return format_html("{} ({})", shown, gettext("ended")) if record.ended(today) else shown


class GapTable(tables.Table):
    """The requirements that nobody carries."""

    ref = tables.LinkColumn("evidence:requirement", verbose_name=_("Requirement"), orderable=False)
    title = tables.Column(verbose_name=_("What it asks"), orderable=False)
    framework = tables.Column(verbose_name=_("Norm"), orderable=False)
