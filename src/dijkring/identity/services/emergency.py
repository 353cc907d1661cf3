# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The own way in of people with a role in a crisis, for when the provider is down.

Given beforehand by an administrator, set up by the person in quiet times, and always two steps: a
password of its own and the code of an app or of a printed list. Every use is loud.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.core import clock, events, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.leaving import Leaving
from dijkring.core.tenancy import transaction_for
from dijkring.identity import sealing
from dijkring.identity.models import BreakGlass, EmergencyAccess, EmergencyUse
from dijkring.identity.services import sessions
from dijkring.identity.services.breaking import SIGNS, plain
from dijkring.organisations.models import Membership, User
from dijkring.organisations.services import hash_token

USED = "identity.emergency_used"
CODES, GROUPS, GROUP, PERIOD = 8, 3, 5, 30


@cache
def _nobody() -> str:
    """Return a hash to check in vain, so that an unknown name takes as long as a known one."""
    return make_password(secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives to come in: name, password, code, what for and from where."""

    login: str
    password: str
    code: str
    why: str
    reason: str
    address: str | None = None


def give(*, actor: Actor, user_id: int, purpose: str) -> EmergencyAccess:
    """Let a colleague set up an own way in for a role in a crisis; it opens nothing yet."""
    actor.require("identity.manage")
    if not purpose.strip():
        raise Refused(_("Say for which role in the crisis this is."), "purpose")
    member = _current(actor.organisation_id, user_id)
    envelope = BreakGlass.objects.filter(user_id=user_id).exists()
    if member is None or envelope:
        raise Refused(_("Choose a colleague with access."), "user_id")
    if live(actor.organisation_id).filter(user_id=user_id).exists():
        raise Refused(_("This person has emergency access already."), "user_id")
    return EmergencyAccess.objects.create(
        organisation_id=actor.organisation_id,
        user_id=user_id,
        login=_free_login(actor.organisation_id, member.user.name),
        purpose=purpose.strip(),
        given_at=clock.now(),
        given_by_id=actor.user_id,
    )


def live(organisation_id: int) -> QuerySet[EmergencyAccess]:
    """Return the emergency access that has not ended."""
    rows = EmergencyAccess.objects.filter(organisation_id=organisation_id, ended_at=None)
    return rows.select_related("user")


def _current(organisation_id: int, user_id: int) -> Membership | None:
    rows = Membership.objects.filter(organisation_id=organisation_id, user_id=user_id, until=None)
    return rows.select_related("user").first()


def _free_login(organisation_id: int, name: str) -> str:
    """Return a name to log in with that nobody here has: anna-de-boer, anna-de-boer-2."""
    wanted = slugify(name)[:50] or "crisis"
    taken = set(live(organisation_id).values_list("login", flat=True))
    names = (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def own(actor: Actor) -> EmergencyAccess | None:
    """Return the emergency access that was given to the person here."""
    return live(actor.organisation_id).filter(user_id=actor.user_id or 0).first()


def enrol(*, actor: Actor, password: str, secret: str, code: str) -> list[str]:
    """Set up one's own emergency access; returns the recovery codes, which exist only now.

    `secret` is the secret of the app in base32, `code` shows that the app has it. Setting up again
    replaces everything. Refused, with the field, for a weak password or a wrong code.
    """
    access = own(actor)
    if access is None:
        raise Forbidden("identity.emergency")
    try:
        validate_password(password, access.user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from error
    counter = _counter(secret, code, 0)
    if counter is None:
        raise Refused(_("This code does not fit. Wait for the next one and try again."), "code")
    codes = [_new_code() for _n in range(CODES)]
    access.password, access.sealed_totp = make_password(password), sealing.seal(secret)
    access.code_hashes = [hash_token(plain(one)) for one in codes]
    access.counter, access.enrolled_at = counter, clock.now()
    access.tested_at = None
    access.save()
    return codes


def _new_code() -> str:
    return "-".join(
        "".join(secrets.choice(SIGNS) for _sign in range(GROUP)) for _group in range(GROUPS)
    )


def _counter(secret: str, code: str, after: int) -> int | None:
    """Return the time step of a code (RFC 6238); None for a wrong one, or one taken before."""
    digits = "".join(sign for sign in code if sign.isdigit())
    now = int(time.time()) // PERIOD
    # One step of drift either way, as RFC 6238 (5.2) has it; each step is taken once.
    for step in (now - 1, now, now + 1):
        fits = constant_time_compare(digits, format_hotp_value(hotp_value(secret, step)))
        if fits and step > after:
            return step
    return None


def enter(*, organisation_id: int, given: Given) -> User:
    """Let somebody in with password and second step; everybody who answers for access will know.

    Raises Refused, always with the same words, when anything of it does not fit.
    """
    actor = Actor(organisation_id, given.login[:60], kind="system")
    with transaction_for([organisation_id], actor):
        rows = live(organisation_id).exclude(enrolled_at=None).select_for_update(of=("self",))
        access = rows.filter(login=given.login.strip().casefold()).first()
        known = check_password(given.password, access.password if access else _nobody())
        step = _second_step(access, given.code) if access and known else None
        if access is None or step is None or not _may_still(access):
            raise Refused(_("This does not fit. Check the name, the password and the code."))
        _note_use(access, step, given)
        return access.user


def _may_still(access: EmergencyAccess) -> bool:
    current = _current(access.organisation_id, access.user_id)
    return current is not None and access.user.is_active


def _second_step(access: EmergencyAccess, code: str) -> str | None:
    """Take the code of the app or one from paper, once; tell which, or None when neither fits."""
    hashed = hash_token(plain(code))
    if hashed in access.code_hashes:
        access.code_hashes = [one for one in access.code_hashes if one != hashed]
        return EmergencyUse.Step.RECOVERY
    secret = sealing.unseal(access.sealed_totp)
    counter = _counter(secret, code, access.counter) if secret else None
    if counter is None:
        return None
    access.counter = counter
    return EmergencyUse.Step.CODE


def _note_use(access: EmergencyAccess, step: str, given: Given) -> None:
    now = clock.now()
    access.tested_at = now
    access.save(update_fields=["code_hashes", "counter", "tested_at"])
    use = EmergencyUse.objects.create(
        organisation_id=access.organisation_id,
        access=access,
        why=given.why,
        reason=given.reason,
        step=step,
        address=given.address,
        used_at=now,
    )
    events.publish(USED, organisation_id=access.organisation_id, use=use.pk)


def review(*, actor: Actor, use: EmergencyUse, text: str) -> None:
    """Write down what a look at the use brought; nobody looks at a use of one's own."""
    actor.require("identity.review")
    if use.reviewed_at:
        raise Refused(_("Somebody has looked at this already."))
    if use.access.user_id == actor.user_id:
        raise Refused(_("Let a colleague look at your own use."))
    use.reviewed_at, use.reviewed_by_id, use.review = clock.now(), actor.user_id, text
    use.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    sessions.end(use.access.user_id, use.organisation_id, sessions.EMERGENCY)


def withdraw(*, actor: Actor, access: EmergencyAccess, reason: str) -> None:
    """End somebody's emergency access and what is open by it; the person keeps other access."""
    actor.require("identity.manage")
    tenancy.note_reason(reason)
    _end([access])


def leave(leaving: Leaving) -> list[str]:
    """End the emergency access of who leaves."""
    rows = list(live(leaving.organisation_id).filter(user_id=leaving.user_id))
    _end(rows)
    return [_("emergency access ended")] if rows else []


def undo_set_up(organisation_id: int, user_id: int) -> int:
    """Let somebody set up the emergency access again, as if it was given just now."""
    rows = live(organisation_id).filter(user_id=user_id).exclude(enrolled_at=None)
    for access in rows:
        _empty(access)
        access.enrolled_at = access.tested_at = None
        access.save()
    return len(rows)


def _empty(access: EmergencyAccess) -> None:
    access.code_hashes, access.password, access.sealed_totp = [], "", ""


def _end(rows: Iterable[EmergencyAccess]) -> None:
    for access in rows:
        _empty(access)
        access.ended_at = clock.now()
        access.save(update_fields=["ended_at", "code_hashes", "password", "sealed_totp"])
        sessions.end(access.user_id, access.organisation_id, sessions.EMERGENCY)
