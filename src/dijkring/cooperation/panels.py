# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a co-operation and of a Cbw test show."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.cooperation import tables
from dijkring.cooperation.models import CbwTest, Cooperation, Involvement
from dijkring.cooperation.selectors import cbw_tests
from dijkring.cooperation.selectors import register as select
from dijkring.ui import words
from dijkring.ui.dutch import number_words
from dijkring.ui.links import link
from dijkring.ui.panels import Facts, Markup, Panel, RelatedTable


def of_cooperation(request: Any, found: Cooperation, mine: Involvement | None) -> list[Panel]:
    """Return the panels of a co-operation: what it is, who and what, our side, the Cbw."""
    members = select.members(found)
    return [
        _facts(request, found),
        _members(request, found, members),
        _tasks(request, found),
        _seats(request, found),
        *(_ours(request, found, mine) if found.ours else []),  # type: ignore[attr-defined]
        *_cbw(request, found),
        *_councils(found, members, request.actor.organisation_id),
    ]


def _facts(request: Any, found: Cooperation) -> Facts:
    carried = found.body and _party(request, found.body)
    rows = [
        (_("Legal form"), found.get_legal_form_display()),
        (_("Carried by"), carried or _("not in the register yet")),
        *([(_("Centre municipality"), _party(request, found.host))] if found.host else []),
        (_("Basis document"), _basis(found)),
        (_("Since"), found.since),
        *([(_("Until"), found.until)] if found.until else []),
        *([(_("Source"), found.source)] if found.source else []),
        *([(_("Proposed by us on"), found.proposed_at)] if found.is_proposal else []),
    ]
    return Facts(_("What it is"), rows)


def _party(request: Any, organisation: Any) -> str:
    address = link(request, "organisations:organisation", organisation.pk)
    return format_html('<a href="{}">{}</a>', address, organisation)


def _basis(found: Cooperation) -> str:
    basis = found.said("basis")
    if not (basis and found.basis_link):
        return basis or found.basis_link
    return format_html('<a href="{}">{}</a>', found.basis_link, basis)


def _members(request: Any, found: Cooperation, rows: list[select.Member]) -> RelatedTable:
    changes = found.is_proposal and request.can("cooperation.propose")
    table = tables.ProposedMemberTable if changes else tables.MemberTable
    return RelatedTable(
        _("Participants"), table(rows, request=request), _("No participants were recorded.")
    )


def _tasks(request: Any, found: Cooperation) -> RelatedTable:
    changes = found.is_proposal and request.can("cooperation.propose")
    table = tables.ProposedTaskTable if changes else tables.TaskTable
    rows = table(select.tasks(found), request=request)
    return RelatedTable(_("Tasks"), rows, _("No tasks were recorded."))


def _seats(request: Any, found: Cooperation) -> RelatedTable:
    changes = found.is_proposal and request.can("cooperation.propose")
    table = tables.ProposedSeatTable if changes else tables.SeatTable
    rows = table(select.seats(found), request=request)
    return RelatedTable(_("Who governs"), rows, _("It was not recorded who governs."))


def _ours(request: Any, found: Cooperation, mine: Involvement | None) -> list[Panel]:
    rows = select.documents(found, request.actor.organisation_id)
    hidden = () if request.can("cooperation.record") else ("out",)
    table = tables.DocumentTable(rows, request=request, exclude=hidden)
    documents = RelatedTable(_("Our documents"), table, _("We keep no document with it."))
    return [Facts(_("Our side"), our_side(mine)), documents]


def our_side(mine: Involvement | None) -> list[tuple[str, Any]]:
    """Return what we recorded about a co-operation, as pairs; dashes for what is not known."""
    if mine is None:
        return [(_("Recorded"), _("nothing yet"))]
    language = words.language()
    share = None if mine.share is None else f"{number_words(mine.share, 2, language)} %"
    amount = mine.contribution
    euros = None if amount is None else f"€ {number_words(amount, 0, language)}"
    return [
        (_("What we do ourselves"), mine.our_task),
        (_("Contact at the co-operation"), mine.contact),
        (_("Our official owner"), words.person_words(mine.owner)),
        (_("Who represents us"), mine.representative),
        (_("Our share"), share),
        (_("Our contribution per year"), euros),
        (_("How the council is informed"), mine.council),
    ]


def _cbw(request: Any, found: Cooperation) -> list[Panel]:
    """Return what the body tells us, and our own tests."""
    told = cbw_tests.told().get(found.pk)
    rows = cbw_tests.done(found, request.actor.organisation_id)
    table = tables.TestTable(rows, request=request)
    panels: list[Panel] = [
        RelatedTable(_("Does the Cbw apply?"), table, _("We did not test this yet."))
    ]
    if told:
        pairs = [(_("Outcome"), told.words), (_("Tested on"), told.finished_at)]
        panels.insert(0, Facts(_("What the co-operation says about the Cbw"), pairs))
    return panels


def _councils(found: Cooperation, members: list[select.Member], looking: int) -> list[Panel]:
    """Lead the co-operation itself to what the council of each participant sees."""
    now = [member.participant for member in members if member.now]
    if found.body_id != looking or not now:
        return []
    context = {"participants": now, "cooperation": found}
    return [Markup(_("What each council sees"), "cooperation/councils.html", context)]


# --- a Cbw test ---------------------------------------------------------------------------------


def of_test(request: Any, test: CbwTest) -> list[Panel]:
    """Return the panels of a finished test: what came out, why, and what changed."""
    found = test.result
    findings = tables.FindingTable(found["findings"], request=request)
    return [
        Markup(
            in_language(found["label"]),
            "cooperation/outcome.html",
            {"test": test, "found": _read(test)},
        ),
        RelatedTable(_("Answers"), findings),
        *_difference(request, test),
        Facts(_("About this test"), _about(test)),
    ]


def _read(test: CbwTest) -> dict[str, Any]:
    """Return what came out in the language of the page."""
    found = test.result
    listed = {
        name: [in_language(text) for text in found[name]]
        for name in ("missing", "possible", "next")
    }
    flags = [{**flag, "text": in_language(flag["text"])} for flag in found["flags"]]
    texts = {name: in_language(found[name]) for name in ("meaning", "caution")}
    return {**found, **listed, **texts, "flags": flags}


def _about(test: CbwTest) -> list[tuple[str, Any]]:
    return [
        (_("Done on"), test.finished_at),
        (_("Done by"), words.person_words(test.done_by)),
        (_("Version of the questions"), test.version),
        (_("Source"), in_language(test.result["source"])),
        (_("Told to the participants on"), test.published_at),
    ]


def _difference(request: Any, test: CbwTest) -> list[Panel]:
    earlier = cbw_tests.before(test)
    if earlier is None:
        return []
    table = tables.ChangeTable(cbw_tests.changes(earlier, test), request=request)
    title = _("What changed since %(day)s, when the outcome was: %(outcome)s") % {
        "day": words.date_words(earlier.finished_at),
        "outcome": in_language(earlier.result["label"]),
    }
    return [RelatedTable(title, table, _("All answers are the same."))]
