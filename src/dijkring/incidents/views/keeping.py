# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of keeping: what was kept for long enough, deleting it by two, and the proof."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core.web import page
from dijkring.incidents.models import Deletion, Incident
from dijkring.incidents.models.keeping import LEAST_YEARS, MOST_YEARS
from dijkring.incidents.selectors import keeping as selectors
from dijkring.incidents.services import keeping as services
from dijkring.incidents.services.keeping import RIGHT
from dijkring.incidents.tables.keeping import DeletionTable, OverTable, look
from dijkring.incidents.views.incidents import VIEW, incident_of, titled
from dijkring.organisations.history import history
from dijkring.ui import pages, words
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import Facts


class TermForm(forms.Form):
    """For how many years incidents are kept."""

    years = forms.IntegerField(
        label=gettext_lazy("Years after closing"),
        min_value=LEAST_YEARS,
        max_value=MOST_YEARS,
        help_text=gettext_lazy("At least three years (BIO2 5.28.01). Your archive may ask longer."),
    )


def _trail(request: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Incidents"), link(request, "incidents:incidents")),
        (_("How long they are kept"), link(request, "incidents:keeping")),
        *more,
    ]


@page(VIEW)
def keeping(request: Any) -> HttpResponse:
    """List the incidents that were kept for long enough."""
    organisation_id = request.actor.organisation_id
    term = Action(_("Change the term"), link(request, "incidents:keeping_term"), icon="edit")
    proofs = Action(_("What was deleted"), link(request, "incidents:deletions"))
    purpose = _("Incidents are kept for %(years)d years after they were closed. These were kept"
                " for longer; two persons may delete them.")  # fmt: skip
    return pages.list_page(
        request,
        selectors.over(organisation_id),
        table=OverTable,
        title=_("How long they are kept"),
        purpose=purpose % {"years": selectors.years(organisation_id)},
        trail=_trail(request)[:1],
        actions=[proofs, *([term] if request.can(RIGHT) else [])],
        empty=Empty(_("No incident was closed so long ago.")),
    )


@page(RIGHT, writes=True)
def keeping_term(request: Any) -> HttpResponse:
    """Change for how long incidents are kept."""
    start = {"years": selectors.years(request.actor.organisation_id)}
    return pages.form_page(
        request,
        TermForm(request.POST or None, initial=start),
        title=_("For how long incidents are kept"),
        submit=_("Save"),
        back=link(request, "incidents:keeping"),
        trail=_trail(request),
        stored=True,
        on_valid=lambda form: _changed(request, form.cleaned_data["years"]),
    )


def _changed(request: Any, years: int) -> str:
    services.set_term(actor=request.actor, years=years)
    messages.success(request, _("Saved."))
    return link(request, "incidents:keeping")


@page(VIEW)
def deletions(request: Any) -> HttpResponse:
    """List what was asked to be deleted, and what was."""
    return pages.list_page(
        request,
        selectors.deletions(request.actor.organisation_id),
        table=DeletionTable,
        title=_("Deleted incidents"),
        purpose=_("Of each the proof stays: which it was, the hash of its file, and who decided."),
        trail=_trail(request),
        empty=Empty(_("No incident has been deleted.")),
    )


def _deletion(request: Any, pk: int) -> Deletion:
    return get_object_or_404(selectors.deletions(request.actor.organisation_id), pk=pk)


@page(VIEW)
def deletion(request: Any, pk: int) -> HttpResponse:
    """Show what was asked to be deleted, or the proof that it was."""
    row = _deletion(request, pk)
    rows = [
        (_("Reported"), row.reported_at),
        (_("Closed"), row.closed_at),
        (_("Kept for at least (years)"), row.years),
        (_("Hash of its file (SHA-256)"), row.sha256),
        (_("Ground"), row.ground),
        (_("Asked by"), words.person_words(row.asked_by)),
        (_("Asked"), row.asked_at),
        *([(_("Agreed by"), words.person_words(row.confirmed_by)),
           (_("Why agreed"), row.confirmation),
           (_("Deleted"), row.done_at),
           (_("Rows removed"), sum(row.removed.values()))] if row.done_at else []),
        *([(_("Withdrawn by"), words.person_words(row.withdrawn_by)),
           (_("Why not"), row.withdrawal)] if row.withdrawn_at else []),
    ]  # fmt: skip
    return pages.detail_page(
        request,
        row,
        title=_("Deletion of %(reference)s") % {"reference": row.reference},
        state=look(row),
        panels=[Facts(_("The proof"), rows)],
        actions=_actions(request, row),
        timeline=history(row),
        trail=_trail(request, (_("Deleted incidents"), link(request, "incidents:deletions"))),
    )


def _actions(request: Any, row: Deletion) -> list[Action]:
    if not row.waits or not request.can(RIGHT):
        return []
    agree = Action(
        _("Agree and delete…"), link(request, "incidents:agree_deletion", row.pk), danger=True
    )
    mine = row.asked_by_id == request.actor.user_id
    return [
        *([] if mine else [agree]),
        Action(_("Withdraw…"), link(request, "incidents:withdraw_deletion", row.pk)),
        Action(_("The incident"), link(request, "incidents:incident", row.incident)),
        Action(_("Its file as JSON"), link(request, "incidents:dossier_export", row.incident),
               icon="download"),
    ]  # fmt: skip


@page(RIGHT, writes=True)
def ask_deletion(request: Any, pk: int) -> HttpResponse:
    """Ask to delete an incident."""
    found = incident_of(request, pk)
    return pages.confirm_page(
        request,
        title=titled(found, _("Delete %(incident)s") % {"incident": found.reference}),
        text=_("It goes with all that hangs on it, its history and its files. What stays is the"
               " proof: number, dates, hash, who and why. Take its file as JSON first if your"
               " archive asks for it."),
        submit=_("Ask to delete it"),
        second_person=_("Another person with this right must agree; until then nothing happens."),
        back=link(request, "incidents:keeping"),
        trail=_trail(request),
        on_confirm=lambda reason: _asked(request, found, reason),
    )  # fmt: skip


def _asked(request: Any, found: Incident, reason: str) -> str:
    made = services.ask(actor=request.actor, incident=found, ground=reason)
    messages.success(request, _("Asked. A second person must agree."))
    return link(request, "incidents:deletion", made.pk)


@page(RIGHT, writes=True)
def agree_deletion(request: Any, pk: int) -> HttpResponse:
    """Agree as second person; then it is deleted."""
    row = _deletion(request, pk)
    return pages.confirm_page(
        request,
        title=_("Delete %(incident)s") % {"incident": row.reference},
        text=_("%(who)s asked: %(ground)s. When you agree it is gone and cannot come back.") % {
            "who": words.person_words(row.asked_by), "ground": row.ground.rstrip("."),
        },
        submit=_("Agree and delete"),
        back=link(request, "incidents:deletion", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _agreed(request, row, reason),
    )  # fmt: skip


def _agreed(request: Any, row: Deletion, reason: str) -> str:
    services.agree(actor=request.actor, deletion=row, why=reason)
    messages.success(request, _("It has been deleted. This proof stays."))
    return link(request, "incidents:deletion", row.pk)


@page(RIGHT, writes=True)
def withdraw_deletion(request: Any, pk: int) -> HttpResponse:
    """Withdraw what was asked, or refuse it."""
    row = _deletion(request, pk)
    return pages.confirm_page(
        request,
        title=_("Do not delete %(incident)s") % {"incident": row.reference},
        text=_("The incident stays. Later somebody may ask it again."),
        submit=_("Withdraw"),
        back=link(request, "incidents:deletion", pk),
        trail=_trail(request),
        on_confirm=lambda reason: _withdrawn(request, row, reason),
    )


def _withdrawn(request: Any, row: Deletion, reason: str) -> str:
    services.withdraw(actor=request.actor, deletion=row, why=reason)
    messages.success(request, _("Withdrawn."))
    return link(request, "incidents:deletion", row.pk)


@page(RIGHT)
def dossier_export(request: Any, pk: int) -> HttpResponse:
    """Hand out an incident whole as JSON, as its hash is reckoned."""
    found = incident_of(request, pk)
    response = HttpResponse(selectors.export(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="incident-{found.reference}.json"'
    return response
