# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import csv
import io
import re
from typing import Any

import django_filters
import openpyxl
import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client, RequestFactory

from dijkring.core.errors import Refused
from dijkring.ui import pages, tables
from dijkring.ui.filters import FilterSet
from dijkring.ui.tests import kit

ROOT = "/o/dijkerveen/kit/"
HTMX = {"HX-Request": "true"}
VALID = {"name": "www", "kind": "a", "verdict": "met", "reason": "Besproken met de eigenaar."}


def words(response: Any) -> str:
    """Return the text of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_list_shows_fifty_of_all_rows(client: Client) -> None:
    page = client.get(ROOT + "list/")
    assert page.content.count(b'<th scope="row"') == 50
    assert "Maatregelen 120" in words(page)
    assert "?page=2" in page.content.decode()


def test_list_is_sorted_from_the_address(client: Client) -> None:
    page = client.get(ROOT + "list/?sort=-name").content.decode()
    assert 'aria-sort="descending"' in page
    names = re.findall(r"8\.(\d+)\.01", page)
    assert names == sorted(names, reverse=True)
    assert names


def test_htmx_gets_only_the_results(client: Client) -> None:
    part = client.get(ROOT + "list/?page=2", headers=HTMX)
    assert b"<html" not in part.content
    assert b'hx-swap-oob="innerHTML:#result-count"' in part.content
    assert part["Vary"].count("HX-Request") == 1


def test_a_step_back_gets_the_whole_page(client: Client) -> None:
    page = client.get(ROOT + "list/", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in page.content


def test_export_has_exactly_what_is_shown(client: Client) -> None:
    file = client.get(ROOT + "list/?export=csv&sort=-name")
    assert file["Content-Disposition"].startswith('attachment; filename="maatregelen-')
    head, *lines = csv.reader(
        io.StringIO(file.content.decode("utf-8-sig")), delimiter=_delimiter(file)
    )
    assert head[:3] == ["Maatregel", "Stand", "Eigenaar"]
    assert len(lines) == 120
    assert [line[0] for line in lines[1:]] == sorted((line[0] for line in lines[1:]), reverse=True)
    assert {line[1] for line in lines} >= {"niet voldaan", "opnieuw aan te tonen"}
    assert not any(line[0].startswith("=") for line in lines)


def _delimiter(file: Any) -> str:
    return ";" if b";" in file.content.splitlines()[0] else ","


def test_export_to_a_sheet_keeps_dates_and_shares_as_numbers(client: Client) -> None:
    file = client.get(ROOT + "list/?export=xlsx").content
    sheet: Any = openpyxl.load_workbook(io.BytesIO(file)).active
    rows = list(sheet.iter_rows(values_only=True))
    found = next(row for row in rows if row[0] == "8.01.01 Maatregel nummer 1")
    assert found[3].year >= 2026
    assert found[4] == pytest.approx(1 / 120)


def test_export_of_an_unknown_kind_is_the_page(client: Client) -> None:
    assert b"<html" in client.get(ROOT + "list/?export=exe").content


def test_empty_list_says_how_to_begin(client: Client) -> None:
    page = words(client.get(ROOT + "empty/"))
    assert "U hebt nog geen domein aangemeld. Domein aanmelden" in page


class TypeTable(tables.Table):
    model = tables.Column()


class TypeFilter(FilterSet):
    model = django_filters.CharFilter(lookup_expr="icontains")

    class Meta:
        model = ContentType
        fields = ("model",)


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "filtered"), [("", False), ("?model=user", True)])
def test_filter_stands_in_the_address(client: Client, query: str, filtered: bool) -> None:
    request = _request(query)
    types = ContentType.objects.order_by("id")
    page = pages.list_page(
        request, types, table=TypeTable, filters=TypeFilter, title="Soorten", purpose="Alle."
    )
    asked = types.filter(model__icontains="user") if filtered else types
    assert f"Soorten {asked.count()}" in words(page)
    assert ("Alles tonen" in words(page)) == filtered


def _request(query: str = "", **post: str) -> Any:
    factory = RequestFactory()
    request: Any = factory.post("/" + query, post) if post else factory.get("/" + query)
    request.user, request.organisation = None, kit.OWN
    request.session = {}
    return request


def test_detail_shows_state_panels_actions_and_history(client: Client) -> None:
    page = words(client.get(ROOT + "detail/1/"))
    parts = ["niet voldaan", "Stand Sinds", "Cijfers", "Feiten", "Verloop", "Geschiedenis"]
    assert sorted(parts, key=page.index) == parts
    assert "Wat u nu kunt doen" in page
    assert "met een tweede persoon" in page
    assert "Reden: De leverancier levert in mei." in page


def test_form_keeps_what_was_typed_and_sums_up_the_errors(client: Client) -> None:
    page = client.post(ROOT + "form/", {"name": "www <b>", "reason": "kort"})
    html = page.content.decode()
    assert page.status_code == 422
    assert 'value="www &lt;b&gt;"' in html
    assert '<a href="#id_reason">Reden: ' in html
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.django_db
def test_valid_form_leads_on(client: Client) -> None:
    page = client.post(ROOT + "form/", VALID)
    assert (page.status_code, page["Location"]) == (302, "/o/dijkerveen/kit/list/")


@pytest.mark.django_db
def test_what_a_service_refuses_stands_at_the_field(client: Client) -> None:
    page = client.post(ROOT + "form/", {**VALID, "name": "refuse"})
    assert page.status_code == 422
    assert '<a href="#id_name">Naam: Deze naam is al in gebruik.</a>' in page.content.decode()


@pytest.mark.django_db
def test_what_was_refused_is_undone(client: Client) -> None:
    def write_and_refuse(form: object) -> str:
        ContentType.objects.create(app_label="kit", model="half")
        raise Refused("Dit kan niet.")

    request = _request(**VALID)
    form = kit.KitForm(request.POST)
    pages.form_page(request, form, title="x", submit="x", on_valid=write_and_refuse)
    assert form.non_field_errors() == ["Dit kan niet."]
    assert not ContentType.objects.filter(app_label="kit").exists()


@pytest.mark.django_db
def test_confirmation_asks_for_a_reason(client: Client) -> None:
    assert client.post(ROOT + "confirm/", {"reason": "  kort  "}).status_code == 422
    done = client.post(ROOT + "confirm/", {"reason": "Dat is met de raad afgesproken."})
    assert done["Location"] == "/o/dijkerveen/kit/list/?31"


@pytest.mark.parametrize(
    ("state", "goes_on"), [("running", True), ("done", False), ("failed", False)]
)
def test_job_page_asks_again_until_the_end(client: Client, state: str, goes_on: bool) -> None:
    page = client.get(f"{ROOT}job/{state}/").content.decode()
    assert ('hx-trigger="every 2s"' in page) == goes_on
    assert ('<noscript><meta http-equiv="refresh"' in page) == goes_on
    part = client.get(f"{ROOT}job/{state}/", headers=HTMX).content.decode()
    assert "<html" not in part
    assert ("hx-get" in part) == goes_on


def test_login_is_a_page_of_ours_without_the_side_navigation(client: Client) -> None:
    page = client.get("/accounts/login/")
    assert "Hoofdnavigatie" not in page.content.decode()
    assert 'class="utrecht-textbox utrecht-textbox--html-input"' in page.content.decode()
    wrong = client.post("/accounts/login/", {})
    assert '<a href="#id_login">' in wrong.content.decode()


def test_unknown_address_gets_the_page_for_it(client: Client) -> None:
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "Deze pagina bestaat niet" in words(page)
