# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a new version asks to look at again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.controls.forms import ConclusionForm
from dijkring.controls.selectors import look_again as select
from dijkring.controls.services import looked_again
from dijkring.controls.tables import LookAgainTable, ReadOnlyLookAgainTable
from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("controls.view")
def to_do(request: Any) -> HttpResponse:
    """List what must be looked at again."""
    return pages.list_page(
        request,
        select.to_do(request.actor.organisation_id),
        table=LookAgainTable if request.can("controls.look_again") else ReadOnlyLookAgainTable,
        title=_("Look at again"),
        purpose=_("What moved, changed or went in a new version, where you had said something."),
        empty=pages.Empty(_("There is nothing to look at again.")),
        trail=[(_("Norms and laws"), link(request, "controls:frameworks"))],
    )


@page("controls.look_again", writes=True)
def looked(request: Any, pk: int) -> HttpResponse:
    """Say that one line was looked at."""
    row = get_object_or_404(select.to_do(request.actor.organisation_id), pk=pk)
    return pages.form_page(
        request,
        ConclusionForm(request.POST or None),
        title=_("Looked at again: %(what)s") % {"what": row},
        purpose=row.why,
        submit=_("Ready"),
        back=link(request, "controls:look_again"),
        trail=[(_("Look at again"), link(request, "controls:look_again"))],
        on_valid=lambda valid: _looked(request, row, valid.cleaned_data["reason"]),
    )


def _looked(request: Any, row: Any, conclusion: str) -> str:
    looked_again(actor=request.actor, row=row, conclusion=conclusion)
    messages.success(request, _("Your conclusion has been kept."))
    return link(request, "controls:look_again")
