# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who the municipality calls in a crisis, what was agreed, and an emergency access to set up."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.services import agreements, partners, powers
from dijkring.demo import region
from dijkring.identity.services import emergency
from dijkring.organisations.models import Organisation, User

CONTENT = Path(__file__).parent / "content" / "partners.yaml"


@cache
def content() -> dict[str, Any]:
    """Return the partners as they are written down; nobody changes them."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


def prepare() -> None:
    """Take over the national list, fill in people, agree, give a mandate and a way in."""
    story = content()
    actor = region.in_role(story["organisation"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        partners.begin(actor=actor)
        rows = {row.function: row for row in Partner.objects.all()}
        for function, values in story["people"].items():
            partners.change(actor=actor, partner=rows[function], values=_known(story, values))
        for function in story["reviewed"]:
            again = partners.a_year_on()
            row = rows[function]
            partners.review(actor=actor, row=row, again_on=again, note=story["checked"])
        _agree(actor, story, rows)
        user_id = _person(story, story["emergency"]["holder"]).pk
        purpose = story["emergency"]["purpose"]
        emergency.give(actor=actor, user_id=user_id, purpose=purpose)


def _person(story: dict[str, Any], role: str) -> User:
    return User.objects.get(pk=region.in_role(story["organisation"], role).user_id or 0)


def _known(story: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if "holder" in found:
        found["holder"] = _person(story, found["holder"])
    if "body" in found:
        found["body"] = Organisation.objects.get(slug=found["body"])
    return found


def _agree(actor: Actor, story: dict[str, Any], rows: dict[str, Partner]) -> None:
    made = []
    for one in story["agreements"]:
        values = {name: value for name, value in one.items() if name not in ("ago", "partners")}
        values["agreed_on"] = clock.today() - timedelta(days=one["ago"] - story["days"])
        values["partners"] = [rows[function] for function in one["partners"]]
        made.append(agreements.add(actor=actor, values=values))
    given = story["mandate"]
    values = {**given, "holder": rows[given["holder"]], "agreement": made[given["agreement"]]}
    powers.give(actor=actor, values={**values, "basis": "mandate"})
