# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of playbooks: the list, one as it reads, and playbooks of the organisation itself."""

from importlib.resources import files
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core.web import page
from dijkring.incidents.forms.playbooks import PlaybookForm
from dijkring.incidents.panels import playbooks as panels
from dijkring.incidents.playbooks import Playbook
from dijkring.incidents.selectors import playbooks as selectors
from dijkring.incidents.services import playbooks as services
from dijkring.incidents.services.playbooks import RIGHT
from dijkring.incidents.tables.playbooks import PlaybookTable
from dijkring.incidents.views.incidents import VIEW
from dijkring.ui import pages
from dijkring.ui.pages import Action, link
from dijkring.ui.panels import Panel


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("Incidents"), link(request, "incidents:incidents")),
        (_("Playbooks"), link(request, "incidents:playbooks")),
    ]


@page(VIEW)
def playbooks(request: Any) -> HttpResponse:
    """List the playbooks."""
    add = Action(_("Add a playbook"), link(request, "incidents:add_playbook"), icon="plus")
    return pages.list_page(
        request,
        selectors.known(request.actor.organisation_id),
        table=PlaybookTable,
        title=_("Playbooks"),
        purpose=_("What to do in which kind of incident. You start one on the page of the"
                  " incident."),
        trail=_trail(request)[:1],
        actions=[add] if request.can(RIGHT) else [],
    )  # fmt: skip


def _found(request: Any, key: str) -> Playbook:
    found = selectors.find(request.actor.organisation_id, key)
    if found is None:
        raise Http404
    return found


@page(VIEW)
def playbook(request: Any, key: str) -> HttpResponse:
    """Show a playbook as it reads."""
    found = _found(request, key)
    retire = link(request, "incidents:retire_playbook", key)
    may = request.can(RIGHT) and found.own
    note = in_language(dict(found.note))
    hung: list[Panel] = panels.steps(found)
    return pages.detail_page(
        request,
        found,
        title=in_language(dict(found.title)),
        purpose=" ".join(filter(None, [in_language(dict(found.when)), note])),
        panels=hung,
        actions=[Action(_("Take out of use…"), retire, danger=True)] if may else [],
        trail=_trail(request),
    )


@page(RIGHT, writes=True)
def add_playbook(request: Any) -> HttpResponse:
    """Add a playbook of the organisation itself."""
    example = files("dijkring.incidents").joinpath("content/playbook_example.yaml")
    return pages.form_page(
        request,
        PlaybookForm(request.POST or None, request.FILES or None),
        title=_("Add a playbook"),
        purpose=_("With the id of one that you added before it takes the place of that one."),
        submit=_("Add"),
        back=link(request, "incidents:playbooks"),
        trail=_trail(request),
        extra={"template": "incidents/form.html", "example": example.read_text("utf-8")},
        on_valid=lambda form: _added(request, form.cleaned_data["text"]),
    )


def _added(request: Any, text: str) -> str:
    made = services.keep(actor=request.actor, text=text)
    messages.success(request, _("The playbook can be started in every incident."))
    return link(request, "incidents:playbook", made.key)


@page(RIGHT, writes=True)
def retire_playbook(request: Any, key: str) -> HttpResponse:
    """Take a playbook of the organisation out of use."""
    found = _found(request, key)
    if not found.own:
        raise Http404
    return pages.confirm_page(
        request,
        title=_("Take %(name)s out of use") % {"name": in_language(dict(found.title))},
        text=_("It cannot be started any more. Tasks that came from it stay."),
        submit=_("Take out of use"),
        back=link(request, "incidents:playbook", key),
        trail=_trail(request),
        on_confirm=lambda reason: _retired(request, key, reason),
    )


def _retired(request: Any, key: str, reason: str) -> str:
    services.retire(actor=request.actor, key=key, reason=reason)
    messages.success(request, _("The playbook is out of use."))
    return link(request, "incidents:playbooks")
