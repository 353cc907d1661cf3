# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One page of each kind with invented content, without a database: to test and to look at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.i18n import set_language

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.core.web import Membership
from dijkring.ui import charts, pages, panels, tables
from dijkring.ui.forms import DateInput, FileField, ReasonField

OWN = Membership(1, "dijkerveen", "Gemeente Dijkerveen", "ciso", "municipality")
OTHER = Membership(2, "zuiderhost", "ICT-samenwerking Zuiderhost", "reader", "joint_body")
View = Callable[..., HttpResponse]


def context(request: HttpRequest) -> dict[str, Any]:
    """Stand in for the context processor of core: every section of the navigation has lines."""
    if not hasattr(request, "organisation"):
        return {"organisation": None, "navigation": []}
    navigation = [
        {"id": id, "label": label, "entries": [_entry(request, *line) for line in lines]}
        for id, label, lines in SECTIONS
    ]
    return {"organisation": OWN, "memberships": [OWN, OTHER], "navigation": navigation}


SECTIONS = [
    ("today", "Vandaag", [("Vandaag", "notices/")]),
    (
        "house",
        "Eigen huis",
        [("Normen", "detail/1/"), ("Maatregelen", "list/"), ("Internetmeting", "empty/")],
    ),
    ("accountability", "Verantwoording", [("Raad", "form/"), ("Toezicht", "confirm/")]),
    ("management", "Beheer", [("Rechten", "job/running/")]),
]


def _entry(request: HttpRequest, label: str, page: str) -> dict[str, Any]:
    url = f"/o/dijkerveen/kit/{page}"
    return {"label": label, "url": url, "current": request.path == url}


def inside(view: View) -> View:
    """Stand in an organisation, as after the door of the real pages."""

    @wraps(view)
    def opened(request: Any, organisation: str, **kwargs: Any) -> HttpResponse:
        request.user = SimpleNamespace(is_authenticated=True, get_full_name=lambda: "Alice de Wit")
        request.organisation, request.memberships = OWN, [OWN, OTHER]
        request.can = lambda right: True
        return view(request, **kwargs)

    return opened


@dataclass(frozen=True)
class Row:
    pk: int
    name: str
    state: str
    owner: str
    due: Any
    share: tuple[int, int]


def rows() -> list[Row]:
    keys = [
        "met",
        "not_met",
        "partly",
        "show_again",
        "not_measured",
        "not_assessed",
        "not_applicable",
    ]
    today = clock.today()
    return [
        Row(
            n,
            f"8.{n:02}.01 Maatregel nummer {n}" if n != 3 else "=HYPERLINK(1)",
            keys[n % len(keys)],
            "" if n % 4 == 0 else "J. Bakker",
            None if n % 5 == 0 else today + timedelta(days=n * 3 - 20),
            (n, 120),
        )
        for n in range(1, 121)
    ]


class RowTable(tables.Table):
    name = tables.LinkColumn("kit:detail", verbose_name="Maatregel")
    state = tables.StateColumn(verbose_name="Stand")
    owner = tables.PersonColumn(verbose_name="Eigenaar")
    due = tables.DeadlineColumn(verbose_name="Uiterlijk")
    share = tables.PercentageColumn(verbose_name="Aandeel", orderable=False)


class KitForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals collega's het kennen.", max_length=40)
    kind = forms.ChoiceField(label="Soort", choices=[("a", "Website"), ("b", "Mail")])
    verdict = forms.ChoiceField(
        label="Oordeel",
        widget=forms.RadioSelect,
        choices=[("met", "voldaan"), ("partly", "deels voldaan"), ("not_met", "niet voldaan")],
    )
    until = forms.DateField(label="Geldig tot", widget=DateInput, required=False)
    document = FileField(
        label="Document", limit=10_000_000, extensions=("pdf", "odt"), required=False
    )
    reason = ReasonField()
    agreed = forms.BooleanField(label="Ik heb dit met de eigenaar besproken", required=False)


@inside
def list_view(request: HttpRequest) -> HttpResponse:
    return pages.list_page(
        request,
        rows(),
        table=RowTable,
        title="Maatregelen",
        purpose="Wat de norm van u vraagt, en hoe het ermee staat.",
        actions=[pages.Action("Nu meten", "#", "primary", "measure", post=True)],
        trail=[("Eigen huis", "#")],
    )


@inside
def empty_view(request: HttpRequest) -> HttpResponse:
    empty = pages.Empty(
        "U hebt nog geen domein aangemeld.", pages.Action("Domein aanmelden", "#", "primary")
    )
    return pages.list_page(
        request, [], table=RowTable, title="Domeinen", purpose="Wat wij van u meten.", empty=empty
    )


@inside
def detail_view(request: HttpRequest, pk: int) -> HttpResponse:
    moment = clock.now()
    history = panels.Timeline(
        "Geschiedenis",
        [
            panels.Moment(
                moment,
                "Afwijking aanvaard",
                "A. Bakker",
                "De leverancier levert in mei.",
                state="not_met",
            ),
            panels.Moment(
                moment - timedelta(days=9), "Beoordeeld op opzet", "Alice de Wit", state="met"
            ),
        ],
    )
    return pages.detail_page(
        request,
        None,
        title="5.14.01 Verplichte standaarden op internet en mail",
        state="not_met",
        purpose="Uw websites en mail voldoen aan de standaarden die de overheid verplicht.",
        panels=[
            panels.Facts(
                "Stand",
                [("Sinds", moment.date()), ("Gemeten", moment), ("Verplicht", True), ("Bron", "")],
            ),
            panels.Markup("Cijfers", "kit/figures.html", {"chart": stacked()}),
            panels.RelatedTable("Feiten", RowTable(rows()[:6]), more="#"),
            panels.ChartPanel("Verloop", columns()),
        ],
        actions=[
            pages.Action("Actie toewijzen", "#", "primary", "person"),
            pages.Action("Opnieuw meten", "#", icon="measure", post=True),
            pages.Action(
                "Afwijking aanvaarden…", "#", "secondary", danger=True, who="met een tweede persoon"
            ),
        ],
        timeline=history,
        trail=[("BIO2", "#"), ("Hoofdstuk 5", "#")],
    )


def stacked() -> charts.StackedBar:
    counts = {
        "met": 71,
        "partly": 6,
        "not_met": 18,
        "show_again": 9,
        "not_measured": 12,
        "not_assessed": 19,
    }
    parts = tuple(charts.Part(tone, count) for tone, count in counts.items())  # type: ignore[arg-type]
    return charts.StackedBar(title="Hoe staan we ervoor", parts=parts)


def columns() -> charts.StackedColumns:
    moments = [(f"k{n}", 50 + n * 5, 40 - n * 4, 20 - n) for n in range(1, 7)]
    drawn = tuple(
        charts.Column(
            label,
            (charts.Part("met", a), charts.Part("not_met", b), charts.Part("not_assessed", c)),
        )
        for label, a, b, c in moments
    )
    return charts.StackedColumns(title="Per kwartaal", columns=drawn)


def _save(form: Any) -> str:
    if form.cleaned_data["name"] == "refuse":
        raise Refused("Deze naam is al in gebruik.", "name")
    return "/o/dijkerveen/kit/list/"


@inside
def form_view(request: HttpRequest) -> HttpResponse:
    form = KitForm(request.POST or None, request.FILES or None)
    return pages.form_page(
        request, form, title="Oordeel vastleggen", submit="Vastleggen", on_valid=_save, back="#"
    )


@inside
def confirm_view(request: HttpRequest) -> HttpResponse:
    return pages.confirm_page(
        request,
        title="Afwijking aanvaarden",
        text="De maatregel blijft niet voldaan. U zegt dat dit voor een tijd zo mag zijn.",
        submit="Afwijking aanvaarden",
        on_confirm=lambda reason: f"/o/dijkerveen/kit/list/?{len(reason)}",
        back="#",
        second_person="de gemeentesecretaris",
    )


@inside
def job_view(request: HttpRequest, state: str) -> HttpResponse:
    job = SimpleNamespace(
        title="Meten van 4 domeinen",
        state=state,
        done=3,
        total=8,
        message="www.dijkerveen.example",
        result_url="#",
        ended=state in {"done", "failed"},
    )
    return pages.job_page(request, job)


@inside
def notices_view(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Het oordeel is vastgelegd.")
    messages.error(request, "De meting is niet gelukt.")
    return render(request, "kit/notices.html", {"title": "Vandaag"})


kit = [
    path("list/", list_view, name="list"),
    path("empty/", empty_view, name="empty"),
    path("detail/<int:pk>/", detail_view, name="detail"),
    path("form/", form_view, name="form"),
    path("confirm/", confirm_view, name="confirm"),
    path("job/<str:state>/", job_view, name="job"),
    path("notices/", notices_view, name="notices"),
]
urlpatterns = [
    path("o/<slug:organisation>/kit/", include((kit, "kit"))),
    path("accounts/", include("dijkring.config.account_urls")),
    path("language/", set_language, name="set_language"),
]
