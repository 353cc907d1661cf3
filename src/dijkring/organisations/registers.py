# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""People and their access as a sheet, for reading only: access is given by invitation."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import registers
from dijkring.core.access import ROLE_LABELS
from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line
from dijkring.organisations.models import Membership


def colleague(organisation_id: int, email: str, field: str = "owner") -> Membership | None:
    """Return the current membership behind an e-mail address, None for no address.

    Raises Refused for somebody without access.
    """
    if not email:
        return None
    found = Membership.objects.filter(
        organisation_id=organisation_id, until=None, user__email=email.lower()
    ).select_related("user")
    member = found.first()
    if member is None:
        raise Refused(_("%(email)s is no colleague with access.") % {"email": email}, field)
    return member


def _lines(organisation_id: int) -> Iterable[Line]:
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    for row in rows.select_related("user").order_by("user__name"):
        values = {
            "name": row.user.name,
            "email": row.user.email,
            "role": row.role,
            "since": row.since,
        }
        yield Line(str(row.pk), str(row.user), values)


registers.register(
    registers.Register(
        "people",
        gettext_lazy("People and access"),
        "organisations.members",
        (
            Column("name", gettext_lazy("name")),
            Column("email", gettext_lazy("e-mail address")),
            Column("role", gettext_lazy("role"), "choice", choices=tuple(ROLE_LABELS.items())),
            Column("since", gettext_lazy("since"), "date"),
        ),
        _lines,
        order=60,
    )
)
