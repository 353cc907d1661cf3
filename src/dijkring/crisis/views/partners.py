# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of partners; and looking again at, or taking out, any line of the register."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.crisis import partners_words as words
from dijkring.crisis.filters.partners import PartnerFilter
from dijkring.crisis.forms.partners import PartnerForm, ReviewForm
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner, Reviewed
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.panels import partners as panels
from dijkring.crisis.rights import KEEP, VIEW
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.services import partners as services
from dijkring.crisis.tables.partners import PartnerTable
from dijkring.organisations.history import history
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

LINES: dict[str, tuple[type[Reviewed], str]] = {
    "partner": (Partner, "crisis:partner"),
    "afspraak": (PartnerAgreement, "crisis:agreement"),
    "bevoegdheid": (GivenPower, "crisis:power"),
}
SHOWN = 8


def trail_to(request: Any, *found: Partner) -> list[tuple[str, str]]:
    """Return the way from the list to a partner."""
    overview = (_("Partners and powers"), link(request, "crisis:partners"))
    return [overview, *((str(one), link(request, "crisis:partner", one.pk)) for one in found)]


def line_actions(request: Any, row: Reviewed, of: str, change: str) -> list[Action]:
    """Return what can be done with a line of the register by who keeps it."""
    if not request.can(KEEP):
        return []
    if row.retired_at:
        return [Action(_("Bring back…"), link(request, "crisis:bring_back", of, row.pk))]
    review = link(request, "crisis:review", of, row.pk)
    return [
        Action(_("It still holds"), review, "primary", icon="met"),
        Action(_("Change"), link(request, change, row.pk), icon="edit"),
        Action(_("Take out…"), link(request, "crisis:retire", of, row.pk), danger=True),
    ]


@page(VIEW)
def partners(request: Any) -> HttpResponse:
    """List the partners with what the register lacks."""
    organisation_id, may = request.actor.organisation_id, request.can(KEEP)
    gaps = selectors.gaps(organisation_id)
    add = Action(_("Add a partner"), link(request, "crisis:add_partner"), icon="plus")
    begin = Action(
        _("Take over the national list"), link(request, "crisis:begin_partners"), "primary",
        post=True,
    )  # fmt: skip
    return pages.list_page(
        request,
        selectors.partners(organisation_id),
        table=PartnerTable,
        filters=PartnerFilter,
        title=_("Partners and powers"),
        purpose=_("Who has a part in our digital safety, what they may do, and how they are reached"
                  " at night."),
        actions=[add] if may else [],
        empty=Empty(_("No partner stands in the register yet."), begin if may else None),
        extra={
            "template": "crisis/partners.html",
            "gaps": gaps[:SHOWN],
            "more": max(len(gaps) - SHOWN, 0),
            "may": may,
        },
    )  # fmt: skip


@page(KEEP, writes=True)
@require_POST
def begin(request: Any) -> HttpResponse:
    """Take over the national list."""
    count = services.begin(actor=request.actor)
    text = ngettext("%(n)d line taken over.", "%(n)d lines taken over.", count) % {"n": count}
    messages.success(request, f"{text} {_('Now fill in your own people and numbers.')}")
    return redirect(link(request, "crisis:partners"))


def one_partner(request: Any, pk: int) -> Partner:
    """Return a partner of the organisation, or 404."""
    return get_object_or_404(selectors.partners(request.actor.organisation_id), pk=pk)


@page(VIEW)
def partner(request: Any, pk: int) -> HttpResponse:
    """Show one partner: how it is reached, what it may do, what was agreed."""
    found = one_partner(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=words.partner_look(found),
        purpose=found.does,
        panels=panels.of_partner(request, found),
        actions=line_actions(request, found, "partner", "crisis:change_partner"),
        timeline=history(found),
        trail=trail_to(request),
    )


@page(KEEP, writes=True)
def add(request: Any) -> HttpResponse:
    """Add a partner."""
    form = PartnerForm(request.POST or None, organisation_id=request.actor.organisation_id)
    return pages.form_page(
        request,
        form,
        title=_("Add a partner"),
        submit=_("Add"),
        back=link(request, "crisis:partners"),
        trail=trail_to(request),
        on_valid=lambda valid: to_partner(
            request, services.add(actor=request.actor, values=valid.cleaned_data)
        ),
    )


def to_partner(request: Any, made: Partner) -> str:
    """Say that it was kept and return the address of a partner."""
    messages.success(request, _("Kept."))
    return link(request, "crisis:partner", made.pk)


@page(KEEP, writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change a partner."""
    found = one_partner(request, pk)
    form = PartnerForm(
        request.POST or None,
        organisation_id=request.actor.organisation_id,
        initial=model_to_dict(found),
    )
    return pages.form_page(
        request,
        form,
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "crisis:partner", pk),
        trail=trail_to(request, found),
        stored=True,
        on_valid=lambda valid: to_partner(
            request,
            services.change(actor=request.actor, partner=found, values=valid.cleaned_data),
        ),
    )


# --- any line of the register -------------------------------------------------------------------


def _line(request: Any, of: str, pk: int) -> tuple[Any, str]:
    if of not in LINES:
        raise Http404
    model, name = LINES[of]
    rows: Any = model._default_manager.filter(organisation_id=request.actor.organisation_id)
    return get_object_or_404(rows, pk=pk), link(request, name, pk)


@page(KEEP, writes=True)
def review(request: Any, of: str, pk: int) -> HttpResponse:
    """Say that a line still holds."""
    found, back = _line(request, of, pk)

    def reviewed(form: Any) -> str:
        services.review(actor=request.actor, row=found, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return back

    return pages.form_page(
        request,
        ReviewForm(request.POST or None),
        title=_("%(name)s still holds") % {"name": found},
        purpose=_("You say that you looked at it today and that people, numbers and words are"
                  " right."),
        submit=_("Keep"),
        back=back,
        trail=[*trail_to(request), (str(found), back)],
        on_valid=reviewed,
    )  # fmt: skip


@page(KEEP, writes=True)
def retire(request: Any, of: str, pk: int) -> HttpResponse:
    """Take a line out."""
    return _turn(
        request,
        _line(request, of, pk),
        services.retire,
        title=_("Take out %(name)s"),
        text=_("It no longer counts. You can bring it back."),
        submit=_("Take out"),
    )


@page(KEEP, writes=True)
def bring_back(request: Any, of: str, pk: int) -> HttpResponse:
    """Bring back a line that was taken out."""
    return _turn(
        request,
        _line(request, of, pk),
        services.bring_back,
        title=_("Bring back %(name)s"),
        text=_("It counts again."),
        submit=_("Bring back"),
    )


def _turn(
    request: Any,
    line: tuple[Any, str],
    act: Callable[..., None],
    *,
    title: str,
    text: str,
    submit: str,
) -> HttpResponse:
    found, back = line

    def done(reason: str) -> str:
        act(actor=request.actor, row=found, reason=reason)
        return back

    return pages.confirm_page(
        request,
        title=title % {"name": found},
        text=text,
        submit=submit,
        back=back,
        trail=[*trail_to(request), (str(found), back)],
        on_confirm=done,
    )
