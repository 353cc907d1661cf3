# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page where the first visitor of an empty Dijkring makes the first account."""

from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dijkring.onboarding.forms import FirstForm
from dijkring.onboarding.services import first
from dijkring.ui import pages

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password", "code")
def begin(request: HttpRequest) -> HttpResponse:
    """Make the first account with the code of the terminal; gone once there is an account."""
    if not first.is_open():
        raise Http404
    return pages.form_page(
        request,
        FirstForm(request.POST or None, municipalities=first.municipalities()),
        title=_("Begin with Dijkring"),
        purpose=_("You make the first account. You become CISO and invite the others."),
        submit=_("Begin"),
        on_valid=lambda valid: _begin(request, valid.cleaned_data),
    )


def _begin(request: HttpRequest, values: dict[str, Any]) -> str:
    made = first.begin(**values)
    login(request, made.user, backend=BACKEND)
    return reverse("onboarding:guide", args=[made.organisation.slug])
