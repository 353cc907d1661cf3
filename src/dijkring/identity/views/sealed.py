# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of break-glass accounts: make, seal, withdraw, and look at a use."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.identity.forms import BreakGlassForm, ReviewForm
from dijkring.identity.models import BreakGlass, BreakGlassUse
from dijkring.identity.services import breaking
from dijkring.identity.views.management import overview_link
from dijkring.ui import pages
from dijkring.ui.forms import ReasonForm


@page("identity.manage", writes=True)
def make(request: Any) -> HttpResponse:
    """Make a break-glass account; its code is shown once, to be printed."""
    return _shown_once(
        request,
        BreakGlassForm(request.POST or None),
        title=_("Make a break-glass account"),
        purpose=_("For when the provider, the telephones or the administrators are out of reach."),
        submit=_("Make the account"),
        make=lambda values: breaking.make(actor=request.actor, **values),
    )


@page("identity.manage", writes=True)
def seal(request: Any, pk: int) -> HttpResponse:
    """Give an account a new code."""
    found = get_object_or_404(BreakGlass, pk=pk, withdrawn_at=None)
    return _shown_once(
        request,
        ReasonForm(request.POST or None),
        title=_("Seal %(name)s again") % {"name": found.name},
        purpose=_("A code that lies in an envelope now stops working."),
        submit=_("Make a new code"),
        make=lambda values: (found, breaking.seal(actor=request.actor, account=found)),
    )


def _shown_once(
    request: Any,
    form: Any,
    *,
    make: Callable[[dict[str, Any]], tuple[BreakGlass, str]],
    **page: Any,
) -> HttpResponse:
    """Answer a post with the code, which exists only now and is kept nowhere."""
    made: list[tuple[BreakGlass, str]] = []

    def on_valid(valid: Any) -> str:
        made.append(make(valid.cleaned_data))
        return overview_link(request)

    back = overview_link(request)
    response = pages.form_page(request, form, on_valid=on_valid, back=back, **page)
    if made:
        account, code = made[0]
        context = {"account": account, "code": code, "back": back, "title": account.name}
        response = render(request, "identity/envelope.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page("identity.manage", writes=True)
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Withdraw an account."""
    found = get_object_or_404(BreakGlass, pk=pk, withdrawn_at=None)

    def on_confirm(reason: str) -> str:
        breaking.withdraw(actor=request.actor, account=found, reason=reason)
        return overview_link(request)

    return pages.confirm_page(
        request,
        title=_("Withdraw %(name)s") % {"name": found.name},
        text=_("The code stops working and the account loses its access. Its uses stay visible."),
        submit=_("Withdraw"),
        back=overview_link(request),
        on_confirm=on_confirm,
    )


@page("identity.review", writes=True)
def review(request: Any, pk: int) -> HttpResponse:
    """Write down what a look at the use brought."""
    found = get_object_or_404(
        BreakGlassUse.objects.select_related("account"), pk=pk, reviewed_at=None
    )

    def on_valid(valid: Any) -> str:
        breaking.review(actor=request.actor, use=found, text=valid.cleaned_data["text"])
        messages.success(request, _("Written down. Do not forget to seal the account again."))
        return overview_link(request)

    return pages.form_page(
        request,
        ReviewForm(request.POST or None),
        title=_("Look at the use of %(name)s") % {"name": found.account.name},
        purpose=f"{found.who}: {found.reason}",
        submit=_("Write down"),
        back=overview_link(request),
        on_valid=on_valid,
    )
