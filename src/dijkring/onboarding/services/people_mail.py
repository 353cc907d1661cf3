# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mailing the links of invitations; a mail server that does not answer is asked once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dijkring.organisations import services
from dijkring.organisations.models import Invitation


@dataclass(frozen=True, slots=True)
class Sent:
    """One invitation with its link, and whether it was mailed."""

    email: str
    role: str
    address: str
    mailed: bool


def send(
    *, organisation: str, address: Callable[[str], str], made: Sequence[dict[str, Any]]
) -> list[Sent]:
    """Mail each a link where there is a mail server; returns others, to be shown once."""
    rows = {
        row.pk: row for row in Invitation.objects.filter(pk__in=[m["invitation"] for m in made])
    }
    found, works = [], True
    for one in made:
        invitation = rows[one["invitation"]]
        works = works and services.mail_invitation(
            invitation=invitation, organisation=organisation, address=address
        )
        link = address(one["token"])
        found.append(Sent(invitation.email, invitation.get_role_display(), link, works))
    return found
