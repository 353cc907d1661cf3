# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing files in: upload, choose the columns, see what would happen, agree, take back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core.errors import Refused
from dijkring.core.web import page
from dijkring.onboarding import selectors
from dijkring.onboarding.forms import ColumnsForm, DomainsForm, FileForm
from dijkring.onboarding.intake.kinds import KINDS, Kind
from dijkring.onboarding.models import Intake
from dijkring.onboarding.services import bringing, files, numbers, people_mail, planning
from dijkring.onboarding.services.planning import Plan
from dijkring.onboarding.tables import IntakeTable
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

SHOWN = 200


@page("onboarding.bring_in")
def intakes(request: Any) -> HttpResponse:
    """List what was brought in, and by whom."""
    return pages.list_page(
        request,
        selectors.intakes(request.actor.organisation_id),
        table=IntakeTable,
        title=_("Brought in"),
        purpose=_("Files from elsewhere. You see what would happen before anything is written."),
        actions=[_new(request, one) for one in KINDS.values() if request.can(one.right)],
        trail=_trail(request)[:1],
        empty=Empty(_("Nothing has been brought in yet.")),
    )


def _new(request: Any, kind: Kind) -> Action:
    return Action(kind.label, link(request, "onboarding:upload", kind.id), icon="plus")


def _trail(request: Any) -> list[tuple[str, str]]:
    return [
        (_("First hour"), link(request, "onboarding:guide")),
        (_("Brought in"), link(request, "onboarding:intakes")),
    ]


def _kind(request: Any, id: str) -> Kind:
    if id not in KINDS:
        raise Http404
    request.actor.require(KINDS[id].right)
    return KINDS[id]


@page("onboarding.bring_in", writes=True)
def upload(request: Any, kind: str) -> HttpResponse:
    """Give a file to look at."""
    found = _kind(request, kind)
    form = DomainsForm if kind == "domains" else FileForm
    return pages.form_page(
        request,
        form(request.POST or None, request.FILES or None),
        title=_("Bring in: %(kind)s") % {"kind": found.label},
        purpose=found.purpose,
        submit=_("Look at the file"),
        back=link(request, "onboarding:guide"),
        trail=_trail(request),
        on_valid=lambda valid: _keep(request, kind, *valid.content()),
    )


def _keep(request: Any, kind: str, name: str, content: Any) -> str:
    intake = files.keep(actor=request.actor, kind=kind, name=name, content=content)
    return link(request, "onboarding:intake", intake.pk)


def _intake(request: Any, pk: int) -> Intake:
    found = get_object_or_404(Intake.objects.select_related("uploaded_by"), pk=pk)
    request.actor.require(KINDS[found.kind].right)
    return found


@page("onboarding.bring_in", writes=True)
def intake(request: Any, pk: int) -> HttpResponse:
    """Show what a file would do, or what it did; a post agrees."""
    found = _intake(request, pk)
    if found.state != Intake.State.LOOKING:
        return _result(request, found)
    form = _picker(request, found)
    asked = _asked(form)
    plan = planning.plan(actor=request.actor, intake=found, **asked)
    if request.method == "POST" and not plan.wrong:
        try:
            return _agree(request, found, asked)
        except Refused as refused:
            messages.error(request, refused.message)
            return HttpResponseRedirect(request.get_full_path())
    if not asked:
        initial = {
            **planning.kept(plan)["columns"],
            "numbering": plan.numbering,
            "parts": plan.parts,
        }
        form = _picker(request, found, initial)
    return render(request, "onboarding/preview.html", _shown(request, found, plan, form))


def _picker(request: Any, found: Intake, initial: dict[str, Any] | None = None) -> ColumnsForm:
    """Return the column picker, bound to the address where that names columns."""
    known = numbers.numberings(found.organisation_id) if found.kind in planning.NUMBERED else ()
    return ColumnsForm(
        None if initial is not None else request.GET or None,
        initial=initial,
        kind=KINDS[found.kind],
        columns=planning.options(found),
        numberings=known,
    )


def _asked(form: ColumnsForm) -> dict[str, Any]:
    """Return what the address asks, empty when it asks nothing that can be chosen."""
    if not (form.is_bound and form.is_valid()):
        return {}
    return {
        "chosen": form.chosen(),
        "numbering": form.cleaned_data.get("numbering") or "",
        "parts": form.cleaned_data.get("parts"),
    }


def _shown(request: Any, found: Intake, plan: Plan, form: ColumnsForm) -> dict[str, Any]:
    for name, why in plan.wrong.items():
        form.fields[name].help_text = why
    order = {"refused": 0, "changed": 1, "new": 2, "left_out": 3, "unchanged": 4}
    rows = sorted(plan.lines, key=lambda one: (order[one.status], one.line))
    wrong = [(plan.kind.field(name).label, why) for name, why in plan.wrong.items()]
    return {
        "title": _("What this file would do"),
        "name": found.name,
        "intake": found,
        "plan": plan,
        "counts": [(status, plan.counts[status]) for status in order],
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "wrong": wrong,
        "form": form,
        "open_picker": bool(wrong) or not plan.remembered,
        "cancel": link(request, "onboarding:cancel", found.pk),
        "trail": _trail(request),
    }


def _agree(request: Any, found: Intake, asked: dict[str, Any]) -> HttpResponse:
    mark = request.POST.get("mark", "")
    with transaction.atomic():
        job, made = bringing.confirm(actor=request.actor, intake=found, mark=mark, **asked)
    if job is not None:
        return HttpResponseRedirect(link(request, "organisations:job", job.pk))
    if found.kind == "people":
        return _invited(request, found, made)
    words = ngettext("%(n)d line brought in.", "%(n)d lines brought in.", len(made))
    messages.success(request, words % {"n": len(made)})
    return HttpResponseRedirect(link(request, "onboarding:intake", found.pk))


def _invited(request: Any, found: Intake, made: list[dict[str, Any]]) -> HttpResponse:
    """Show the links of invitations: they exist only now."""
    address = request.build_absolute_uri(reverse("accept_invitation", args=["TOKEN"]))
    rows = people_mail.send(
        organisation=request.organisation.name,
        address=lambda token: address.replace("TOKEN", token),
        made=made,
    )
    context = {"rows": rows, "title": _("Invitations"), "trail": _trail(request), "intake": found}
    response = render(request, "onboarding/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _result(request: Any, found: Intake) -> HttpResponse:
    counts = found.counts
    taken_back = found.state == Intake.State.WITHDRAWN
    context = {
        "title": found.name,
        "purpose": KINDS[found.kind].label,
        "intake": found,
        "counts": [
            (one, counts[one])
            for one in ("new", "changed", "unchanged", "left_out", "refused")
            if one in counts
        ],
        "taken_back": taken_back,
        "trail": _trail(request),
    }
    return render(request, "onboarding/result.html", context)


@page("onboarding.bring_in", writes=True)
def take_back(request: Any, pk: int) -> HttpResponse:
    """Take back what an import brought, as long as nobody worked on it."""
    found = _intake(request, pk)
    if found.state != Intake.State.DONE:
        raise Http404
    return pages.confirm_page(
        request,
        title=_("Take back: %(name)s") % {"name": found.name},
        text=_("What nobody has worked on goes. What somebody has worked on stays, and is listed."),
        submit=_("Take back"),
        back=link(request, "onboarding:intake", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _take_back(request, found, reason),
    )


def _take_back(request: Any, found: Intake, reason: str) -> str:
    stays = bringing.take_back(actor=request.actor, intake=found, reason=reason)
    words = ngettext("Taken back; %(n)d line stays.", "Taken back; %(n)d lines stay.", len(stays))
    messages.success(request, words % {"n": len(stays)})
    return link(request, "onboarding:intake", found.pk)


@page("onboarding.bring_in", writes=True)
@require_POST
def cancel(request: Any, pk: int) -> HttpResponse:
    """Take a file away that was not brought in."""
    bringing.cancel(actor=request.actor, intake=_intake(request, pk))
    messages.success(request, _("The file has been taken away. Nothing was brought in."))
    return HttpResponseRedirect(link(request, "onboarding:intakes"))
