# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""People to invite; each gets a link that is shown once, and mailed if that can be."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import ROLE_LABELS, Actor, Role
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services.lines import CHANGED, Line, refused
from dijkring.onboarding.services.people_known import Colleagues
from dijkring.organisations import services
from dijkring.organisations.models import Invitation


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per person; who has the role, or an invitation to it, is left alone."""
    people = Colleagues(actor.organisation_id)
    invited = {row.email: row.role for row in _open(actor)}
    return [_line(one, people.emails, invited) for one in reads]


def _open(actor: Actor) -> list[Invitation]:
    rows = Invitation.objects.filter(
        organisation_id=actor.organisation_id,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
    )
    return list(rows)


def _line(one: Read, members: dict[str, str], invited: dict[str, str]) -> Line:
    email = str(one.values.get("email") or "")
    if one.refused:
        return refused(one.line, one.refused, email)
    role = one.values["role"]
    found = Line(one.line, key=email, label=f"{email}: {ROLE_LABELS[Role(role)]}")
    found.values = {"email": email, "role": role}
    if members.get(email) == role:
        found.status, found.reason = "unchanged", _("Has this role already.")
    elif invited.get(email) == role:
        found.status, found.reason = "unchanged", _("Has been invited already.")
    elif email in members:
        found.reason = _("Gets the new role instead of %(role)s, once the invitation is accepted.")
        found.reason %= {"role": ROLE_LABELS[Role(members[email])]}
    return found


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Invite people; the token of each stands in what is returned, and is kept nowhere."""
    made = []
    for one in lines:
        if one.status == CHANGED and one.before:
            _withdraw(actor, [one.before.made["invitation"]], _("Invited anew."))
        invitation, token = services.invite(actor=actor, **one.values)
        made.append({"invitation": invitation.pk, "token": token})
    return made


def _withdraw(actor: Actor, ids: Sequence[int], reason: str) -> set[int]:
    rows = Invitation.objects.filter(pk__in=ids, accepted_at=None, withdrawn_at=None)
    found = list(rows)
    for invitation in found:
        services.withdraw_invitation(actor=actor, invitation=invitation, reason=reason)
    return {invitation.pk for invitation in found}


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Withdraw the invitations that nobody accepted."""
    gone = _withdraw(actor, [row.made["invitation"] for row in rows], reason)
    words = _("The invitation was accepted or withdrawn already.")
    return {row.pk: words for row in rows if row.made["invitation"] not in gone}
