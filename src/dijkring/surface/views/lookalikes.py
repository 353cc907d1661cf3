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
from dijkring.surface.filters.lookalikes import LookalikeFilter
from dijkring.surface.forms.lookalikes import VerdictForm
from dijkring.surface.selectors import lookalikes as selectors
from dijkring.surface.services import lookalikes as services
from dijkring.surface.services.lookalikes import RIGHT
from dijkring.surface.tables.lookalikes import LookalikeTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Internet measuring"), link(request, "surface:domains"))]


@page("surface.view")
def lookalikes(request: Any) -> HttpResponse:
    """List the names that look like ours and exist."""
    address = link(request, "surface:look_for_names")
    look = Action(_("Look now"), address, "primary", "measure", post=True)
    may = request.can(RIGHT)
    return pages.list_page(
        request,
        selectors.lookalikes(request.actor.organisation_id),
        table=LookalikeTable,
        filters=LookalikeFilter,
        title=_("Names like ours"),
        purpose=_("Names of others that can be taken for ours. We ask the DNS, and never visit."),
        actions=[look] if may else [],
        trail=_trail(request),
        empty=Empty(
            _("No name like ours was found, or we have not looked yet."), look if may else None
        ),
    )


@page(RIGHT, writes=True)
@require_POST
def look_for_names(request: Any) -> HttpResponse:
    """Start looking."""
    job = services.look_now(actor=request.actor)
    return redirect(link(request, "organisations:job", job.pk))


@page(RIGHT, writes=True)
def lookalike(request: Any, pk: int) -> HttpResponse:
    """Say what we think of one name."""
    found = get_object_or_404(selectors.lookalikes(request.actor.organisation_id), pk=pk)
    overview = link(request, "surface:lookalikes")
    return pages.form_page(
        request,
        VerdictForm(request.POST or None, initial={"verdict": found.verdict, "note": found.note}),
        title=found.name,
        purpose=_("Looks like %(name)s. Mail for us may go there by mistake.")
        % {"name": found.resembles},
        submit=_("Save"),
        back=overview,
        trail=[*_trail(request), (_("Names like ours"), overview)],
        on_valid=lambda form: _judged(request, found, form.cleaned_data),
    )


def _judged(request: Any, found: Any, values: dict[str, str]) -> str:
    services.judge(actor=request.actor, lookalike=found, **values)
    messages.success(request, _("Saved."))
    return link(request, "surface:lookalikes")
