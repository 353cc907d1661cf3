# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proving authority over many names at once: by one statement, or by one record in the DNS."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core.web import page
from dijkring.onboarding.forms import NamesStatementForm
from dijkring.surface.services import authority
from dijkring.ui import pages
from dijkring.ui.pages import link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("First hour"), link(request, "onboarding:guide"))]


@page("surface.authorise", writes=True)
def by_statement(request: Any) -> HttpResponse:
    """Record one statement for the chosen names without proof."""
    waiting = authority.waiting(request.actor.organisation_id)
    return pages.form_page(
        request,
        NamesStatementForm(request.POST or None, waiting=waiting),
        title=_("Authority over many names at once"),
        purpose=ngettext(
            "%(n)d name waits for proof. The statement counts for the names that you choose.",
            "%(n)d names wait for proof. The statement counts for the names that you choose.",
            len(waiting),
        )
        % {"n": len(waiting)},
        submit=_("Record the statement"),
        back=link(request, "onboarding:guide"),
        trail=_trail(request),
        on_valid=lambda valid: _state(request, valid.cleaned_data),
    )


def _state(request: Any, values: dict[str, Any]) -> str:
    count = authority.state_for_many(actor=request.actor, **values)
    words = ngettext(
        "%(n)d name may be measured now. The next step is Measure.",
        "%(n)d names may be measured now. The next step is Measure.",
        count,
    )
    messages.success(request, words % {"n": count})
    return link(request, "onboarding:guide")


@page("surface.register", writes=True)
def by_dns(request: Any) -> HttpResponse:
    """Show the one record that proves all names; a post looks for it everywhere at once."""
    organisation_id = request.actor.organisation_id
    looked: list[authority.Looked] = []
    if request.method == "POST":
        domains = authority.highest(authority.waiting(organisation_id))[: authority.MOST]
        looked = authority.prove_many_by_dns(actor=request.actor, domains=domains)
    waiting = authority.waiting(organisation_id)
    context = {
        "title": _("Authority over many names by the DNS"),
        "purpose": _("Publish one and the same record at every name, and check all of them."),
        "trail": _trail(request),
        "value": authority.list_value(organisation_id),
        "waiting": authority.highest(waiting),
        "below": len(waiting) - len(authority.highest(waiting)),
        "proven": [one.domain for one in looked if not one.wrong],
        "missing": [one for one in looked if one.wrong],
    }
    return render(request, "onboarding/authority_dns.html", context)
