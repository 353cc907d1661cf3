# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first hour in a browser: from the code in the terminal to the first report."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dijkring.lab.threads import ThreadedLab
from dijkring.onboarding.services import first
from dijkring.onboarding.tests import workbooks
from dijkring.organisations.models import User
from dijkring.tests.harness.browser import check_axe
from dijkring.tests.harness.work import do_all_jobs_elsewhere

HOME = "/o/waterhoek"
# Of another's zone: only a statement can prove this one.
ELSEWHERE = "portaal.sluisland-it.example"
SHEETS = {
    "people": "E-mail;Rol\ngreet@waterhoek.example;lezer\nfrits@waterhoek.example;proceseigenaar\n",
    "actions": "Actie;Actiehouder;Deadline\nMFA voor beheerders;Anna de Vries;1-6-2027\n",
    "owners": "Nr;Eigenaar\n5.01.01;Anna de Vries\n8.08.01;anna@waterhoek.example\n",
}
PASSWORD = "een lang wachtwoord voor de proef"


def begin(page: Page, code: str) -> None:
    page.goto("/")
    page.wait_for_url("**/begin/")
    check_axe(page)
    page.locator("[name=code]").fill(code)
    page.locator("[name=organisation]").select_option("waterhoek")
    page.locator("[name=name]").fill("Anna de Vries")
    page.locator("[name=email]").fill("anna@waterhoek.example")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/eerste-uur/")
    check_axe(page)


def bring_in_names(page: Page) -> None:
    page.goto(f"{HOME}/inbrengen/nieuw/domains/")
    names = ["waterhoek.example", "www.waterhoek.example", ELSEWHERE]
    page.locator("[name=names]").fill("\n".join(names))
    page.locator("main form [type=submit]").click()
    check_axe(page)
    page.get_by_role("button", name="regels inbrengen").click()
    expect(page.locator("main")).to_contain_text("3 regels ingebracht")


def prove(page: Page) -> None:
    page.goto(f"{HOME}/eerste-uur/bevoegdheid/")
    page.locator("[name=name]").fill("F. Aydin")
    page.locator("[name=function]").fill("gemeentesecretaris")
    page.locator("[name=text]").fill("Wij laten onze eigen websites meten.")
    check_axe(page)
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/eerste-uur/")
    expect(page.locator("main")).to_contain_text("3 van 3 bewezen")


def prove_by_dns(page: Page, practice: ThreadedLab) -> None:
    """First the record is not (rightly) published, and the page says at which name."""
    page.goto(f"{HOME}/eerste-uur/bevoegdheid/dns/")
    page.get_by_role("button", name="Controleer nu alles").click()
    # Another journey may have published a record of its own at this name.
    expect(page.locator("main")).to_contain_text("2 namen zijn nog niet bewezen")
    expect(page.locator("main")).to_contain_text("_dijkring.waterhoek.example")
    check_axe(page)
    value = page.locator("main pre").inner_text().split('"')[1]
    practice.publish_txt("_dijkring.waterhoek.example", value)
    page.get_by_role("button", name="Controleer nu alles").click()
    expect(page.locator("main")).to_contain_text("Het record van 1 naam staat er")
    expect(page.locator("main")).to_contain_text("1 naam is nog niet bewezen")


def measure(page: Page) -> None:
    page.get_by_role("button", name="Meet nu").click()
    page.wait_for_url("**/werk/*/")
    do_all_jobs_elsewhere()
    page.goto(f"{HOME}/eerste-uur/")
    expect(page.locator("main")).to_contain_text("3 domeinen gemeten")


def bring_in_judgements(page: Page, file: Path) -> None:
    file.write_bytes(workbooks.waterhoek())
    page.goto(f"{HOME}/inbrengen/nieuw/judgements/")
    page.locator("[name=file]").set_input_files(file)
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text("bestaat niet")
    check_axe(page)
    page.get_by_role("button", name="inbrengen").first.click()
    expect(page.locator("main")).to_contain_text("ingebracht")
    check_axe(page)


def bring_in_people_and_what_they_own(page: Page) -> None:
    """Colleagues first, so that the actions and requirements of the old sheets find their owner."""
    for kind, body in SHEETS.items():
        page.goto(f"{HOME}/inbrengen/nieuw/{kind}/")
        file = {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": body.encode()}
        page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
        page.locator("main form [type=submit]").click()
        page.get_by_role("button", name="inbrengen").first.click()
        expect(page.locator("main")).to_contain_text(re.compile("ingebracht|/invitation/"))


def confirm_all(page: Page) -> None:
    page.goto(f"{HOME}/te-bevestigen/")
    check_axe(page)
    page.get_by_role("button", name="Bevestig alles in deze lijst").click()
    check_axe(page)
    page.locator("[name=layers][value=design]").check()
    page.locator("[name=line]").select_option("ciso")
    page.locator("[name=reason]").fill("Nagekeken met de eigenaren op maandag.")
    page.locator("main form [type=submit]").click()
    expect(page.locator("main")).to_contain_text("bevestigd")


def make_report(page: Page) -> None:
    page.goto(f"{HOME}/eerste-uur/")
    page.get_by_role("link", name="Maak het eerste rapport").click()
    expect(page.locator("[name=title]")).to_have_value("Nulmeting Waterhoek")
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/werk/*/")
    do_all_jobs_elsewhere()
    page.get_by_role("link", name="Bekijk het resultaat").click()
    expect(page.get_by_role("heading", level=1).first).to_contain_text("Nulmeting Waterhoek")


def test_first_hour(
    page: Page, practice: ThreadedLab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = set(User.objects.values_list("pk", flat=True))
    monkeypatch.setattr(first, "is_empty", lambda: not User.objects.exclude(pk__in=known).exists())
    begin(page, first.new_code())
    bring_in_names(page)
    prove_by_dns(page, practice)
    prove(page)
    measure(page)
    bring_in_judgements(page, tmp_path / "GAP-analyse.xlsx")
    bring_in_people_and_what_they_own(page)
    confirm_all(page)
    make_report(page)
    page.goto(f"{HOME}/eerste-uur/")
    expect(page.locator("main")).to_contain_text("1 rapport gemaakt")
    page.set_viewport_size({"width": 360, "height": 800})
    check_axe(page)
