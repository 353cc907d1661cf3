# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The accessibility statement: keeping it, and reading it without being logged in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.ui import pages
from dijkring.ui.pages import link
from dijkring.workplace import selectors
from dijkring.workplace.forms import StatementForm
from dijkring.workplace.models import AccessibilityStatement
from dijkring.workplace.services import statement as services

STATUSES = dict(AccessibilityStatement.Status.choices)


@page("workplace.accessibility", writes=True)
def statement(request: Any) -> HttpResponse:
    """Keep the facts of the statement, and publish it."""
    found = selectors.statement(request.actor.organisation_id)
    address = reverse("accessibility_of", args=[request.organisation.slug])

    def on_valid(form: StatementForm) -> str:
        made = services.state(actor=request.actor, **form.cleaned_data)
        words = _("The statement is public.") if made.published else _("The statement is kept.")
        messages.success(request, words)
        return link(request, "workplace:statement")

    initial = None if found else {"contact": "", "answer_days": 10, "status": "E"}
    return pages.form_page(
        request,
        StatementForm(request.POST or None, instance=found, initial=initial),
        title=_("Accessibility statement"),
        purpose=_("How accessible Dijkring is in your organisation, after the Dutch model."),
        submit=_("Save"),
        stored=found is not None,
        on_valid=on_valid,
        extra={"template": "workplace/statement.html", "address": address, "object": found},
    )


def public(request: HttpRequest, organisation: str = "") -> HttpResponse:
    """Show the statement of an organisation when it is published, else that of Dijkring itself."""
    found = selectors.published_statement(organisation) if organisation else None
    context = {
        "statement": found,
        "status": STATUSES.get(found["status"], "") if found else STATUSES["C"],
        "exceptions": (found["exceptions"].splitlines() if found else []),
        "title": _("Accessibility statement"),
    }
    return render(request, "workplace/accessibility.html", context)
