# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking judgements along to a new version of a norm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.controls.models import Framework
from dijkring.controls.services import version_before
from dijkring.core.web import page
from dijkring.evidence.services.carry_over import carry_over as take_along
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("evidence.review", writes=True)
def carry_over(request: Any, pk: int) -> HttpResponse:
    """Take the judgements of the version before along to this one."""
    new = get_object_or_404(Framework, pk=pk)
    old = version_before(new, request.actor.organisation_id)
    if old is None:
        raise Http404
    return pages.form_page(
        request,
        forms.Form(request.POST if request.method == "POST" else None),
        title=_("Take judgements along to %(framework)s") % {"framework": new},
        purpose=_(
            "From %(old)s. What stayed the same keeps its judgement. What moved or was reworded "
            "comes along and is listed, so that you look at it again. The old version keeps all."
        )
        % {"old": old},
        submit=_("Take along"),
        back=link(request, "controls:framework", pk),
        on_valid=lambda valid: _carry_over(request, old, new),
    )


def _carry_over(request: Any, old: Framework, new: Framework) -> str:
    done = take_along(actor=request.actor, old=old, new=new)
    words = _(
        "%(carried)d judgements came along; %(again)d requirements are to be looked at again."
    )
    messages.success(request, words % {"carried": done.carried, "again": len(done.look_again)})
    if done.look_again:
        return link(request, "controls:look_again")
    return link(request, "controls:framework", new.pk)
