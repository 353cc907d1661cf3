# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages everybody knows: list, detail, form, confirmation, job.

Each function takes plain arguments and returns a rendered response, inside the transaction of the
view. Every one can be skipped by rendering a template of your own on `ui/base.html`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import (
    BaseForm,
    CheckboxInput,
    CheckboxSelectMultiple,
    PasswordInput,
    SelectMultiple,
    Textarea,
)
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from dijkring.core import receiving
from dijkring.core.errors import Refused
from dijkring.ui import as_shown, exports, hooks, words
from dijkring.ui.filters import FilterSet
from dijkring.ui.forms import ReasonForm
from dijkring.ui.links import link
from dijkring.ui.panels import Panel, Part, Timeline, draw_parts
from dijkring.ui.tables import Table

__all__ = [
    "Action",
    "Empty",
    "confirm_page",
    "detail_page",
    "form_page",
    "job_page",
    "link",
    "list_page",
]

Words = str | Promise
Trail = Sequence[tuple[Words, str]]
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done on a page: a link, or a button that posts; `who` says by whom."""

    label: Words
    url: str
    style: Literal["primary", "secondary", "subtle"] = "secondary"
    icon: str = ""
    post: bool = False
    danger: bool = False
    who: Words = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: why there is nothing, and how to begin."""

    text: Words
    action: Action | None = None


def list_page(
    request: HttpRequest,
    queryset: Any,
    *,
    table: type[Table],
    title: Words,
    purpose: Words,
    filters: type[FilterSet] | None = None,
    actions: Sequence[Action] = (),
    empty: Empty | None = None,
    trail: Trail = (),
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show rows as a page with filters and order in the address, 50 at a time.

    An htmx request gets only the results; `?export=csv|xlsx|ods` the shown rows as a file, and
    `?column=…` only those columns. Without anything in the address the list opens with what the
    person has chosen for it. `extra` is context for a template that extends `ui/list.html`, which
    it may name under `template`.
    """
    if not request.GET and (query := hooks.first_query(request)):
        return HttpResponseRedirect(f"{request.path}?{query}")
    chosen = filters(request.GET, queryset=queryset, request=request) if filters else None
    rows = chosen.qs if chosen else queryset
    shown = table(rows, request=request)
    columns = _choose_columns(request, shown)
    kind = request.GET.get("export", "")
    if kind in exports.kinds():
        RequestConfig(request, paginate=False).configure(shown)
        return exports.sheet_response(shown, str(title), kind)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(shown)
    context = {
        "title": title,
        "purpose": purpose,
        "actions": actions,
        "trail": trail,
        "table": shown,
        "filter": chosen,
        "filtered": _filtered(request, chosen),
        "empty": empty,
        "exports": exports.kinds(),
        "columns": columns,
        **(extra or {}),
    }
    return _render_list(request, context)


def _choose_columns(request: HttpRequest, table: Table) -> list[dict[str, Any]]:
    """Hide the columns that were not asked for; the first one heads its row and always stays."""
    names = [column.name for column in table.columns]
    asked = set(request.GET.getlist("column")) & set(names)
    if not asked:
        asked = set(names)
    for name in names[1:]:
        if name not in asked:
            table.columns.hide(name)
    choices = [(one.name, one.header) for one in table.columns.all() if str(one.header).strip()]
    return [{"name": n, "label": label, "shown": n in asked} for n, label in choices[1:]]


def _filtered(request: HttpRequest, chosen: FilterSet | None) -> bool:
    return chosen is not None and any(request.GET.get(name) for name in chosen.filters)


def _render_list(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = context.get("template", "ui/list.html")
    if partial := _wants_part(request):
        template = "ui/parts/results.html"
    response = render(request, template, {**context, "partial": partial})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _wants_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part; a step back in the history needs the whole page."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def detail_page(
    request: HttpRequest,
    object: Any,
    *,
    title: Words,
    state: Any = None,
    purpose: Words = "",
    panels: Sequence[Panel] = (),
    parts: Sequence[Part] = (),
    actions: Sequence[Action] = (),
    timeline: Timeline | None = None,
    trail: Trail = (),
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show one object: state on top, panels left, what can be done right, the timeline below.

    A long page puts what always counts in `panels` and the rest in `parts`, of which it shows one.
    """
    context = {
        "object": object,
        "title": title,
        "state": state,
        "purpose": purpose,
        "panels": [panel.render(request) for panel in panels],
        "parts": draw_parts(request, parts) if parts else "",
        "actions": actions,
        "timeline": timeline.render(request) if timeline else "",
        "trail": trail,
        **(extra or {}),
    }
    return render(request, context.get("template", "ui/detail.html"), context)


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: Words,
    submit: Words,
    on_valid: Callable[[Any], str],
    purpose: Words = "",
    back: str = "",
    danger: bool = False,
    trail: Trail = (),
    stored: bool = False,
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, and on a valid post do `on_valid`, which returns the address to go to.

    What a service refuses (Refused, ValidationError) is undone and becomes an error of the form,
    with everything that was typed still there (status 422). `stored` says that the form begins
    with what is stored: who would overwrite what another saved meanwhile is told first.
    """
    now = as_shown.marks(form) if stored else {}
    shown = as_shown.read(request.POST.get(as_shown.NAME, "")) if form.is_bound else now
    if request.method == "POST" and _is_whole(request, form):
        if as_shown.refuse_what_changed(form, shown, now):
            shown = now
        elif (address := _carry_out(form, on_valid)) is not None:
            hooks.done(request)
            return HttpResponseRedirect(address)
    kept = {} if danger or form.is_bound else _restore(request, form)
    if kept.get("as_shown"):
        shown = as_shown.read(kept["as_shown"])
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "purpose": purpose,
        "back": back,
        "danger": danger,
        "trail": trail,
        "keeps_draft": not danger and _is_long(form),
        "drafted": kept.get("saved_at", ""),
        "as_shown": as_shown.write(shown) if stored else "",
        **(extra or {}),
    }
    status = 422 if form.is_bound else 200
    return render(request, context.get("template", "ui/form.html"), context, status=status)


def _is_whole(request: HttpRequest, form: BaseForm) -> bool:
    """Tell whether a form is right and all its files have arrived."""
    right = form.is_valid()
    if receiving.lost_a_file(request):
        words = _("The document could not be kept: the disk of the server is full or read-only.")
        form.add_error(None, words)
        return False
    return right


def _is_long(form: BaseForm) -> bool:
    """Tell whether a form takes thought: it has a text of several lines, and no secret."""
    widgets = [field.widget for field in form.fields.values()]
    secret = any(isinstance(widget, PasswordInput) for widget in widgets)
    return any(isinstance(widget, Textarea) for widget in widgets) and not secret


def _restore(request: HttpRequest, form: BaseForm) -> dict[str, Any]:
    """Put back what was typed before in a long form; returns since when and on what, or nothing."""
    kept = hooks.draft(request) if _is_long(form) else {}
    if not kept:
        return {}
    fields = kept["fields"]
    for name, field in form.fields.items():
        if isinstance(field.widget, CheckboxInput):
            form.initial[name] = name in fields
        elif name in fields and not field.widget.is_hidden:
            many = isinstance(field.widget, SelectMultiple | CheckboxSelectMultiple)
            form.initial[name] = fields[name] if many else next(iter(fields[name]), "")
    return {"saved_at": kept["saved_at"], "as_shown": next(iter(fields.get(as_shown.NAME, ())), "")}


def _carry_out(form: BaseForm, on_valid: Callable[[Any], str]) -> str | None:
    try:
        with transaction.atomic():
            return on_valid(form)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def confirm_page(
    request: HttpRequest,
    *,
    title: Words,
    text: Words,
    submit: Words,
    on_confirm: Callable[[str], str],
    back: str,
    form: BaseForm | None = None,
    second_person: Words = "",
    trail: Trail = (),
) -> HttpResponse:
    """Ask for a reason before a dangerous act; `on_confirm` gets it and returns an address.

    A form of your own has a field `reason`, too. `second_person` says who must agree as well.
    """
    return form_page(
        request,
        form or ReasonForm(request.POST if request.method == "POST" else None),
        title=title,
        submit=submit,
        on_valid=lambda valid: on_confirm(valid.cleaned_data["reason"]),
        back=back,
        danger=True,
        trail=trail,
        extra={"template": "ui/confirm.html", "text": text, "second_person": second_person},
    )


def job_page(request: HttpRequest, job: Any, *, trail: Trail = (), back: str = "") -> HttpResponse:
    """Show how far a job is; the page asks again every two seconds until it has ended.

    Needs `title state done total message result_url ended` of `core.models.Job`.
    """
    percentage = words.percent_words(job.done, job.total)
    context = {
        "job": job,
        "title": job.title,
        "percentage": percentage,
        "trail": trail,
        "back": back,
    }
    template = "ui/parts/job.html" if _wants_part(request) else "ui/job.html"
    response = render(request, template, {**context, "purpose": _("You may leave this page.")})
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"
    return response
