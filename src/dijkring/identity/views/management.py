# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Login and access: the provider, the second step and the sessions; and one's own login."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.identity import panels
from dijkring.identity.forms import DutyForm, ProviderForm, RulesForm, written
from dijkring.identity.models import Identity, IdentityProvider
from dijkring.identity.services import duty as duties
from dijkring.identity.services import emergency, providers, sessions
from dijkring.identity.words import OK, result_words
from dijkring.organisations.models import Membership
from dijkring.ui import pages
from dijkring.ui.pages import Action, link


@page("identity.view")
def overview(request: Any) -> HttpResponse:
    """Show how people log in: provider, second step, sessions and break-glass."""
    return pages.detail_page(
        request,
        None,
        title=_("Login and access"),
        purpose=_("How people prove who they are, and how somebody comes in when nothing works."),
        panels=panels.overview(request),
        actions=_actions(request) if request.can("identity.manage") else [],
        extra={"template": "identity/overview.html"},
    )


def _actions(request: Any) -> list[Action]:
    found = providers.provider_of(request.actor.organisation_id)
    own = [
        Action(_("Test this provider"), link(request, "identity:test"), "primary", post=True),
        Action(_("Take out of use"), link(request, "identity:take_out_of_use"))
        if found and found.active
        else Action(_("Take in use"), link(request, "identity:take_in_use")),
        Action(_("Rules for roles"), link(request, "identity:rules")),
    ]
    set_up = _("Change the provider") if found else _("Set up a provider")
    return [
        *(own if found else []),
        Action(set_up, link(request, "identity:provider")),
        Action(_("Demand a second step"), link(request, "identity:duty")),
        Action(_("Make a break-glass account"), link(request, "identity:make")),
        Action(_("Give emergency access"), link(request, "identity:give_emergency")),
    ]


def overview_link(request: Any) -> str:
    """Return the address of the overview."""
    return link(request, "identity:overview")


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Login and access"), overview_link(request))]


def _own_provider(request: Any) -> IdentityProvider:
    return get_object_or_404(IdentityProvider, organisation_id=request.actor.organisation_id)


@page("identity.manage", writes=True)
def provider(request: Any) -> HttpResponse:
    """Set up the provider or change it."""
    found = providers.provider_of(request.actor.organisation_id)
    names = ("name", "issuer", "client_id", "domains", "two_steps")
    known = {name: getattr(found, name) for name in names} if found else {}
    back = request.build_absolute_uri(reverse("login_back", args=[request.organisation.slug]))
    return pages.form_page(
        request,
        ProviderForm(request.POST or None, initial=known),
        title=_("Identity provider"),
        purpose=_(
            "Register Dijkring with the provider under this address to come back to: %(back)s"
        )
        % {"back": back},
        submit=_("Keep"),
        back=overview_link(request),
        trail=_trail(request),
        stored=True,
        on_valid=lambda valid: _set_up(request, valid.cleaned_data),
    )


def _set_up(request: Any, values: dict[str, Any]) -> str:
    found = providers.set_up(actor=request.actor, **values)
    if not found.active:
        messages.success(request, _("Kept. Test the provider before you take it in use."))
    return overview_link(request)


@page("identity.manage", writes=True)
def test(request: Any) -> HttpResponse:
    """Try the provider out and show what came of it."""
    found = _own_provider(request)
    if request.method == "POST":
        result = providers.test(actor=request.actor, provider=found)
        say = messages.success if result == OK else messages.error
        say(request, result_words(result))
    return HttpResponseRedirect(overview_link(request))


@page("identity.manage", writes=True)
def take_in_use(request: Any) -> HttpResponse:
    """Take the provider in use."""
    text = _("From now on people can log in through it. Dijkring's own login stays open.")
    return _switch(request, _("Take in use"), text, active=True)


@page("identity.manage", writes=True)
def take_out_of_use(request: Any) -> HttpResponse:
    """Take the provider out of use."""
    text = _("People cannot log in through it any more, and their sessions end.")
    return _switch(request, _("Take out of use"), text, active=False)


def _switch(request: Any, title: str, text: str, *, active: bool) -> HttpResponse:
    found = _own_provider(request)

    def switched(reason: str) -> str:
        providers.switch(actor=request.actor, provider=found, active=active, reason=reason)
        return overview_link(request)

    return pages.confirm_page(
        request,
        title=title,
        text=text,
        submit=title,
        back=overview_link(request),
        trail=_trail(request),
        on_confirm=switched,
    )


@page("identity.manage", writes=True)
def rules(request: Any) -> HttpResponse:
    """Say which claims give which role."""
    found = _own_provider(request)
    return pages.form_page(
        request,
        RulesForm(request.POST or None, initial={"rules": written(providers.rules_of(found))}),
        title=_("Rules for roles"),
        purpose=_("What the provider says about a person decides the role, at every login."),
        submit=_("Keep"),
        back=overview_link(request),
        trail=_trail(request),
        stored=True,
        on_valid=lambda valid: _set_rules(request, found, valid),
    )


def _set_rules(request: Any, found: IdentityProvider, valid: RulesForm) -> str:
    providers.set_rules(actor=request.actor, provider=found, rules=valid.cleaned_data["rules"])
    messages.success(request, _("The rules hold from the next login of each person."))
    return overview_link(request)


@page("identity.manage", writes=True)
def forget(request: Any, pk: int) -> HttpResponse:
    """Cut the tie between a login of the provider and an account."""
    found = get_object_or_404(Identity.objects.select_related("user"), pk=pk)
    return pages.confirm_page(
        request,
        title=_("Disconnect %(person)s") % {"person": found.user},
        text=_("At a next login the provider's person gets a new account, if a rule fits."),
        submit=_("Disconnect"),
        back=overview_link(request),
        trail=_trail(request),
        on_confirm=lambda reason: _forget(request, found, reason),
    )


def _forget(request: Any, found: Identity, reason: str) -> str:
    providers.forget(actor=request.actor, identity=found, reason=reason)
    return overview_link(request)


@page("identity.manage", writes=True)
def duty(request: Any) -> HttpResponse:
    """Demand a second step of everybody, from a date."""
    found = duties.duty_of(request.actor.organisation_id)
    known = {"required": found.required, "from_at": found.from_at} if found else {}
    return pages.form_page(
        request,
        DutyForm(request.POST or None, initial=known),
        title=_("Demand a second step"),
        purpose=_("A passkey or a code from a telephone, besides the password. Also for you."),
        submit=_("Keep"),
        back=overview_link(request),
        trail=_trail(request),
        stored=True,
        on_valid=lambda valid: _decide(request, valid.cleaned_data),
    )


def _decide(request: Any, values: dict[str, Any]) -> str:
    duties.decide(actor=request.actor, **values)
    return overview_link(request)


@page("identity.manage", writes=True)
def end_sessions(request: Any, pk: int) -> HttpResponse:
    """End everything that a colleague has open."""
    found = get_object_or_404(Membership.objects.select_related("user"), pk=pk, until=None)
    return pages.confirm_page(
        request,
        title=_("End the sessions of %(person)s") % {"person": found.user},
        text=_("This person has to log in again, on every device. The access stays."),
        submit=_("End the sessions"),
        back=overview_link(request),
        trail=_trail(request),
        on_confirm=lambda reason: _end_sessions(request, found),
    )


def _end_sessions(request: Any, found: Membership) -> str:
    ended = sessions.end_of_person(actor=request.actor, user_id=found.user_id)
    messages.success(request, sessions.ended_words(ended))
    return overview_link(request)


@page("identity.own")
def mine(request: Any) -> HttpResponse:
    """Show how this person logs in, with the ways to change that."""
    return pages.detail_page(
        request,
        None,
        title=_("My login"),
        purpose=_("How you came in now, and with what you can come in."),
        panels=panels.mine(request),
        actions=_own_actions(request),
    )


def _own_actions(request: Any) -> list[Action]:
    way = sessions.opened(request)
    if way is not None:
        return _emergency_action(request) if way["by"] == sessions.PROVIDER else []
    found = providers.provider_of(request.actor.organisation_id)
    address = reverse("login_go", args=[request.organisation.slug])
    tie = Action(_("Connect the login of my organisation"), f"{address}?connect=1")
    return [
        Action(_("Passkeys"), reverse("mfa_list_webauthn"), "primary"),
        Action(_("Two-step login"), reverse("mfa_index")),
        Action(_("Where I am logged in"), reverse("usersessions_list")),
        *([tie] if found and found.active else []),
        *_emergency_action(request),
    ]


def _emergency_action(request: Any) -> list[Action]:
    """Offer to set up emergency access to whom it was given."""
    found = emergency.own(request.actor)
    if found is None:
        return []
    again = _("Set up emergency access again") if found.enrolled_at else ""
    label = again or _("Set up emergency access")
    return [Action(label, link(request, "identity:enrol"), "secondary" if again else "primary")]
