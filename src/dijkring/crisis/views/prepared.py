# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is prepared for a crisis: the levels of both ladders, and the dilemmas."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core.web import page
from dijkring.crisis import prepared
from dijkring.crisis.forms.crises import OwnLevelForm
from dijkring.crisis.models import Ladder
from dijkring.crisis.rights import KEEP, VIEW
from dijkring.crisis.selectors.levels import Rung, rung, rungs
from dijkring.crisis.services import levels as services
from dijkring.ui import pages, words
from dijkring.ui.pages import Action, link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Crises"), link(request, "crisis:crises"))]


@page(VIEW)
def levels(request: Any) -> HttpResponse:
    """Show the levels of our own crisis organisation and of GRIP."""
    may = request.can(KEEP)
    found = rungs(request.actor.organisation_id, all_of_them=may)
    ladders = [(ladder.label, [one for one in found if one.ladder == ladder]) for ladder in Ladder]
    add = Action(_("Add a level"), link(request, "crisis:add_level"), icon="plus")
    return pages.detail_page(
        request,
        None,
        title=_("Levels of a crisis"),
        purpose=_("When which team comes together, who chairs it, and who is called."),
        actions=[add] if may else [],
        trail=_trail(request),
        extra={
            "template": "crisis/levels.html",
            "ladders": ladders,
            "notes": [in_language(dict(one)) for one in prepared.notes()],
            "may": may,
        },
    )


@page(KEEP, writes=True)
def add_level(request: Any) -> HttpResponse:
    """Add a level to a ladder."""
    start = {"ladder": Ladder.OWN, "place": 9, "in_use": True}
    return _form(request, start, "", "", _("Add a level"))


@page(KEEP, writes=True)
def own_level(request: Any, ladder: str, key: str) -> HttpResponse:
    """Change a level as it holds here."""
    found = rung(request.actor.organisation_id, ladder, key)
    if found is None:
        raise Http404
    return _form(request, _values(found), ladder, key, found.name)


def _values(found: Rung) -> dict[str, Any]:
    names = ("ladder", "name", "place", "chair", "criteria", "in_use")
    return {**{name: getattr(found, name) for name in names}, "called": "\n".join(found.called)}


def _form(request: Any, start: dict[str, Any], ladder: str, key: str, title: str) -> HttpResponse:
    form = OwnLevelForm(request.POST or None, initial=start)
    if ladder:
        del form.fields["ladder"]
    return pages.form_page(
        request,
        form,
        title=title,
        purpose=_("What was recorded in earlier crises keeps the words of that time."),
        submit=_("Save"),
        back=link(request, "crisis:levels"),
        trail=[*_trail(request), (_("Levels of a crisis"), link(request, "crisis:levels"))],
        stored=bool(start),
        on_valid=lambda valid: _kept(request, ladder, key, valid),
    )


def _kept(request: Any, ladder: str, key: str, form: OwnLevelForm) -> str:
    chosen = ladder or form.cleaned_data["ladder"]
    services.keep(actor=request.actor, ladder=chosen, key=key, wanted=form.wanted())
    messages.success(request, _("Saved."))
    return link(request, "crisis:levels")


@page(VIEW)
def dilemmas(request: Any) -> HttpResponse:
    """Show the choices that come back in a digital crisis, thought about beforehand."""
    return pages.detail_page(
        request,
        None,
        title=_("Dilemmas"),
        purpose=_("Choices that come back in a digital crisis. Read them beforehand; they decide"
                  " nothing."),
        trail=_trail(request),
        extra={
            "template": "crisis/dilemmas.html",
            "cards": list(prepared.dilemmas(words.language()).values()),
        },
    )  # fmt: skip
