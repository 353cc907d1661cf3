# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registration under the Cbw: what must be changed, recording one, its data."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.surface.forms.registrations import DetailsForm, RegistrationForm
from dijkring.surface.models import CbwRegistration
from dijkring.surface.selectors import registrations as selectors
from dijkring.surface.selectors.registrations import FIELDS
from dijkring.surface.services import registrations as services
from dijkring.surface.services.registrations import RIGHT
from dijkring.surface.tables.registrations import DifferenceTable, RegistrationTable
from dijkring.surface.terms import FIRST_DUE
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Registration under the Cbw"), link(request, "surface:registration"))]


@page("surface.view")
def registration(request: Any) -> HttpResponse:
    """Show what must be changed in the national register, before when, as a list to take along."""
    organisation_id = request.actor.organisation_id
    found = list(selectors.registrations(organisation_id))
    history = RegistrationTable(found, request=request)
    RequestConfig(request, paginate=False).configure(history)
    rows = selectors.differences(organisation_id)
    return pages.list_page(
        request,
        rows,
        table=DifferenceTable,
        title=_("Registration under the Cbw"),
        purpose=_("What stands in the national register, held against how it is now."),
        actions=_actions(request),
        extra={
            "template": "surface/registration.html",
            "newest": found[0] if found else None,
            "facts": _facts(found[0]) if found else [],
            "history": history,
            "first_due": FIRST_DUE,
            "term": sum(row.due is not None for row in rows),
        },
        empty=_empty(bool(found)),
    )


def _empty(recorded: bool) -> Empty:
    if recorded:
        return Empty(_("The registration is as it is now. There is nothing to report."))
    return Empty(_("No registration was recorded yet, so nothing can be compared."))


def _actions(request: Any) -> list[Action]:
    if not request.can(RIGHT):
        return []
    record, details = (
        link(request, f"surface:{name}") for name in ("record_registration", "cbw_details")
    )
    return [
        Action(_("Record a registration"), record, icon="plus"),
        Action(_("Change our data"), details, icon="edit"),
    ]


def _facts(row: CbwRegistration) -> list[tuple[Any, Any]]:
    fields = [(row._meta.get_field(field).verbose_name, getattr(row, field)) for field in FIELDS]  # type: ignore[union-attr]
    return [
        *((str(label)[:1].upper() + str(label)[1:], value) for label, value in fields),
        (_("Domain names"), ", ".join(row.domains)),
        (_("IP ranges"), ", ".join(row.ranges)),
    ]


@page(RIGHT, writes=True)
def record_registration(request: Any) -> HttpResponse:
    """Record a registration as it was submitted; the register proposes what it should hold."""
    organisation_id = request.actor.organisation_id
    domains, ranges = selectors.proposed(organisation_id)
    start = {
        "domains": "\n".join(domains),
        "ranges": "\n".join(ranges),
        "submitted_on": clock.today(),
    }
    now = selectors.details(organisation_id)
    form = RegistrationForm(request.POST or None, instance=now, initial=start)
    return pages.form_page(
        request,
        form,
        title=_("Record a registration"),
        purpose=_("Fill in what you submitted. What differs from how it is now is shown after it."),
        submit=_("Record"),
        back=link(request, "surface:registration"),
        trail=_trail(request),
        on_valid=lambda valid: _recorded(request, valid),
    )


def _recorded(request: Any, form: RegistrationForm) -> str:
    services.record(actor=request.actor, **form.asked())
    messages.success(request, _("The registration has been recorded."))
    return link(request, "surface:registration")


@page(RIGHT, writes=True)
def cbw_details(request: Any) -> HttpResponse:
    """Say how the data of the entity are now."""
    now = selectors.details(request.actor.organisation_id)
    form = DetailsForm(request.POST or None, instance=now, initial={"changed_on": clock.today()})
    return pages.form_page(
        request,
        form,
        title=_("Our data"),
        purpose=_("How it is now. What differs from the registration must be reported."),
        submit=_("Save"),
        back=link(request, "surface:registration"),
        trail=_trail(request),
        stored=True,
        on_valid=lambda valid: _kept(request, valid),
    )


def _kept(request: Any, form: DetailsForm) -> str:
    services.keep_details(
        actor=request.actor,
        details=form.details(),
        changed_on=form.cleaned_data["changed_on"],
    )
    messages.success(request, _("The data have been changed."))
    return link(request, "surface:registration")
