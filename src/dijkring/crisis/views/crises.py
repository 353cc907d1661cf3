# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Crises: the lists, the one picture with its log, opening, levels and the end."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.crisis import look, sheets
from dijkring.crisis.filters.crises import LogFilter
from dijkring.crisis.forms.crises import LevelForm, LineForm, OpenForm
from dijkring.crisis.models import Crisis, Ladder
from dijkring.crisis.rights import LEAD, VIEW, WRITE
from dijkring.crisis.selectors import crises as selectors
from dijkring.crisis.selectors.levels import rungs
from dijkring.crisis.selectors.picture import stand
from dijkring.crisis.selectors.whatif import at_stake, failing, periods
from dijkring.crisis.services import crises as services
from dijkring.crisis.services import log as log_services
from dijkring.crisis.tables.crises import CrisisTable, LogTable
from dijkring.incidents import words as clock_words
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import watch
from dijkring.organisations.models import Organisation
from dijkring.ui import pages, words
from dijkring.ui.pages import Action, Empty, link

LINES = 20
MOST_INCIDENTS = 50
# So often the picture is drawn anew though nobody did anything: time passes as well.
FRESH_SECONDS, MOST_DRAWN = 60, 50
_NUMBER = re.compile(r"-?\d{1,18}")
FOLLOWED = ("version", "stand", "outside", "moment")
# It holds nothing that depends on who looks: all who may see a crisis see the same.
_drawn: dict[tuple[Any, ...], SafeString] = {}


def crisis_of(request: Any, pk: int) -> Crisis:
    """Return a crisis or exercise of the organisation, or 404; its mark stands on the page then."""
    found = get_object_or_404(selectors.crises(request.actor.organisation_id), pk=pk)
    request.crisis = found
    return found


def trail(request: Any, *found: Crisis) -> list[tuple[str, str]]:
    """Return the way back to the list, and to a crisis."""
    exercise = any(one.exercise for one in found)
    overview = (
        (_("Exercises of crises"), link(request, "crisis:exercises"))
        if exercise
        else (_("Crises"), link(request, "crisis:crises"))
    )
    return [overview, *((str(one), link(request, "crisis:crisis", one.pk)) for one in found)]


def back_to(request: Any, crisis: Crisis, name: str = "crisis") -> str:
    """Return the address of a page of a crisis."""
    return link(request, f"crisis:{name}", crisis.pk)


@page(VIEW)
def crises(request: Any) -> HttpResponse:
    """List the crises."""
    purpose = _("Who leads, what must be decided and what was decided. Exercises are listed apart.")
    return _list(request, _("Crises"), purpose, exercise=False)


@page(VIEW)
def exercises(request: Any) -> HttpResponse:
    """List the crises that were exercised."""
    purpose = _("Not real: these count in no figure and nobody outside hears of them.")
    return _list(request, _("Exercises of crises"), purpose, exercise=True)


def _list(request: Any, title: str, purpose: str, *, exercise: bool) -> HttpResponse:
    new = Action(_("Open a crisis"), link(request, "crisis:open"), "primary", "plus")
    other = "crises" if exercise else "exercises"
    label = _("Crises") if exercise else _("Exercises of crises")
    may = [new] if request.can(LEAD) else []
    return pages.list_page(
        request,
        selectors.crises(request.actor.organisation_id).filter(exercise=exercise),
        table=CrisisTable,
        title=title,
        purpose=purpose,
        actions=[
            *may,
            Action(label, link(request, f"crisis:{other}")),
            Action(_("Levels"), link(request, "crisis:levels")),
            Action(_("Dilemmas"), link(request, "crisis:dilemmas")),
        ],
        extra={"template": "incidents/exercises.html"} if exercise else None,
        empty=Empty(_("None yet."), *may),
    )


@page(VIEW)
def crisis(request: Any, pk: int) -> HttpResponse:
    """Show the one picture; who follows it asks for what came after a version."""
    if request.htmx and "version" in request.GET:
        return _follow(request, pk)
    found = crisis_of(request, pk)
    now = _now(found)
    context = {
        **_stand(request, found),
        **_fails(found),
        "followed_from": now,
        "lines": selectors.lines(found, upto=found.version)[:LINES],
        "form": LineForm(auto_id="line_%s"),
        "may_reopen": request.can(LEAD) and _can_go_on(found),
        "template": "crisis/crisis.html",
    }
    return pages.detail_page(
        request,
        found,
        title=look.titled(found, str(found)),
        state=look.crisis_look(found),
        purpose=found.summary,
        actions=[*_actions(request, found), *_sheets(request, found)],
        trail=trail(request, found)[:1],
        extra=context,
    )


def _can_go_on(found: Crisis) -> bool:
    return found.again_until is not None and clock.now() <= found.again_until


def _now(found: Crisis) -> dict[str, int]:
    """Take how far a crisis is for what is drawn next; who follows asks on from there.

    What is written after this look comes with the next: nothing is shown twice or not at all.
    """
    seen = selectors.seen(found.organisation_id, found.pk)
    if seen is None:
        raise Http404
    found.version, found.stand = seen.version, seen.stand
    return dict(zip(FOLLOWED, (*seen, _moment()), strict=True))


def _moment() -> int:
    return int(clock.now().timestamp()) // FRESH_SECONDS


def _fails(found: Crisis) -> dict[str, Any]:
    answer = failing(found)
    return {
        "answer": answer,
        "stake": list(at_stake(answer)),
        "periods": periods(answer) if answer else [],
    }


def _stand(request: Any, found: Crisis) -> dict[str, Any]:
    now = stand(found)
    asleep, last = watch.asleep_since(found.organisation_id)
    return {
        "crisis": found,
        "asleep": asleep,
        "last": last,
        "now": now,
        "clocks": [(one, clock_words.title(one)) for one in now.clocks],
        "people": [(one, look.person_look(one)) for one in now.here],
        "may_write": request.can(WRITE) and found.is_open,
        "may_lead": request.can(LEAD) and found.is_open,
    }


def _follow(request: Any, pk: int) -> HttpResponse:
    """Answer 204 when nothing came since; else the new lines, and the picture when it changed."""
    seen = selectors.seen(request.actor.organisation_id, pk)
    if seen is None:
        raise Http404
    had = [_number(request, name) for name in FOLLOWED]
    if had == [*seen, _moment()]:
        return HttpResponse(status=204)
    found = crisis_of(request, pk)
    now = _now(found)
    context: dict[str, Any] = {"crisis": found, "followed_from": now}
    context["lines"] = selectors.lines(found, after=had[0], upto=now["version"])
    if had[1:] != list(now.values())[1:]:
        context["drawn"] = _drawn_stand(request, found, tuple(now.values())[1:])
    response = render(request, "crisis/follow.html", context)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"
    return response


def _drawn_stand(request: Any, found: Crisis, now: tuple[int, ...]) -> SafeString:
    """Draw how a crisis stands once for all who follow it, and anew each minute."""
    of = (found.pk, found.opened_at, words.language(), request.organisation.slug)
    fails = _once((*of, *now[1:]), "crisis/fails.html", lambda: _fails(found), request, found)
    return _once(
        (*of, *now),
        "crisis/stand.html",
        lambda: {**_stand(request, found), "fails": fails, "followed": True},
        request,
        found,
    )


def _once(
    key: tuple[Any, ...],
    template: str,
    context: Callable[[], dict[str, Any]],
    request: Any,
    found: Crisis,
) -> SafeString:
    if (template, *key) not in _drawn:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        said = {"crisis": found, **context()}
        _drawn[template, *key] = render_to_string(template, said, request)
    return _drawn[template, *key]


def _number(request: Any, name: str) -> int:
    given = _NUMBER.fullmatch(request.GET.get(name, ""))
    return int(given[0]) if given else 0


def _actions(request: Any, found: Crisis) -> list[Action]:
    if not found.is_open:
        return []
    write = [Action(_("Ask for a decision"), back_to(request, found, "put"), icon="plus")]
    own, grip = (link(request, "crisis:level", found.pk, ladder) for ladder in ("own", "grip"))
    lead = [
        Action(_("Scale up or down…"), own, "primary"),
        Action(_("GRIP…"), grip),
        Action(_("End the crisis…"), back_to(request, found, "end")),
    ]
    return [
        *(lead[:1] if request.can(LEAD) else []),
        *(write if request.can(WRITE) else []),
        *(lead[1:] if request.can(LEAD) else []),
    ]


def _sheets(request: Any, found: Crisis) -> list[Action]:
    kinds = (("pdf", _("Print as PDF")), ("odt", _("As ODT")), ("txt", _("As text (for LCMS)")))
    return [
        Action(said, link(request, "crisis:sheet", found.pk, kind), icon="document")
        for kind, said in kinds
    ]


@page(VIEW)
def log(request: Any, pk: int) -> HttpResponse:
    """Show the whole log."""
    found = crisis_of(request, pk)
    may = request.can(WRITE) and found.is_open
    new = Action(_("Write in the log"), back_to(request, found, "write"), "primary", "plus")
    return pages.list_page(
        request,
        selectors.lines(found),
        table=LogTable,
        filters=LogFilter,
        title=look.titled(found, _("Log")),
        purpose=_("In the order in which it was written. Nothing of it is ever changed."),
        trail=trail(request, found),
        actions=[new] if may else [],
        empty=Empty(_("Nothing was written yet.")),
    )


@page(WRITE, writes=True)
def write(request: Any, pk: int) -> HttpResponse:
    """Write a line in the log."""
    found = crisis_of(request, pk)
    return pages.form_page(
        request,
        LineForm(request.POST or None),
        title=look.titled(found, _("Write in the log")),
        purpose=_("It stays as you write it. Was it wrong? Then write that down as well."),
        submit=_("Write down"),
        back=back_to(request, found),
        trail=trail(request, found),
        on_valid=lambda form: _written(request, found, form),
    )


def _written(request: Any, found: Crisis, form: Any) -> str:
    log_services.write(actor=request.actor, crisis=found, **form.cleaned_data)
    return back_to(request, found) + "#log"


@page(LEAD, writes=True)
def open_crisis(request: Any) -> HttpResponse:
    """Open a crisis, from an incident or by itself."""
    organisation_id = request.actor.organisation_id
    rows = Incident.objects.filter(organisation_id=organisation_id, closed_at=None)
    incidents = [(one.pk, str(one)) for one in rows.order_by("-reported_at")[:MOST_INCIDENTS]]
    chosen = request.GET.get("incident", "")
    title = dict((str(pk), name) for pk, name in incidents).get(chosen, "")
    form = OpenForm(
        request.POST or None,
        levels=_choices(organisation_id, Ladder.OWN),
        incidents=incidents,
        initial={"incident": chosen, "title": title},
    )
    return pages.form_page(
        request,
        form,
        title=_("Open a crisis"),
        purpose=_("Better too early than too late: scaling down costs nothing. The people whom the"
                  " level needs stand ready to be called."),
        submit=_("Open"),
        back=link(request, "crisis:crises"),
        trail=trail(request),
        on_valid=lambda valid: _opened(request, valid),
    )  # fmt: skip


def _choices(organisation_id: int, ladder: str) -> list[tuple[str, str]]:
    return [
        (one.key, f"{one.name} ({one.chair})" if one.chair else one.name)
        for one in rungs(organisation_id)
        if one.ladder == ladder
    ]


def _opened(request: Any, form: OpenForm) -> str:
    made = services.open_crisis(actor=request.actor, wanted=form.wanted())
    messages.success(request, _("The crisis has been opened. Call who is needed."))
    return back_to(request, made, "people")


@page(LEAD, writes=True)
def level(request: Any, pk: int, ladder: str) -> HttpResponse:
    """Bring a crisis to another level of one of the ladders."""
    found = crisis_of(request, pk)
    if ladder not in Ladder.values:
        raise Http404
    choices = _choices(request.actor.organisation_id, ladder)
    grip = ladder == Ladder.GRIP
    choices = [("", _("no GRIP level")), *choices] if grip else choices
    return pages.form_page(
        request,
        LevelForm(request.POST or None, levels=choices),
        title=look.titled(found, _("GRIP level") if grip else pgettext("crisis", "Level")),
        purpose=_("It is now: %(level)s.") % {
            "level": (found.grip if grip else found.level) or _("no level")
        },
        submit=_("Change the level"),
        back=back_to(request, found),
        trail=trail(request, found),
        extra={"template": "crisis/level.html", "grip": grip,
               "rungs": [r for r in rungs(found.organisation_id) if r.ladder == ladder]},
        on_valid=lambda form: _levelled(request, found, ladder, form),
    )  # fmt: skip


def _levelled(request: Any, found: Crisis, ladder: str, form: LevelForm) -> str:
    values = form.cleaned_data
    services.change_level(
        actor=request.actor,
        crisis=found,
        ladder=ladder,
        key=values["level"],
        reason=values["reason"],
    )
    messages.success(request, _("Recorded. Look who must be called now."))
    return back_to(request, found, "people")


@page(LEAD, writes=True)
def end(request: Any, pk: int) -> HttpResponse:
    """End a crisis."""
    found = crisis_of(request, pk)
    return pages.confirm_page(
        request,
        title=look.titled(found, _("End the crisis")),
        text=_("All that was written stays. From then on you can only finish tasks, and add how you"
               " see decisions later. The clocks of the law run on with the incident."),
        submit=_("End the crisis"),
        back=back_to(request, found),
        trail=trail(request, found),
        on_confirm=lambda reason: _ended(request, found, reason),
    )  # fmt: skip


def _ended(request: Any, found: Crisis, reason: str) -> str:
    services.end(actor=request.actor, crisis=found, reason=reason)
    messages.success(request, _("The crisis has ended."))
    return back_to(request, found)


@page(LEAD, writes=True)
@require_POST
def reopen(request: Any, pk: int) -> HttpResponse:
    """Open a crisis that ended again."""
    found = crisis_of(request, pk)
    services.reopen(actor=request.actor, crisis=found, reason=request.POST.get("reason", ""))
    messages.success(request, _("The crisis goes on. Call who is needed."))
    return redirect(back_to(request, found, "people"))


@page(VIEW)
def sheet(request: Any, pk: int, kind: str) -> HttpResponse:
    """Hand out the whole crisis on paper or as plain text."""
    found = crisis_of(request, pk)
    organisation = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    return sheets.hand_out(sheets.whole(found, organisation.name), kind, found.organisation_id)
