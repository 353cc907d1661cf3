# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole of one organisation: out, and in; and the people who came along."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.core.web import page
from dijkring.portability.forms import ArchiveForm, PersonForm, ReasonOnlyForm, RoleForm
from dijkring.portability.models import Newcomer, Transfer
from dijkring.portability.selectors import transfers
from dijkring.portability.services import keeping, people
from dijkring.portability.services import whole as services
from dijkring.portability.tables import NewcomerTable
from dijkring.portability.views.sheets import trail
from dijkring.portability.whole import words
from dijkring.portability.whole.tables import moving
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("portability.export", writes=True)
def export(request: Any) -> HttpResponse:
    """Ask why, and start the export."""
    return pages.form_page(
        request,
        ReasonOnlyForm(request.POST or None),
        title=_("Export the whole organisation"),
        purpose=_(
            "Everything of this organisation in one file, in open formats: facts, judgements,"
            " actions, documents and history. Passwords and tokens are not in it; people are, with"
            " name and e-mail address. Keep the file as carefully as the system itself."
        ),
        submit=_("Export"),
        back=link(request, "portability:overview"),
        trail=trail(request),
        on_valid=lambda valid: _export(request, valid.cleaned_data["reason"]),
    )


def _export(request: Any, reason: str) -> str:
    job = services.start_export(actor=request.actor, reason=reason)
    return link(request, "organisations:job", job.pk)


def _transfer(request: Any, pk: int, kind: str) -> Transfer:
    rows = Transfer.objects.filter(organisation_id=request.actor.organisation_id, kind=kind)
    return get_object_or_404(rows.select_related("made_by", "taken_by"), pk=pk)


@page("portability.export")
def exported(request: Any, pk: int) -> HttpResponse:
    """Show an export: what is in it, its hash, and where to get it."""
    transfer = _transfer(request, pk, Transfer.Kind.EXPORT)
    rows = transfer.outcome.get("tables", {}).items()
    context = {
        "title": _("Export of the whole organisation"),
        "purpose": transfer.reason,
        "transfer": transfer,
        "there": transfer.state == Transfer.State.DONE and keeping.there(transfer),
        "rows": words.grouped(row for row in rows if row[1] and row[0] in _moving()),
        "stays": words.not_travelling(rows),
        "never": words.never_in_it(),
        "trail": trail(request),
    }
    return render(request, "portability/exported.html", context)


def _moving() -> set[str]:
    return {table.name for table in moving()}


@page("portability.export", writes=True)
def download(request: Any, pk: int) -> HttpResponse:
    """Hand out the file of an export; who took it is written down."""
    transfer = _transfer(request, pk, Transfer.Kind.EXPORT)
    if request.method != "POST":
        return HttpResponseRedirect(link(request, "portability:exported", pk))
    path = keeping.take(actor=request.actor, transfer=transfer)
    # Streamed from the disk: an export may be larger than the memory.
    return cast(
        HttpResponse, FileResponse(path.open("rb"), as_attachment=True, filename=transfer.file_name)
    )


@page("portability.export", writes=True)
def bring_in(request: Any) -> HttpResponse:
    """Upload the export of an organisation; nothing is written yet."""
    return pages.form_page(
        request,
        ArchiveForm(request.POST or None, request.FILES or None),
        title=_("Bring in a whole organisation"),
        purpose=_(
            "Only an organisation without data can take over an export of another Dijkring. You"
            " first see what is in it; nothing is written before you agree."
        ),
        submit=_("Look at the file"),
        back=link(request, "portability:overview"),
        trail=trail(request),
        on_valid=lambda valid: _keep(request, valid.cleaned_data["file"]),
    )


def _keep(request: Any, file: Any) -> str:
    made = services.keep(actor=request.actor, name=file.name, chunks=file.chunks())
    try:
        services.look(actor=request.actor, path=keeping.path_of(made))
    except Refused:
        keeping.path_of(made).unlink(missing_ok=True)
        raise
    return link(request, "portability:brought_in", made.pk)


@page("portability.export", writes=True)
def brought_in(request: Any, pk: int) -> HttpResponse:
    """Show what bringing in will do and start it; afterwards what came of it."""
    transfer = _transfer(request, pk, Transfer.Kind.IMPORT)
    if transfer.state != Transfer.State.LOOKED_AT:
        return _result(request, transfer)
    try:
        look = services.look(actor=request.actor, path=keeping.path_of(transfer))
    except (Refused, FileNotFoundError) as error:
        return _result(request, transfer, wrong=getattr(error, "message", ""))
    form = ReasonOnlyForm(request.POST or None)
    return pages.form_page(
        request,
        form,
        title=_("What bringing in will do"),
        purpose=transfer.file_name,
        submit=_("Bring in"),
        back=link(request, "portability:overview"),
        danger=True,
        trail=trail(request),
        extra={
            "template": "portability/bring_in.html",
            "look": look,
            "made_at": parsed(look.made_at),
            "transfer": transfer,
            "counts": words.grouped(look.counts),
            "stays": words.not_travelling(look.kept_apart),
            "behind": _behind(look.behind),
        },
        on_valid=lambda valid: _start(request, transfer, valid.cleaned_data["reason"]),
    )


def parsed(moment: str) -> datetime | None:
    """Read a moment of an archive; None for what is none."""
    try:
        return datetime.fromisoformat(moment)
    except ValueError:
        return None


def _behind(told: dict[str, Any]) -> dict[str, Any]:
    """Return what stayed behind as people call it."""
    return {
        "unknown": told.get("unknown", []),
        "counts": words.grouped(told.get("counts", {}).items()),
        "links": words.grouped(told.get("links", {}).items()),
    }


def _start(request: Any, transfer: Transfer, reason: str) -> str:
    job = services.start_import(actor=request.actor, transfer=transfer, reason=reason)
    return link(request, "organisations:job", job.pk)


def _result(request: Any, transfer: Transfer, wrong: str = "") -> HttpResponse:
    context = {
        "title": _("What was brought in"),
        "purpose": transfer.file_name,
        "transfer": transfer,
        "outcome": transfer.outcome,
        "counts": words.grouped(transfer.outcome.get("tables", {}).items()),
        "behind": _behind(transfer.outcome.get("behind", {})),
        "wrong": wrong or transfer.outcome.get("refused", ""),
        "trail": trail(request),
    }
    return render(request, "portability/brought_in.html", context)


@page("portability.export")
def newcomers(request: Any) -> HttpResponse:
    """List the people who came along."""
    return pages.list_page(
        request,
        transfers.newcomers(request.actor.organisation_id),
        table=NewcomerTable,
        title=_("People who came along"),
        purpose=_(
            "They cannot log in. Invite them; after somebody has joined, a colleague confirms that"
            " it is the same person. Only then is what they did linked."
        ),
        trail=trail(request),
        empty=pages.Empty(_("Nobody came along: no organisation was brought in.")),
    )


def _newcomer(request: Any, pk: int) -> Newcomer:
    return get_object_or_404(transfers.newcomers(request.actor.organisation_id), pk=pk)


@page("organisations.invite", writes=True)
def invite(request: Any, pk: int) -> HttpResponse:
    """Invite somebody who came along; the link is shown once."""
    newcomer = _newcomer(request, pk)
    form = RoleForm(request.POST or None, initial={"role": newcomer.role or "reader"})
    made: list[str] = []

    def on_valid(valid: Any) -> str:
        role = valid.cleaned_data["role"]
        made.append(people.invite(actor=request.actor, newcomer=newcomer, role=role))
        return link(request, "portability:newcomers")

    response = pages.form_page(
        request,
        form,
        title=_("Invite %(name)s") % {"name": newcomer.name},
        purpose=newcomer.email,
        submit=_("Invite"),
        back=link(request, "portability:newcomers"),
        trail=trail(request),
        on_valid=on_valid,
    )
    if made:
        response = _shown_once(request, newcomer, made[0])
    response["Cache-Control"] = "no-store"
    return response


def _shown_once(request: Any, newcomer: Newcomer, token: str) -> HttpResponse:
    context = {
        "title": _("Invitation for %(email)s") % {"email": newcomer.email},
        "text": _("Give this link to the person yourself, by a way that you trust."),
        "secret": request.build_absolute_uri(reverse("accept_invitation", args=[token])),
        "note": "",
        "back": link(request, "portability:newcomers"),
    }
    return render(request, "organisations/shown_once.html", context)


@page("organisations.invite", writes=True)
def confirm_person(request: Any, pk: int) -> HttpResponse:
    """Confirm that a colleague is the person who came along."""
    newcomer = _newcomer(request, pk)
    found = people.candidates(newcomer)
    return pages.form_page(
        request,
        PersonForm(request.POST or None, colleagues=found),
        title=_("Who is %(name)s?") % {"name": newcomer.name},
        purpose=_("Only colleagues who joined with the address %(email)s stand here.")
        % {"email": newcomer.email}
        if found
        else _("Nobody has joined with the address %(email)s yet. Invite this person first.")
        % {"email": newcomer.email},
        submit=_("This is the same person"),
        back=link(request, "portability:newcomers"),
        danger=True,
        trail=trail(request),
        on_valid=lambda valid: _confirm(request, newcomer, valid.cleaned_data["user"]),
    )


def _confirm(request: Any, newcomer: Newcomer, user: Any) -> str:
    people.confirm(actor=request.actor, newcomer=newcomer, user=user)
    messages.success(request, _("What %(name)s did is linked.") % {"name": newcomer.name})
    return link(request, "portability:newcomers")
