# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has access, who is invited, and which systems hold a token."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.organisations import services
from dijkring.organisations.filters import MemberFilter
from dijkring.organisations.forms import EndForm, InviteForm, RoleForm, TokenForm
from dijkring.organisations.models import ApiToken, Invitation, Membership
from dijkring.organisations.selectors import people
from dijkring.organisations.tables import EndedTable, InvitationTable, MemberTable, TokenTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import RelatedTable


@page("organisations.members")
def members(request: Any) -> HttpResponse:
    """List who has access, who is invited, and who had access."""
    organisation_id = request.actor.organisation_id
    new = Action(_("Invite somebody"), link(request, "organisations:invite"), "primary")
    invited = InvitationTable(people.open_invitations(organisation_id), request=request)
    ended = EndedTable(people.ended(organisation_id), request=request)
    below = [
        RelatedTable(_("Invitations that are open"), invited, _("Nobody is invited now.")),
        RelatedTable(_("Access that has ended"), ended, _("Nobody's access has ended yet.")),
    ]
    return pages.list_page(
        request,
        people.members(organisation_id),
        table=MemberTable,
        filters=MemberFilter,
        title=_("Access"),
        purpose=_("Who can see and do what in this organisation, and since when."),
        actions=[new] if request.can("organisations.invite") else [],
        extra=_below(request, below),
    )


def _below(request: Any, panels: list[RelatedTable]) -> dict[str, Any]:
    """Hang panels under a list; htmx, which asks for the rows only, does not need them."""
    drawn = [] if "HX-Request" in request.headers else [one.render(request) for one in panels]
    return {"template": "organisations/list_with_panels.html", "below": drawn}


@page("organisations.invite", writes=True)
def invite(request: Any) -> HttpResponse:
    """Invite somebody; the link is shown once, and mailed where there is a mail server."""
    return _shown_once(
        request,
        InviteForm(request.POST or None),
        title=_("Invite somebody"),
        purpose=_("The invitation is a link that works once, for one person, for two weeks."),
        submit=_("Invite"),
        back=link(request, "organisations:members"),
        make=lambda values: _invite(request, values),
    )


def _invite(request: Any, values: dict[str, Any]) -> dict[str, Any]:
    invitation, token = services.invite(actor=request.actor, **values)

    def address(of: str) -> str:
        return str(request.build_absolute_uri(reverse("accept_invitation", args=[of])))

    mailed = services.mail_invitation(
        invitation=invitation, organisation=request.organisation.name, address=address
    )
    sent = _("Another link has been mailed to %(email)s: either one works.") % values
    return {
        "title": _("Invitation for %(email)s") % values,
        "text": _("Give this link to the person yourself, by a way that you trust."),
        "secret": address(token),
        "note": sent if mailed else _("Dijkring did not mail it: no mail server took it."),
    }


def _shown_once(
    request: Any,
    form: BaseForm,
    *,
    make: Callable[[dict[str, Any]], dict[str, Any]],
    back: str,
    **page: Any,
) -> HttpResponse:
    """Answer a post with what exists only now, so that it is kept nowhere."""
    made: list[dict[str, Any]] = []

    def on_valid(valid: Any) -> str:
        made.append(make(valid.cleaned_data))
        return back

    response = pages.form_page(request, form, on_valid=on_valid, back=back, **page)
    if made:
        response = render(request, "organisations/shown_once.html", {**made[0], "back": back})
    response["Cache-Control"] = "no-store"
    return response


@page("organisations.invite", writes=True)
def withdraw_invitation(request: Any, pk: int) -> HttpResponse:
    """Withdraw an invitation that was not accepted yet."""
    found = get_object_or_404(Invitation, pk=pk, accepted_at=None, withdrawn_at=None)
    return _confirm(
        request,
        title=_("Withdraw the invitation"),
        text=_("The link for %(email)s stops working.") % {"email": found.email},
        submit=_("Withdraw"),
        back="organisations:members",
        act=lambda reason: services.withdraw_invitation(
            actor=request.actor, invitation=found, reason=reason
        ),
    )


def _confirm(request: Any, *, back: str, act: Callable[[str], object], **page: Any) -> HttpResponse:
    address = link(request, back)

    def on_confirm(reason: str) -> str:
        act(reason)
        messages.success(request, _("Done: %(title)s.") % page)
        return address

    return pages.confirm_page(request, back=address, on_confirm=on_confirm, **page)


@page("organisations.invite", writes=True)
def change_role(request: Any, pk: int) -> HttpResponse:
    """Give a colleague another role."""
    found = get_object_or_404(Membership.objects.select_related("user"), pk=pk, until=None)
    return pages.form_page(
        request,
        RoleForm(request.POST or None, initial={"role": found.role}),
        title=_("Change the role of %(person)s") % {"person": found.user},
        purpose=_("The new role holds from now on. The old one stays in the history."),
        submit=_("Change the role"),
        back=link(request, "organisations:members"),
        stored=True,
        on_valid=lambda valid: _change_role(request, found, valid.cleaned_data["role"]),
    )


def _change_role(request: Any, found: Membership, role: str) -> str:
    services.change_role(actor=request.actor, membership=found, role=role)
    messages.success(request, _("%(person)s has another role now.") % {"person": found.user})
    return link(request, "organisations:members")


@page("organisations.invite", writes=True)
def end_access(request: Any, pk: int) -> HttpResponse:
    """End all access of somebody to this organisation, with a successor for what they own."""
    found = get_object_or_404(Membership.objects.select_related("user"), pk=pk, until=None)
    form = EndForm(request.POST if request.method == "POST" else None, leaver=found)
    address = link(request, "organisations:members")

    def on_confirm(reason: str) -> str:
        done = services.end_membership(
            actor=request.actor,
            membership=found,
            reason=reason,
            successor=form.cleaned_data["successor"],
        )
        ended = _("The access of %(person)s has ended.") % {"person": found.user}
        messages.success(request, " ".join([ended, *(f"{line}." for line in done)]))
        return address

    return pages.confirm_page(
        request,
        title=_("End the access of %(person)s") % {"person": found.user},
        text=_(
            "From now on this person sees nothing of this organisation any more. Sessions, links, "
            "calendars and tokens of this person end as well."
        ),
        submit=_("End access"),
        form=form,
        back=address,
        on_confirm=on_confirm,
    )


@page("organisations.tokens")
def tokens(request: Any) -> HttpResponse:
    """List the API tokens."""
    new = Action(_("Make a token"), link(request, "organisations:new_token"), "primary")
    return pages.list_page(
        request,
        people.tokens(request.actor.organisation_id),
        table=TokenTable,
        title=_("API tokens"),
        purpose=_("Which systems may read or post for this organisation, and until when."),
        actions=[new],
        empty=pages.Empty(_("No system has a token yet."), new),
    )


@page("organisations.tokens", writes=True)
def new_token(request: Any) -> HttpResponse:
    """Make an API token; it is shown once."""
    return _shown_once(
        request,
        TokenForm(request.POST or None),
        title=_("Make an API token"),
        purpose=_("One token per system, with no more than that system needs."),
        submit=_("Make the token"),
        back=link(request, "organisations:tokens"),
        make=lambda values: _new_token(request, values),
    )


def _new_token(request: Any, values: dict[str, Any]) -> dict[str, Any]:
    _made, token = services.create_token(actor=request.actor, **values)
    return {
        "title": _("Token for %(name)s") % values,
        "text": _("Put this token into the system now. Dijkring keeps only its hash."),
        "secret": token,
        "note": _("Send it as: Authorization: Bearer, followed by the token."),
    }


@page("organisations.tokens", writes=True)
def withdraw_token(request: Any, pk: int) -> HttpResponse:
    """Withdraw a token at once."""
    found = get_object_or_404(ApiToken, pk=pk, withdrawn_at=None)
    return _confirm(
        request,
        title=_("Withdraw the token of %(name)s") % {"name": found.name},
        text=_("The system that uses it is refused from now on."),
        submit=_("Withdraw"),
        back="organisations:tokens",
        act=lambda reason: services.withdraw_token(actor=request.actor, token=found, reason=reason),
    )
