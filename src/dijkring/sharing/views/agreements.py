# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements: list, terms, signing and ending."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.organisations.history import history
from dijkring.sharing import selectors
from dijkring.sharing.filters import AgreementFilter
from dijkring.sharing.forms import AgreementForm, SignForm
from dijkring.sharing.models import Agreement
from dijkring.sharing.panels import of_agreement
from dijkring.sharing.services import agreements as services
from dijkring.sharing.tables import AgreementTable, look_of, where
from dijkring.ui import pages
from dijkring.ui.pages import Action, link

FIELDS = ("receiver_id", "records", "detail", "legal_basis", "purpose", "tlp")
OVER = {"expired", "ended"}


@page("sharing.view")
def agreements(request: Any) -> HttpResponse:
    """List what we share and what others share with us."""
    can = request.can("sharing.draft")
    new = Action(_("Make an agreement"), link(request, "sharing:new"), "primary")
    ways = [
        Action(_("Who looked"), link(request, "sharing:looks")),
        Action(_("Mandates"), link(request, "sharing:mandates")),
        Action(_("Handovers"), link(request, "sharing:handovers")),
    ]
    return pages.list_page(
        request,
        selectors.agreements(request.actor.organisation_id),
        table=AgreementTable,
        filters=AgreementFilter,
        title=_("Sharing"),
        purpose=_("Which other organisation may see what of us, and what others show to us."),
        actions=[new, *ways] if can else ways,
        empty=pages.Empty(
            _("Nothing is shared. Without an agreement nobody outside sees anything of us."),
            new if can else None,
        ),
    )


def _agreement(request: Any, pk: int) -> Agreement:
    return get_object_or_404(selectors.agreements(request.actor.organisation_id), pk=pk)


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Sharing"), link(request, "sharing:agreements"))]


@page("sharing.view")
def agreement(request: Any, pk: int) -> HttpResponse:
    """Show one agreement: terms, signatures, who looked and what changed."""
    found = _agreement(request, pk)
    ours = found.organisation_id == request.actor.organisation_id
    return pages.detail_page(
        request,
        found,
        title=_("%(giver)s shares with %(receiver)s")
        % {"giver": found.organisation, "receiver": found.receiver},
        state=look_of(found),
        panels=of_agreement(request, found),
        actions=_acts(request, found, ours),
        timeline=history(found) if ours else None,
        trail=_trail(request),
    )


def _acts(request: Any, found: Agreement, ours: bool) -> list[Action]:
    """Return the buttons that this side may press in this phase."""
    phase = where(found)
    signed = any(
        one.organisation_id == request.actor.organisation_id for one in found.signatures.all()
    )
    signable = phase == "draft" if ours else phase == "offered"
    offers = [
        (signable, "sharing.sign", _("Sign"), "sharing:sign", "primary"),
        (phase == "draft" and ours, "sharing.draft", _("Change"), "sharing:change", "secondary"),
        (ours or signed, "sharing.end", _("End"), "sharing:end", "subtle"),
    ]
    return [
        Action(label, link(request, name, found.pk), style)  # type: ignore[arg-type]
        for offered, right, label, name, style in offers
        if offered and phase not in OVER and request.can(right)
    ]


@page("sharing.draft", writes=True)
def new(request: Any) -> HttpResponse:
    """Draft an agreement."""
    initial = {"starts_at": clock.today()}
    form = AgreementForm(
        request.POST or None, initial=initial, organisation_id=request.actor.organisation_id
    )
    return pages.form_page(
        request,
        form,
        title=_("Make an agreement"),
        purpose=_("It holds when both sides have signed it, and ends by itself on its last day."),
        submit=_("Save as a draft"),
        back=link(request, "sharing:agreements"),
        on_valid=lambda valid: _draft(request, valid.cleaned_data),
    )


def _draft(request: Any, values: dict[str, Any]) -> str:
    made = services.draft(actor=request.actor, **values)
    messages.success(request, _("The draft has been saved. Somebody with a mandate can sign it."))
    return link(request, "sharing:agreement", made.pk)


@page("sharing.draft", writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change a draft."""
    found = _agreement(request, pk)
    days = {name: clock.day_of(getattr(found, name)) for name in ("starts_at", "ends_at")}
    form = AgreementForm(
        request.POST or None,
        initial={**{name: getattr(found, name) for name in FIELDS}, **days},
        organisation_id=request.actor.organisation_id,
    )
    return pages.form_page(
        request,
        form,
        title=_("Change the draft"),
        submit=_("Save"),
        back=link(request, "sharing:agreement", pk),
        trail=_trail(request),
        stored=True,
        on_valid=lambda valid: _change(request, found, valid.cleaned_data),
    )


def _change(request: Any, found: Agreement, values: dict[str, Any]) -> str:
    services.change(actor=request.actor, agreement=found, **values)
    messages.success(request, _("The draft has been changed."))
    return link(request, "sharing:agreement", found.pk)


@page("sharing.sign", writes=True)
def sign(request: Any, pk: int) -> HttpResponse:
    """Sign for one's own organisation; only with a mandate."""
    found = _agreement(request, pk)
    return pages.form_page(
        request,
        SignForm(request.POST or None),
        title=_("Sign: %(agreement)s") % {"agreement": found},
        purpose=_("Your name, your mandate and this moment stand under the agreement from now on."),
        submit=_("Sign"),
        back=link(request, "sharing:agreement", pk),
        trail=_trail(request),
        on_valid=lambda _valid: _sign(request, found),
    )


def _sign(request: Any, found: Agreement) -> str:
    services.sign(actor=request.actor, agreement=found)
    messages.success(request, _("You have signed the agreement."))
    return link(request, "sharing:agreement", found.pk)


@page("sharing.end", writes=True)
def end(request: Any, pk: int) -> HttpResponse:
    """End an agreement at once, from either side."""
    found = _agreement(request, pk)
    return pages.confirm_page(
        request,
        title=_("End: %(agreement)s") % {"agreement": found},
        text=_("From now on the receiver sees nothing any more. What was taken over ends as well."),
        submit=_("End the agreement"),
        back=link(request, "sharing:agreement", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _end(request, found, reason),
    )


def _end(request: Any, found: Agreement, reason: str) -> str:
    services.end(actor=request.actor, agreement=found, reason=reason)
    messages.success(request, _("The agreement has ended."))
    return link(request, "sharing:agreements")
