# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words in which people are told of a joint incident, and who hears them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from dijkring.core.access import Role, rights_of
from dijkring.incidents.models import Incident
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.told import EXERCISE
from dijkring.notices import kinds
from dijkring.notices.services import telling, urgent
from dijkring.organisations.services import colleagues

AGAIN, ACCEPTED, DECLINED, FAILED = (
    f"joint.{name}" for name in ("again", "accepted", "declined", "failed")
)
LEFT, REMOVED, DRAFTED, MANDATED, AMENDED, KEPT = (
    f"joint.{name}" for name in ("left", "removed", "drafted", "mandated", "amended", "kept")
)
WORDS = {
    AGAIN: _("%(who)s invites you again to the joint incident %(incident)s. Take part or decline."),
    ACCEPTED: _("%(who)s takes part in the joint incident %(incident)s"),
    DECLINED: _("%(who)s does not take part in the joint incident %(incident)s: %(why)s"),
    FAILED: _("%(who)s was not reached about the joint incident %(incident)s. Call them: %(why)s"),
    LEFT: _("%(who)s has left the joint incident %(incident)s: %(why)s"),
    REMOVED: _("%(who)s took you out of the joint incident %(incident)s: %(why)s. Your own incident"
               " and its deadlines go on."),
    DRAFTED: _("%(who)s drafted a report for you: %(report)s, incident %(incident)s. You hand it in"
               " yourself."),
    MANDATED: _("%(who)s handed in a report for you, under your mandate: %(report)s, incident"
                " %(incident)s. Call it back if it is wrong."),
    AMENDED: _("%(who)s changed since when it is aware of %(incident)s. Your deadlines count from"
               " there too."),
    KEPT: _("%(who)s changed since when it is aware of %(incident)s. Your own moment stands; see"
            " whether it is still right."),
}  # fmt: skip


def register() -> None:
    """Register the kinds of notice of joint incidents."""
    for id, words in WORDS.items():
        kinds.register(id, _("Joint incident"), words)


def answering(organisation_id: int) -> set[int]:
    """Return who can take up an incident in an organisation; acts for it."""
    roles = [role for role in Role if HANDLE in rights_of(role)]
    return {one.user_id for one in colleagues(organisation_id, roles)}


def tell(
    kind: str, incident: Incident, who: str, key: str, users: Iterable[int | None] = (), **more: str
) -> int:
    """Tell who handles an incident, at once; of an exercise only in the page, never by mail."""
    named = f"{EXERCISE} {incident}" if incident.exercise else str(incident)
    send = telling.tell if incident.exercise else urgent.tell
    first = set(users) or {incident.owner_id} - {None} or answering(incident.organisation_id)
    return send(
        organisation_id=incident.organisation_id,
        users=first,
        kind=kind,
        values={"who": who, "incident": named, **more},
        url_name="incidents:joint",
        url_args=[incident.pk],
        key=f"{kind}-{key}",
    )
