# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names that look like ours: the list, looking now, and what we think of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.surface.filters.lookalikes import LookalikeFilter
from dijkring.surface.forms.lookalikes import VerdictForm
from dijkring.surface.models import Lookalike
from dijkring.surface.selectors import lookalikes as selectors
from dijkring.surface.services import lookalikes as services
from dijkring.surface.services.lookalikes import RIGHT
from dijkring.surface.tables.lookalikes import LookalikeSheet, LookalikeTable, look
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts


def _trail(request: Any, *found: Lookalike) -> list[tuple[str, str]]:
    overview = (_("Internet measuring"), link(request, "surface:domains"))
    above = (_("Names like ours"), link(request, "surface:lookalikes"))
    return [overview, above] if found else [overview]


@page("surface.view")
def lookalikes(request: Any) -> HttpResponse:
    """List the names that look like ours and exist."""
    address = link(request, "surface:look_for_names")
    again = Action(_("Look now"), address, "primary", "measure", post=True)
    may = request.can(RIGHT)
    return pages.list_page(
        request,
        selectors.lookalikes(request.actor.organisation_id),
        table=LookalikeSheet if request.GET.get("export") else LookalikeTable,
        filters=LookalikeFilter,
        title=_("Names like ours"),
        purpose=_("Names of others that can be taken for ours. We ask the DNS, and never visit."),
        actions=[again] if may else [],
        trail=_trail(request),
        empty=Empty(
            _("No name like ours was found, or we have not looked yet."), again if may else None
        ),
    )


@page(RIGHT, writes=True)
@require_POST
def look_for_names(request: Any) -> HttpResponse:
    """Start looking."""
    job = services.look_now(actor=request.actor)
    return redirect(link(request, "organisations:job", job.pk))


@page("surface.view")
def lookalike(request: Any, pk: int) -> HttpResponse:
    """Show one name and what we think of it."""
    found = _found(request, pk)
    judge = Action(_("Say what it is…"), link(request, "surface:judge_name", pk), "primary")
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=look(found),
        purpose=_("Looks like %(name)s. Mail for us may go there by mistake.")
        % {"name": found.resembles},
        panels=[Facts(_("What the DNS says"), _facts(found))],
        actions=[judge] if request.can(RIGHT) else [],
        timeline=history(found),
        trail=_trail(request, found),
    )


def _facts(found: Lookalike) -> list[tuple[Any, Any]]:
    words = {True: _("yes"), False: _("no")}
    return [
        (_("Receives mail"), words[found.receives_mail]),
        (_("Has an address"), words[found.has_address]),
        (_("First seen"), found.first_seen),
        (_("Last seen"), found.seen_at),
        (_("Gone since"), found.gone_at),
        (_("Note"), found.note),
    ]


@page(RIGHT, writes=True)
def judge_name(request: Any, pk: int) -> HttpResponse:
    """Say what we think of one name."""
    found = _found(request, pk)
    return pages.form_page(
        request,
        VerdictForm(request.POST or None, initial={"verdict": found.verdict, "note": found.note}),
        title=_("What is %(name)s?") % {"name": found.name},
        submit=_("Save"),
        back=link(request, "surface:lookalike", pk),
        trail=[*_trail(request, found), (found.name, link(request, "surface:lookalike", pk))],
        stored=True,
        on_valid=lambda form: _judged(request, found, form.cleaned_data),
    )


def _found(request: Any, pk: int) -> Lookalike:
    return get_object_or_404(selectors.lookalikes(request.actor.organisation_id), pk=pk)


def _judged(request: Any, found: Lookalike, values: dict[str, str]) -> str:
    services.judge(actor=request.actor, lookalike=found, **values)
    messages.success(request, _("Saved."))
    return link(request, "surface:lookalike", found.pk)
