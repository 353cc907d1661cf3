# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of an organisation: who may change it, what is refused, and what others see of it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dijkring.core import audit
from dijkring.core.errors import Forbidden, Refused
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.workplace import selectors
from dijkring.workplace.look import png, sheet, tokens
from dijkring.workplace.models import Theme
from dijkring.workplace.services import theme
from dijkring.workplace.tests.objects import picture

PAGE = "/o/dijkerveen/vormgeving/"
TODAY = "/o/dijkerveen/vandaag/"
WINE = {"frame": "#5d0b3c"}


def whole(**changed: str) -> dict[str, Any]:
    light = {f"light-{name}": value for name, value in tokens.LIGHT.items()}
    dark = {f"dark-{name}": value for name, value in tokens.DARK.items()}
    return {**light, **dark, "typeface": "", **{k.replace("_", "-"): v for k, v in changed.items()}}


def test_look_is_changed_and_worn_by_every_page(
    client_of: ClientOf, alice: User, bob: User, charlie: User
) -> None:
    assert client_of(alice).post(PAGE, whole(light_frame="#5d0b3c")).status_code == 302
    html = client_of(bob).get(TODAY).content.decode()
    assert "/o/dijkerveen/vormgeving/stijl.css?v=" in html
    sheet = client_of(bob).get(f"{PAGE}stijl.css").content.decode()
    assert "--dijkring-frame: #5d0b3c;" in sheet
    assert "stijl.css" not in client_of(charlie).get("/o/waterhoek/vandaag/").content.decode()


def test_pair_that_cannot_be_read_is_refused_by_name_and_ratio(
    client_of: ClientOf, alice: User
) -> None:
    client = client_of(alice)
    found = sheet.too_faint({"ink": "#999999"}, {})[0].ratio
    worst = str(int(found * 100) / 100).replace(".", ",")
    answer = client.post(PAGE, whole(light_ink="#999999"))
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "“Tekst”" in words
    assert f"{worst} : 1" in words
    assert 'value="#999999"' in words
    assert "stijl.css" not in client.get(TODAY).content.decode()


def test_refused_look_leaves_the_one_before(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        theme.change(actor=actor, light=WINE, dark={})
        with pytest.raises(Refused):
            theme.change(actor=actor, light={"water": "#ffff00"}, dark={})
        found = selectors.theme(actor.organisation_id)
        assert found is not None
        assert found.light == WINE


@pytest.mark.parametrize("value", ["red", "#5d0b3c;}", "", "#fff"])
def test_what_is_no_colour_is_refused_at_its_field(
    client_of: ClientOf, alice: User, value: str
) -> None:
    assert client_of(alice).post(PAGE, whole(light_frame=value)).status_code == 422


def test_reader_wears_the_look_and_cannot_change_it(
    client_of: ClientOf, acting: Acting, bob: User
) -> None:
    client = client_of(bob)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}neutraal/").status_code == 403
    assert client.get(f"{PAGE}stijl.css").status_code == 200
    with acting(bob) as actor, pytest.raises(Forbidden):
        theme.change(actor=actor, light=WINE, dark={})


def test_browser_keeps_the_sheet_until_the_look_changes(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client = client_of(alice)
    with acting(alice) as actor:
        theme.change(actor=actor, light=WINE, dark={})
    first = client.get(f"{PAGE}stijl.css?v=1")
    stamp = {"If-None-Match": first.headers["ETag"]}
    assert "immutable" in first.headers["Cache-Control"]
    assert client.get(f"{PAGE}stijl.css", headers=stamp).status_code == 304
    with acting(alice) as actor:
        theme.change(actor=actor, light={"frame": "#3c0b5d"}, dark={})
    assert client.get(f"{PAGE}stijl.css", headers=stamp).status_code == 200


def test_logo_is_shown_without_what_was_hidden_in_it(client_of: ClientOf, alice: User) -> None:
    client = client_of(alice)
    file = SimpleUploadedFile("logo.png", picture() + b"<script>")
    assert client.post(PAGE, whole() | {"logo": file}).status_code == 302
    assert 'class="brand__logo"' in client.get(TODAY).content.decode()
    answer = client.get(f"{PAGE}logo.png")
    assert answer.content == picture()
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg onload='alert(1)'/>"),
        ("logo.png", b"<svg onload='alert(1)'/>"),
        ("logo.png", picture()[:-3]),
        ("logo.png", picture() + b"\0" * png.LARGEST_FILE),
    ],
)
def test_other_logos_are_refused(
    client_of: ClientOf, alice: User, name: str, content: bytes
) -> None:
    client = client_of(alice)
    sent = whole(light_frame="#5d0b3c") | {"logo": SimpleUploadedFile(name, content)}
    assert client.post(PAGE, sent).status_code == 422
    assert client.get(f"{PAGE}logo.png").status_code == 404
    assert "stijl.css" not in client.get(TODAY).content.decode()


def test_logo_stays_when_only_colours_change(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        theme.change(actor=actor, light={}, dark={}, logo=picture())
        theme.change(actor=actor, light=WINE, dark={})
        assert selectors.logo(actor.organisation_id) == picture()
        theme.change(actor=actor, light=WINE, dark={}, logo=None)
        assert selectors.logo(actor.organisation_id) is None


def test_back_to_neutral_keeps_the_history(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        theme.change(actor=actor, light=WINE, dark={}, logo=picture())
        theme.reset(actor=actor)
        found = Theme.objects.get(organisation_id=actor.organisation_id)
        history = audit.timeline(found)
    assert (found.light, found.logo, found.logo_hash) == ({}, None, "")
    assert [entry.who for entry in history] == ["Alice Bakker", "Alice Bakker"]
    assert history[0].changes["light"] == (WINE, {})
    assert "stijl.css" not in client_of(alice).get(TODAY).content.decode()


def test_preview_shows_every_pair_and_saves_nothing(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    client = client_of(alice)
    html = client.get(f"{PAGE}voorbeeld/", {"light-ink": "#999999"}).content.decode()
    assert html.count("<tr>") == 2 * len(tokens.PAIRS) + 1
    css = client.get(f"{PAGE}voorbeeld.css", {"light-ink": "#999999", "light-paper": "}*{"})
    assert css.content.decode().count("#999999") == 1
    assert "}*{" not in css.content.decode()
    with acting(alice) as actor:
        assert selectors.theme(actor.organisation_id) is None
