# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the register of breaches: the list, an entry, the judgement, who was told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents import breach_content, breach_sheets
from dijkring.incidents.filters.breaches import BreachFilter
from dijkring.incidents.forms.breaches import NATURES, AddForm, BreachForm, JudgeForm, LetterForm
from dijkring.incidents.models import Breach, Incident
from dijkring.incidents.panels.incidents import REPORTS
from dijkring.incidents.selectors import breaches as selectors
from dijkring.incidents.services import breaches as services
from dijkring.incidents.services import judging
from dijkring.incidents.services.breaches import KEEP
from dijkring.incidents.services.judging import JUDGE
from dijkring.incidents.services.reporting import Overtaken
from dijkring.incidents.tables.breaches import BreachTable, WholeTable
from dijkring.incidents.views.incidents import back_to, incident_of, titled, trail
from dijkring.organisations.models import Organisation
from dijkring.ui import exports, pages
from dijkring.ui.pages import Action, Empty, link


@page(KEEP)
def breaches(request: Any) -> HttpResponse:
    """List the register of breaches; a file of it holds every column."""
    new = Action(_("Add a breach"), link(request, "incidents:add_breach"), "primary", "plus")
    whole = request.GET.get("export", "") in exports.kinds()
    return pages.list_page(
        request,
        selectors.register(request.actor.organisation_id),
        table=WholeTable if whole else BreachTable,
        filters=BreachFilter,
        title=_("Register of personal data breaches"),
        purpose=_("Each breach with its facts, effects and measures, also when it need not be"
                  " reported (GDPR art. 33(5)). Nobody concerned is named in it."),
        trail=trail(request),
        actions=[new, *_files(request)],
        empty=Empty(_("No breach stands in the register. Nothing reported is not the same as"
                      " nothing lost."), new),
    )  # fmt: skip


def _files(request: Any) -> list[Action]:
    query = request.GET.urlencode()
    return [
        Action(words, f"{link(request, 'incidents:breach_file', kind)}?{query}", icon="document")
        for kind, words in (("pdf", _("Print as PDF")), ("odt", _("As ODT")))
    ]


@page(KEEP)
def breach_file(request: Any, kind: str) -> HttpResponse:
    """Hand out the register on paper, with the same filter as the list."""
    rows = selectors.register(request.actor.organisation_id)
    chosen = BreachFilter(request.GET, queryset=rows, request=request)
    organisation = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    return breach_sheets.hand_out_register(chosen.qs, kind, organisation)


@page(KEEP, writes=True)
def add_breach(request: Any) -> HttpResponse:
    """Add a breach that is no incident otherwise."""
    return pages.form_page(
        request,
        AddForm(request.POST or None, initial={"noticed_at": clock.now()}),
        title=_("Add a breach"),
        purpose=_("For what is no incident otherwise, such as a letter to a wrong address. Is it an"
                  " incident? Report that; its breach then stands in the register by itself."),
        submit=_("Add"),
        back=link(request, "incidents:breaches"),
        trail=_trail(request),
        on_valid=lambda form: _added(request, form),
    )  # fmt: skip


def _trail(request: Any) -> list[tuple[str, str]]:
    return [(_("Register of personal data breaches"), link(request, "incidents:breaches"))]


def _added(request: Any, form: AddForm) -> str:
    made = services.add(actor=request.actor, **form.cleaned_data)
    messages.success(request, _("It stands in the register, and its clocks run. Fill in the rest."))
    return link(request, "incidents:breach", made.incident_id)


def _form(request: Any, found: Incident, form: Any, **options: Any) -> HttpResponse:
    extra = {"template": "incidents/form.html", "incident": found, **options.pop("extra", {})}
    return pages.form_page(
        request,
        form,
        back=back_to(request, found, REPORTS),
        trail=trail(request, found),
        extra=extra,
        **options,
    )


@page(KEEP, writes=True)
def breach(request: Any, pk: int) -> HttpResponse:
    """Write down what is known of a breach."""
    found = incident_of(request, pk)
    there = Breach.objects.filter(incident=found).first()
    return _form(
        request,
        found,
        BreachForm(request.POST or None, initial=_start(there, found)),
        title=titled(found, _("Breach of %(incident)s") % {"incident": found.reference}),
        purpose=_("What is not known stays empty; you can fill it in later. Name nobody."),
        submit=_("Save"),
        on_valid=lambda form: _written(request, found, form),
    )


def _start(there: Breach | None, found: Incident) -> dict[str, Any]:
    if there is None:
        return {"facts": found.description, "own_role": Breach.OwnRole.CONTROLLER}
    values = {name: getattr(there, name) for name in services.Wanted.__dataclass_fields__}
    values["kinds"] = values.pop("data")
    nature = [name for name in NATURES if values[name]]
    return {**values, "nature": nature, "version": there.version}


def _written(request: Any, found: Incident, form: BreachForm) -> str:
    version = form.cleaned_data["version"]
    try:
        services.write(actor=request.actor, incident=found, wanted=form.wanted(), version=version)
    except Overtaken as overtaken:
        form.renew(overtaken.version)
        raise
    messages.success(request, _("Saved."))
    return back_to(request, found, REPORTS)


@page(JUDGE, writes=True)
def breach_risk(request: Any, pk: int) -> HttpResponse:
    """Judge the risk for the persons concerned; that decides for the GDPR as well."""
    found = incident_of(request, pk)
    return _form(
        request,
        found,
        JudgeForm(request.POST or None, stands_in=judging.stands_in(request.actor)),
        title=titled(found, _("How high is the risk?")),
        purpose=_("Criteria after EDPB guidelines 9/2022, version %(number)s. This is the decision"
                  " for the GDPR as well: you make it once.")
        % {"number": breach_content.version()},
        submit=_("Record the judgement"),
        on_valid=lambda form: _judged(request, found, form),
    )  # fmt: skip


def _judged(request: Any, found: Incident, form: JudgeForm) -> str:
    made = services.judge(
        actor=request.actor,
        incident=found,
        answers=form.answers(),
        level=form.cleaned_data["level"],
        reason=form.cleaned_data["reason"],
        standing_in=form.cleaned_data.get("standing_in", ""),
        advice=form.cleaned_data["advice"],
    )
    done = _("The judgement has been recorded.")
    waits = _("Recorded. A second person must confirm it; until then the clocks run on.")
    messages.success(request, done if made.weighing.holds else waits)
    return back_to(request, found, REPORTS)


@page(KEEP, writes=True)
def breach_letter(request: Any, pk: int) -> HttpResponse:
    """Record that persons concerned were told."""
    found = incident_of(request, pk)
    return _form(
        request,
        found,
        LetterForm(request.POST or None, initial={"at": clock.now()}),
        title=titled(found, _("Persons were told")),
        purpose=_("How many, when and how; nothing is sent from here. It stays as you write it."),
        submit=_("Record"),
        on_valid=lambda form: _told(request, found, form),
    )


def _told(request: Any, found: Incident, form: LetterForm) -> str:
    services.told(actor=request.actor, incident=found, **form.cleaned_data)
    messages.success(request, _("Recorded."))
    return back_to(request, found, REPORTS)


@page(KEEP, writes=True)
def also_incident(request: Any, pk: int) -> HttpResponse:
    """Say that what was only a breach is an incident as well."""
    found = incident_of(request, pk)
    return pages.confirm_page(
        request,
        title=titled(found, _("It is an incident as well")),
        text=_("The clocks of the Cyberbeveiligingswet start at once, counted from the same moment"
               " of awareness. This cannot be undone; not to report is a decision of two persons."),
        submit=_("Start the clocks"),
        back=back_to(request, found, REPORTS),
        trail=trail(request, found),
        on_confirm=lambda reason: _also(request, found, reason),
    )  # fmt: skip


def _also(request: Any, found: Incident, reason: str) -> str:
    services.also_an_incident(actor=request.actor, incident=found, reason=reason)
    messages.success(request, _("Recorded. Every clock has been reckoned anew."))
    return back_to(request, found, REPORTS)
