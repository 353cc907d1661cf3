# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The invented organisations and people of the demo region."""

import secrets
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.cooperation.services import content as cooperations
from dijkring.core.access import Actor, person_actor
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Membership, Organisation, Participation, User, sort_key
from dijkring.organisations.services import add_member

CONTENT = Path(__file__).parent / "content" / "region.yaml"
SINCE = date(2020, 1, 1)


@cache
def content() -> dict[str, Any]:
    """Return the region as it is written down; nobody changes it."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


def make_organisations() -> None:
    """Make the organisations and who takes part in what; run as the owner of the tables."""
    region = content()
    for row in region["organisations"]:
        values = {**row, "sort_name": sort_key(row["name"]), "source": "voorbeeld"}
        Organisation.objects.update_or_create(slug=row["slug"], defaults=values)
    for row in region["participations"]:
        body = Organisation.objects.get(slug=row["body"])
        for slug in row["members"]:
            Participation.objects.get_or_create(
                body=body,
                participant=Organisation.objects.get(slug=slug),
                since=SINCE,
                defaults={"task": row["task"]},
            )
    cooperations.load(region["cooperations"])
    cooperations.describe_regions()


@dataclass(frozen=True, slots=True)
class Login:
    """How to log in as one of the people."""

    name: str
    role: str
    organisation: str
    email: str
    password: str


def make_people() -> list[Login]:
    """Make the people with a password of their own that is told once; a second run renews it."""
    return [_make_person(row) for row in content()["people"]]


def _make_person(row: dict[str, str]) -> Login:
    password = "-".join(secrets.token_hex(2) for _part in range(4))
    user = User.objects.filter(email=row["email"]).first() or User.objects.create_user(
        row["email"], name=row["name"]
    )
    user.set_password(password)
    user.save(update_fields=["password"])
    organisation = Organisation.objects.get(slug=row["organisation"])
    with transaction_for([organisation.pk]):
        if not Membership.objects.filter(user=user, until=None).exists():
            add_member(organisation_id=organisation.pk, user=user, role=row["role"])
    return Login(row["name"], row["role"], organisation.name, row["email"], password)


def actor(email: str) -> Actor:
    """Return one of the people, acting in the role of the region's content."""
    row = next(row for row in content()["people"] if row["email"] == email)
    user = User.objects.get(email=email)
    organisation = Organisation.objects.get(slug=row["organisation"])
    return person_actor(organisation.pk, user.pk, user.name, row["role"])


def in_role(slug: str, role: str) -> Actor:
    """Return the person who holds a role in an organisation; LookupError when nobody does."""
    for row in content()["people"]:
        if (row["organisation"], row["role"]) == (slug, role):
            return actor(row["email"])
    raise LookupError(f"nobody is {role} of {slug}")
