# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accepting an invitation: by making an account, or as the person who is logged in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import system_actor
from dijkring.core.errors import Refused
from dijkring.organisations import proof
from dijkring.organisations.models import Invitation, User
from dijkring.organisations.services import (
    MANAGERS,
    add_member,
    check_manager_stays,
    hash_token,
)


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation says; only for the person at that address to see."""

    email: str
    organisation: str
    slug: str
    role: str
    is_open: bool
    is_accepted: bool
    by_mail: bool

    def is_for(self, user: User) -> bool:
        """Tell whether this is the person who was invited."""
        return user.email == self.email

    def asks_new_password(self, user: User) -> bool:
        """Tell whether accepting proves the mailbox, so that who knew the old password is out."""
        return self.by_mail and user.address_proven_at is None


def find_invitation(token: str) -> tuple[int, int] | None:
    """Return (invitation, organisation) of a token, or None."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, organisation_id FROM door_invitation(%s)", [hash_token(token)])
        return cursor.fetchone()  # type: ignore[no-any-return]


def invited(token: str) -> Invited | None:
    """Return what the invitation of a token says; None for an unknown one."""
    found = find_invitation(token)
    if found is None:
        return None
    with tenancy.transaction_for([found[1]], system_actor(found[1])):
        invitation = Invitation.objects.select_related("organisation").get(id=found[0])
    return Invited(
        email=invitation.email,
        organisation=invitation.organisation.name,
        slug=invitation.organisation.slug,
        role=invitation.get_role_display(),
        is_open=_is_open(invitation),
        is_accepted=invitation.accepted_at is not None,
        by_mail=_came_by_mail(invitation, token),
    )


def _is_open(invitation: Invitation) -> bool:
    ended = invitation.accepted_at or invitation.withdrawn_at
    return not ended and invitation.expires_at > clock.now()


def _came_by_mail(invitation: Invitation, token: str) -> bool:
    return invitation.mailed_token_hash == hash_token(token)


@contextmanager
def _opened(token: str) -> Iterator[Invitation]:
    """Open a transaction for the organisation of an invitation that can still be accepted."""
    found = find_invitation(token)
    if found is None:
        raise Refused(_("This invitation does not exist. Ask for a new one."))
    with tenancy.transaction_for([found[1]], system_actor(found[1])):
        invitation = Invitation.objects.select_for_update().get(id=found[0])
        if not _is_open(invitation):
            raise Refused(_("This invitation has been used or has ended. Ask for a new one."))
        yield invitation


def make_account(*, token: str, name: str, password: str) -> User | None:
    """Make the account of an invited person, with the access of the invitation.

    For an address that has an account nothing happens at all, and None is returned: that person
    logs in and accepts. Neither the words nor the time it takes tell which of the two it was.
    """
    with _opened(token) as invitation:
        _check_password(password, User(email=invitation.email, name=name))
        if User.objects.filter(email=invitation.email).exists():
            make_password(password)
            return None
        user = User.objects.create_user(invitation.email, password, name=name)
        # A link of the operator is not of somebody who could keep a way in.
        if _came_by_mail(invitation, token) or invitation.invited_by_id is None:
            proof.prove(user)
        _join(invitation, user)
    return user


def accept_as(*, token: str, user: User, password: str = "", session_key: str = "") -> list[str]:
    """Accept an invitation as the person who is logged in.

    `password` is a new one, for who must choose one; the session of `session_key` goes on. Returns
    in words what ended because the mailbox was proven now. Raises Refused for somebody with another
    address, and for an account whose mailbox was never proven when the link did not come by mail.
    """
    with _opened(token) as invitation:
        person = User.objects.select_for_update().get(pk=user.pk)
        if person.email != invitation.email:
            raise Refused(_("This invitation is for somebody with another e-mail address."))
        done = _prove(invitation, token, person, password, session_key)
        _join(invitation, person)
    return done


def _prove(
    invitation: Invitation, token: str, person: User, password: str, session_key: str
) -> list[str]:
    """Let a link that came by mail prove the mailbox; another one opens no unproven account.

    Without a mail server nobody can prove anything: then the link is given by hand, as ever.
    """
    if person.address_proven_at is not None:
        return []
    if not _came_by_mail(invitation, token):
        if settings.EMAIL_HOST and invitation.invited_by_id is not None:
            text = _(
                "First show that this e-mail address is yours: open the link in the e-mail, or log "
                "out and choose a new password with 'Forgot your password?'."
            )
            raise Refused(text)
        return []
    _renew_password(person, password)
    return proof.prove(person, session_key)


def _renew_password(person: User, password: str) -> None:
    """Set another password: who made this account, or had it made, may know the old one."""
    _check_password(password, person)
    if person.check_password(password):
        raise Refused(_("Choose another password than the one you have."), "password")
    person.set_password(password)
    person.save(update_fields=["password"])


def _check_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "password") from error


def _join(invitation: Invitation, user: User) -> None:
    if invitation.role not in MANAGERS:
        check_manager_stays(invitation.organisation_id, user.pk)
    add_member(organisation_id=invitation.organisation_id, user=user, role=invitation.role)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
