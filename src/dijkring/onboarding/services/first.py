# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first account of an empty Dijkring, made by who can read the terminal it was started in."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Role, system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.onboarding.models import FirstCode
from dijkring.organisations import services
from dijkring.organisations.models import Organisation, User

# Without letters and digits that look alike: 25 of 32 signs are 125 bits.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH, GROUP = 25, 5


@dataclass(frozen=True, slots=True)
class First:
    """The first account, and where it works."""

    user: User
    organisation: Organisation


def is_empty() -> bool:
    """Tell whether nobody has an account yet."""
    return not User.objects.exists()


def new_code() -> str:
    """Make a code for the first visitor; an earlier one ends. Only its hash is kept."""
    code = "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
    with transaction.atomic():
        FirstCode.objects.all().delete()
        FirstCode.objects.create(code_hash=services.hash_token(code), made_at=clock.now())
    return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def is_open() -> bool:
    """Tell whether the first account can still be made here."""
    return is_empty() and FirstCode.objects.filter(used_at=None).exists()


def municipalities() -> list[tuple[str, str]]:
    """Return the municipalities to choose from, by name."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)
    return [
        (row.slug, f"{row.name} ({row.province})" if row.province else row.name)
        for row in rows.order_by("sort_name")
    ]


def begin(*, code: str, organisation: str, name: str, email: str, password: str) -> First:
    """Make the first account and let it be CISO of its municipality; the code works once.

    Raises Refused for a wrong or used code, an unknown municipality or a weak password.
    """
    place = Organisation.objects.filter(
        slug=organisation, kind=Organisation.Kind.MUNICIPALITY
    ).first()
    if place is None:
        raise Refused(_("Choose your municipality from the list."), "organisation")
    with transaction.atomic():
        _use(code)
        user = _account(email.lower(), name, password)
        with acting_for([place.pk], system_actor(place.pk)):
            services.add_member(organisation_id=place.pk, user=user, role=Role.CISO.value)
    return First(user, place)


def _use(code: str) -> None:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    found = FirstCode.objects.select_for_update().filter(used_at=None).first()
    right = found is not None and secrets.compare_digest(
        found.code_hash, services.hash_token(plain)
    )
    if found is None or not right or not is_empty():
        raise Refused(_("This code is not right, or has been used. Look in the terminal."), "code")
    found.used_at = clock.now()
    found.save(update_fields=["used_at"])


def _account(email: str, name: str, password: str) -> User:
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from error
    # The code comes from the operator: nobody else can have made this account.
    return User.objects.create_user(email, password, name=name, address_proven_at=clock.now())
