# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""At the door of an organisation: what this session opens, and whether a second step is missing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dijkring.core.web import Membership, memberships_of
from dijkring.identity.services import accounts, duty, sessions

ACCOUNT = "/accounts/"
# The calendar's address and the choice of mail hold for every organisation of the person.
WHOLE_PERSON = frozenset(
    {
        "notices:feed",
        "notices:withdraw_feed",
        "notices:preferences",
        "notices:contact",
        "notices:confirm_contact",
    }
)
ALWAYS = ("/accounts/logout/", "/accounts/login/")


def narrow(request: Any, memberships: list[Membership]) -> list[Membership]:
    """Leave only the organisation whose provider or break-glass account opened this session."""
    way = sessions.opened(request)
    if way is None:
        return memberships
    return [one for one in memberships if one.organisation_id == way["organisation"]]


def demand_second_step(request: Any) -> HttpResponse | None:
    """Stop who came in with one step where the organisation demands two."""
    if duty.took_second_step(request) or not duty.is_in_force(request.actor.organisation_id):
        return None
    if sessions.opened(request) is not None:
        return render(request, "identity/provider_step.html", status=403)
    if duty.has_second_step(request.user.pk):
        return None
    return redirect("second_step")


def keep_to_organisation(request: Any) -> HttpResponse | None:
    """Keep such a session away from what a person has for all organisations at once."""
    way, match = sessions.opened(request), request.resolver_match
    if way is None or match is None or match.view_name not in WHOLE_PERSON:
        return None
    if way["by"] == sessions.PROVIDER and _belongs_here(request.user):
        return None
    return render(request, "identity/not_here.html", {"way": way}, status=403)


def _belongs_here(user: Any) -> bool:
    """Tell whether a provider made this account, so that it works for no other organisation."""
    return accounts.is_made_here(user) and len(memberships_of(user.pk)) == 1


class OwnAccountOnly:
    """Keep sessions of a provider or of break-glass away from the pages of the account itself.

    Otherwise a provider that says who somebody is could give itself a password or passkey, with
    which other organisations of that person open as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ACCOUNT) and not request.path.startswith(ALWAYS):
            way = sessions.opened(request) if request.user.is_authenticated else None
            if way is not None:
                return render(request, "identity/not_here.html", {"way": way}, status=403)
        return self.get_response(request)
