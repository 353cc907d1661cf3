# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Domains: the overview, one domain, registering, proving authority, measuring, removing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core.web import page
from dijkring.surface import names, scoring
from dijkring.surface.filters.domains import DomainFilter
from dijkring.surface.forms.domains import (
    DomainForm,
    NoFields,
    RegisterForm,
    RemovalForm,
    StatementForm,
)
from dijkring.surface.models import Domain
from dijkring.surface.panels import domains as panels
from dijkring.surface.panels import imported as their_panels
from dijkring.surface.panels.scores import course_chart
from dijkring.surface.selectors import domains as selectors
from dijkring.surface.selectors import scores
from dijkring.surface.services import authority as authorities
from dijkring.surface.services import domains as services
from dijkring.surface.services import measuring
from dijkring.surface.tables.domains import DomainTable, state_of
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link

STATES = {"fail", "not_measured", "pass", "not_applicable", "advice"}


def _domain(pk: int) -> Domain:
    return get_object_or_404(Domain.objects.select_related("authority_by"), pk=pk)


def _trail(request: Any, *domains: Domain) -> list[tuple[str, str]]:
    overview = (_("Internet measuring"), link(request, "surface:domains"))
    below = [(names.shown(one.name), link(request, "surface:domain", one.pk)) for one in domains]
    return [overview, *below]


# --- overview -----------------------------------------------------------------------------------


@page("surface.view")
def domains(request: Any) -> HttpResponse:
    """List the domains with what was measured of them."""
    rows = selectors.domain_rows(request.actor.organisation_id)
    return pages.list_page(
        request,
        rows,
        table=DomainTable,
        filters=DomainFilter,  # type: ignore[arg-type]
        title=_("Internet measuring"),
        purpose=_("What anyone can see of our websites and mail, measured every day from outside."),
        actions=_list_actions(request, rows),
        extra={
            "template": "surface/domains.html",
            "course": course_chart(scores.course(request.actor.organisation_id)),
            **panels.overview(request, rows),
        },
        empty=_empty(request),
    )


def _list_actions(request: Any, rows: list[selectors.DomainRow]) -> list[Action]:
    actions = []
    measurable = any(row.state not in ("registered", "removed") for row in rows)
    if measurable and request.can("surface.measure"):
        address = link(request, "surface:measure")
        actions.append(Action(_("Measure now"), address, "primary", "measure", post=True))
        actions.append(Action(_("When we measure"), link(request, "surface:schedule")))
    if request.can("surface.register"):
        actions.append(_register_action(request))
    actions.append(Action(_("Names like ours"), link(request, "surface:lookalikes")))
    actions.append(Action(_("Taken over from others"), link(request, "surface:imports")))
    return actions


def _register_action(request: Any) -> Action:
    return Action(_("Register domains"), link(request, "surface:register"), icon="plus")


def _empty(request: Any) -> Empty:
    if request.can("surface.register"):
        words = _("Register your domains, prove your authority over them and press Measure now.")
        return Empty(words, _register_action(request))
    return Empty(_("No domain has been registered yet. Your CISO can do that."))


@page("surface.register", writes=True)
def register(request: Any) -> HttpResponse:
    """Register one or many names."""
    return pages.form_page(
        request,
        RegisterForm(request.POST or None),
        title=_("Register domains"),
        purpose=_("Nothing is measured before you have proven that your organisation may do so."),
        submit=_("Register"),
        back=link(request, "surface:domains"),
        trail=_trail(request),
        on_valid=lambda valid: _register(request, valid.asked()),
    )


def _register(request: Any, asked: dict[str, Any]) -> str:
    made, known = services.register_domains(actor=request.actor, **asked)
    words = ngettext("%(n)d domain registered.", "%(n)d domains registered.", len(made))
    said = words % {"n": len(made)}
    if known:
        said += " " + _("Known already: %(names)s.") % {"names": ", ".join(known)}
    messages.success(request, said)
    if len(made) == 1 and made[0].state == Domain.State.REGISTERED:
        return link(request, "surface:authority", made[0].pk)
    return link(request, "surface:domains")


@page("surface.measure", writes=True)
@require_POST
def measure(request: Any) -> HttpResponse:
    """Start measuring all domains."""
    job = measuring.measure_now(actor=request.actor)
    return redirect(link(request, "organisations:job", job.pk))


# --- one domain ---------------------------------------------------------------------------------


@page("surface.view")
def domain(request: Any, pk: int) -> HttpResponse:
    """Show one domain: every check with its state, why it matters and how to mend it."""
    found = _domain(pk)
    wanted = request.GET.get("state", "")
    wanted = wanted if wanted in STATES else ""
    row = selectors.domain_row(found)
    scores = scoring.of_domain(found)
    return pages.detail_page(
        request,
        found,
        title=names.shown(found.name),
        state=state_of(row.state),
        panels=panels.of_domain(request, found, wanted, row.measured_at),
        actions=_actions(request, found, row.proposed),
        timeline=panels.timeline(found),
        trail=_trail(request),
        extra={
            "template": "surface/domain.html",
            "row": row,
            "wanted": wanted,
            "scores": scores,
            "side_by_side": their_panels.side_by_side(found, scores),
        },
    )


def _actions(request: Any, found: Domain, proposed: bool) -> list[Action]:
    if found.state == Domain.State.REMOVED:
        return []
    return [
        *_measuring_actions(request, found),
        *_removing_actions(request, found, proposed),
    ]


def _measuring_actions(request: Any, found: Domain) -> list[Action]:
    actions = []
    proven = found.state == Domain.State.AUTHORISED
    if proven and request.can("surface.measure"):
        address = link(request, "surface:measure_domain", found.pk)
        actions.append(Action(_("Measure now"), address, "primary", "measure", post=True))
    if not proven and request.can("surface.register"):
        address = link(request, "surface:authority", found.pk)
        actions.append(Action(_("Prove authority"), address, "primary", "lock"))
    if request.can("surface.register"):
        actions.append(Action(_("Change"), link(request, "surface:change", found.pk), icon="edit"))
    return actions


def _removing_actions(request: Any, found: Domain, proposed: bool) -> list[Action]:
    counts = found.state == Domain.State.AUTHORISED
    if not request.can("evidence.population" if counts else "surface.register"):
        return []
    if proposed:
        address = link(request, "surface:confirm", found.pk)
        who = _("by another person than who proposed it")
        return [Action(_("Confirm removal…"), address, danger=True, who=who)]
    return [Action(_("Remove…"), link(request, "surface:remove", found.pk), danger=True)]


@page("surface.measure", writes=True)
@require_POST
def measure_domain(request: Any, pk: int) -> HttpResponse:
    """Start measuring one domain."""
    job = measuring.measure_now(actor=request.actor, domain=_domain(pk))
    return redirect(link(request, "organisations:job", job.pk))


@page("surface.register", writes=True)
def change(request: Any, pk: int) -> HttpResponse:
    """Change who hosts a domain, what it carries and its note."""
    found = _domain(pk)
    return pages.form_page(
        request,
        DomainForm(request.POST or None, instance=found),
        title=_("Change %(domain)s") % {"domain": names.shown(found.name)},
        submit=_("Save"),
        back=link(request, "surface:domain", pk),
        trail=_trail(request, found),
        stored=True,
        on_valid=lambda valid: _change(request, _domain(pk), valid.cleaned_data),
    )


def _change(request: Any, found: Domain, values: dict[str, Any]) -> str:
    services.change(actor=request.actor, domain=found, **values)
    messages.success(request, _("The domain has been changed."))
    return link(request, "surface:domain", found.pk)


# --- authority ----------------------------------------------------------------------------------


@page("surface.register", writes=True)
def authority(request: Any, pk: int) -> HttpResponse:
    """Show the record to publish, and look for it when asked."""
    found = _domain(pk)
    return pages.form_page(
        request,
        NoFields(request.POST if request.method == "POST" else None),
        title=_("Prove authority over %(domain)s") % {"domain": names.shown(found.name)},
        purpose=_("So that nobody can have somebody else's systems measured."),
        submit=_("Check now"),
        back=link(request, "surface:domain", pk),
        trail=_trail(request, found),
        extra={
            "template": "surface/authority.html",
            "domain": found,
            "may_state": request.can("surface.authorise"),
        },
        on_valid=lambda valid: _prove(request, found),
    )


def _prove(request: Any, found: Domain) -> str:
    authorities.prove_by_dns(actor=request.actor, domain=found)
    messages.success(request, _("The record is there. This domain is measured from now on."))
    return link(request, "surface:domain", found.pk)


@page("surface.authorise", writes=True)
def statement(request: Any, pk: int) -> HttpResponse:
    """Record the statement of an entitled person."""
    found = _domain(pk)
    return pages.form_page(
        request,
        StatementForm(request.POST or None),
        title=_("Statement about %(domain)s") % {"domain": names.shown(found.name)},
        purpose=_("For a name whose DNS you cannot change. The statement stays in the history."),
        submit=_("Record the statement"),
        back=link(request, "surface:authority", pk),
        trail=_trail(request, found),
        on_valid=lambda valid: _state(request, found, valid.cleaned_data),
    )


def _state(request: Any, found: Domain, values: dict[str, Any]) -> str:
    authorities.prove_by_statement(actor=request.actor, domain=found, **values)
    messages.success(request, _("The statement is recorded. This domain is measured from now on."))
    return link(request, "surface:domain", found.pk)


# --- removing -----------------------------------------------------------------------------------


@page("surface.view", writes=True)
def remove(request: Any, pk: int) -> HttpResponse:
    """Remove a domain, or propose it when it counts."""
    found = _domain(pk)
    counts = found.state == Domain.State.AUTHORISED
    request.actor.require("evidence.population" if counts else "surface.register")
    both = counts and found.carries_web and found.carries_mail
    form = RemovalForm(request.POST or None, both=both)
    return pages.confirm_page(
        request,
        form=form,
        title=_("Remove %(domain)s") % {"domain": names.shown(found.name)},
        text=_removal_text(counts),
        submit=_("Propose removal") if counts else _("Remove"),
        second_person=_("somebody else with the right to take subjects out") if counts else "",
        back=link(request, "surface:domain", pk),
        trail=_trail(request, found),
        on_confirm=lambda reason: _remove(request, found, form.asked()),
    )


def _removal_text(counts: bool) -> str:
    if counts:
        return _("It keeps counting until a second person confirms. The report shows what left.")
    return _("This name was never measured. It leaves the list with your reason.")


def _remove(request: Any, found: Domain, asked: dict[str, Any]) -> str:
    services.remove_domain(actor=request.actor, domain=found, **asked)
    messages.success(request, _("Your reason has been recorded."))
    return link(request, "surface:domain", found.pk)


@page("evidence.population", writes=True)
def confirm_removal(request: Any, pk: int) -> HttpResponse:
    """Confirm, as a second person, that a domain does not count any more."""
    found = _domain(pk)
    return pages.form_page(
        request,
        NoFields(request.POST if request.method == "POST" else None),
        title=_("Confirm the removal of %(domain)s") % {"domain": names.shown(found.name)},
        submit=_("Confirm"),
        danger=True,
        back=link(request, "surface:domain", pk),
        trail=_trail(request, found),
        extra={"template": "surface/confirm.html", "leaving": selectors.proposals(found)},
        on_valid=lambda valid: _confirm(request, found),
    )


def _confirm(request: Any, found: Domain) -> str:
    services.confirm_removal(actor=request.actor, domain=found)
    messages.success(request, _("It does not count any more. The history keeps who and why."))
    return link(request, "surface:domain", found.pk)
