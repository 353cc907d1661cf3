# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
from typing import Any

import pytest
from django.test import RequestFactory

from dijkring.core import header


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "_parts", [])


def request(*, inside: bool, rights: tuple[str, ...] = ()) -> Any:
    found = RequestFactory().get("/")
    vars(found).update(inside=inside, can=lambda right: right in rights)
    return found


def shown(found: Any, place: str = "tools") -> list[str]:
    return [part.template for part in header.parts(found)[place]]


def test_part_needs_its_right() -> None:
    header.add("a.html", lambda request: {}, "room.view")
    assert shown(request(inside=True, rights=("room.view",))) == ["a.html"]
    assert shown(request(inside=True)) == []


def test_part_with_a_right_is_not_drawn_outside_the_door() -> None:
    header.add("a.html", lambda request: {}, "room.view")
    header.add("b.html", lambda request: {}, "", place="foot")
    outside = request(inside=False, rights=("room.view",))
    assert shown(outside) == []
    assert shown(outside, "foot") == ["b.html"]


def test_parts_stand_in_their_order_and_once() -> None:
    def context(request: Any) -> dict[str, Any]:
        return {}

    header.add("last.html", context, "", order=90)
    header.add("first.html", context, "", order=10)
    header.add("first.html", context, "", order=10)
    assert shown(request(inside=False)) == ["first.html", "last.html"]


def test_place_must_exist() -> None:
    with pytest.raises(ValueError, match="unknown place"):
        header.add("a.html", lambda request: {}, "", place="ceiling")
