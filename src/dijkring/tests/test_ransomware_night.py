# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A night with ransomware in a browser: reported on a phone, led, decided, told to whom it must be.

With NIGHT_PICTURES=folder every step leaves a picture there.
"""

import os
import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from dijkring.core import clock
from dijkring.incidents.models import Incident
from dijkring.landscape.services.dependencies import depend
from dijkring.landscape.services.wanted import DependencyWanted
from dijkring.landscape.tests.objects import make_assets
from dijkring.organisations.models import User
from dijkring.tests.harness.browser import DESKTOP, BrowserAs, check_axe
from dijkring.tests.harness.people import Acting

HOME = "/o/dijkerveen"
PHONE = {"width": 390, "height": 844}
UNKNOWN = "Nog niet bekend."


class Night:
    """Somebody awake: one page, on a desk or a phone."""

    def __init__(self, page: Page, size: dict[str, int]) -> None:
        self.page, self.size = page, size
        page.set_viewport_size(size)  # type: ignore[arg-type]

    @property
    def where(self) -> str:
        """The address of the page, below that of the organisation."""
        return self.page.url.partition(f"{HOME}/")[2]

    def open(self, path: str) -> "Night":
        self.page.goto(f"{HOME}/{path}")
        return self

    def press(self, name: str) -> "Night":
        """Follow a link or press a button by its words."""
        link = self.page.locator("main").get_by_role("link", name=re.compile(name))
        button = self.page.locator("main").get_by_role("button", name=re.compile(name))
        link.or_(button).first.click()
        self.page.wait_for_load_state()
        return self

    def fill(self, **values: str) -> "Night":
        for name, value in values.items():
            _set(self.page.locator(f"main [name={name}]"), value)
        return self

    def send(self) -> "Night":
        """Send the form of the page; it must be accepted."""
        before = self.page.url
        self.page.locator("main form [type=submit]").last.click()
        self.page.wait_for_url(lambda url: url != before)
        return self

    def sees(self, words: str) -> "Night":
        expect(self.page.locator("main")).to_contain_text(re.compile(words))
        return self

    def picture(self, name: str) -> "Night":
        if self.size == PHONE:
            check_axe(self.page)
        if folder := os.environ.get("NIGHT_PICTURES"):
            path = Path(folder) / f"{name}-{self.size['width']}.png"
            self.page.screenshot(path=path, full_page=True)
        return self


def _set(field: Locator, value: str) -> None:
    kind = field.first.evaluate("e => e.type")
    if kind == "checkbox":
        field.check()
    elif kind == "radio":
        field.and_(field.page.locator(f"[value='{value}']")).check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(value)


def write_report(desk: Night, incident: str, form: str, name: str) -> None:
    """Write a report with what is known, let it be read over alone, and record it as handed in."""
    desk.open(f"{incident}#meldingen")
    button = desk.page.locator(f"#meldingen form[action$='/rapport/{form}/'] button").first
    if not button.is_visible():
        button.locator("xpath=ancestor::details/summary").click()
    button.click()
    desk.page.wait_for_url("**/invullen/")
    for field in desk.page.locator("main textarea").all():
        if not field.input_value():
            field.fill(UNKNOWN)
    desk.picture(f"{name}-schrijven").send()
    desk.press("Nalezen").fill(alone="on", remark="Het is nacht; niemand anders is bereikbaar.")
    desk.send().press("Vastleggen dat het is ingediend")
    desk.fill(how="Meldpunt van het NCSC", reference="NCSC-4711").send()
    desk.sees("ingediend").picture(f"{name}-gemeld")


def relies(acting: Acting, user: User) -> str:
    """Give a statutory task two data centres, of which one must work."""
    with acting(user) as actor:
        task, centres = make_assets(actor, 1)
        either = DependencyWanted(kind="group", group="Rekencentra", least=1)
        depend(actor=actor, dependent=task, needed=centres, wanted=either)
        return str(task)


def report_it(employee: Night) -> None:
    """An employee tells what there is, in two minutes on a phone."""
    noticed = clock.now().astimezone(clock.AMSTERDAM) - timedelta(hours=2)
    employee.open("incidenten/melden/").picture("1-melden").fill(
        title="Bestanden zijn versleuteld",
        noticed_at=f"{noticed:%Y-%m-%dT%H:%M}",
        description="Er staat een losgeldbrief op mijn scherm.",
        personal_data="unknown",
    )
    employee.send().sees("Bestanden zijn versleuteld").picture("1-gemeld")


def take_up(desk: Night, task: str) -> str:
    """The CISO takes it up and sees what comes next; returns where the incident stands."""
    desk.open("incidenten/").press(r"^\d{4}-001\b")
    incident = desk.where
    desk.sees("[Vv]roegtijdige waarschuwing").press("In behandeling nemen")
    desk.press("Triage").fill(category="malicious_code", severity="critical").send()
    for centre in desk.open(f"{incident}geraakt/").page.get_by_label("Rekencentrum").all():
        centre.check()
    desk.send().sees(task).picture("2-wat-als")
    return incident


def open_crisis(desk: Night) -> tuple[str, str]:
    """Who is called, what is asked, what is known; returns the crisis and its first report."""
    desk.open("crisis/openen/").page.locator("[name=incident]").select_option(index=1)
    desk.fill(title="Gijzelsoftware", level="tactical", reason="Inwoners merken het.").send()
    desk.picture("4-mensen").press("Gijzelsoftware")
    crisis = desk.where
    desk.open(f"{crisis}besluiten/voorleggen/?dilemma=ransom").fill(asked="Gemeentesecretaris")
    desk.send().picture("4-dilemma")
    desk.open(f"{crisis}situatierapporten/").press("Volgend rapport").send().picture("4-sitrep")
    return crisis, desk.where


def lead(phone: Night, crisis: str, sitrep: str) -> None:
    """The secretary leads it from a phone: one picture, a decision, an approval."""
    phone.open(crisis).sees("Gijzelsoftware").picture("5-beeld")
    phone.open(f"{crisis}besluiten/").press("losgeld").press("Besluit vastleggen")
    phone.fill(text="Wij betalen niet.", reason="Het lokt uit en geeft geen zekerheid.").send()
    phone.sees("Wij betalen niet").picture("5-besluit")
    phone.open(sitrep).press("Goedkeuren").sees("astgesteld|oedgekeurd").picture("5-sitrep")


def close(desk: Night, incident: str) -> None:
    """What was learnt becomes an action."""
    # Research showed that no data of people were touched: the clock of the GDPR ends.
    desk.open(f"{incident}triage/").fill(personal_data="no").send()
    desk.open(f"{incident}sluiten/").fill(
        cause="Een beheerder zonder tweede factor",
        avoidable="yes",
        avoidable_reason="De maatregel was gepland.",
        lessons="Eerst de beheerders.",
        improvements="Tweede factor voor alle beheerders",
    )
    desk.send().sees("gesloten").picture("8-gesloten")
    desk.open("acties/").sees("Tweede factor voor alle beheerders").picture("8-acties")


def test_a_ransomware_night(
    browser_as: BrowserAs, acting: Acting, alice: User, bob: User, fatima: User
) -> None:
    task = relies(acting, alice)
    report_it(Night(browser_as(bob), PHONE))
    desk = Night(browser_as(alice), DESKTOP)
    incident = take_up(desk, task)
    write_report(desk, incident, "cbw.early_warning", "3-waarschuwing")
    crisis, sitrep = open_crisis(desk)
    lead(Night(browser_as(fatima), PHONE), crisis, sitrep)
    desk = Night(browser_as(alice), DESKTOP)
    write_report(desk, incident, "cbw.notification", "6-melding")
    desk.open(f"{crisis}einde/").fill(reason="Alles draait weer.").send()
    desk.open(f"{incident}einde/").send().sees("fhandeling")
    write_report(desk, incident, "cbw.final_report", "7-eindverslag")
    write_report(desk, incident, "other.council", "7-raad")
    # Who uses the service was told on the website; without that it cannot be closed.
    told = desk.open(f"{incident}gemeld/cbw_others.recipients/")
    told.fill(how="Bericht op de website").send().sees("website")
    close(desk, incident)
    with acting(alice):
        found = Incident.objects.get(title="Bestanden zijn versleuteld")
        assert found.state == Incident.State.CLOSED
        assert found.submissions.count() == 5
