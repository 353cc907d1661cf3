# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A broken seal and emergency access are told at once; identity and notices do not meet."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import events
from dijkring.core.access import Role
from dijkring.identity.models import BreakGlassUse, EmergencyUse
from dijkring.identity.services import emergency
from dijkring.identity.services.breaking import USED
from dijkring.notices import kinds
from dijkring.notices.services import urgent
from dijkring.organisations.models import Membership

TOLD = (Role.CISO, Role.ADMINISTRATOR)
KINDS = {
    BreakGlassUse.Why.CRISIS: _("%(who)s opened break-glass account %(account)s in a crisis"),
    BreakGlassUse.Why.TEST: _("%(who)s opened break-glass account %(account)s as a test"),
}


ENTERED = {
    BreakGlassUse.Why.CRISIS: _("%(who)s came in by emergency access in a crisis"),
    BreakGlassUse.Why.TEST: _("%(who)s tested emergency access"),
}


def register() -> None:
    """Register the words of this alarm and listen for broken seals and emergency access."""
    for why, words in KINDS.items():
        kinds.register(f"break_glass.{why.value}", _("Break-glass"), words)
    for why, words in ENTERED.items():
        kinds.register(f"emergency.{why.value}", _("Emergency access"), words)
    events.subscribe(USED, on_used)
    events.subscribe(emergency.USED, on_entered)


def on_used(*, organisation_id: int, use: int) -> None:
    """Tell and mail every CISO and administrator, but not the envelope itself."""
    found = BreakGlassUse.objects.select_related("account").get(pk=use)
    urgent.tell(
        organisation_id=organisation_id,
        users=_told(organisation_id, found.account.user_id),
        kind=f"break_glass.{found.why}",
        values={"who": found.who, "account": found.account.name},
        url_name="identity:overview",
        key=f"break-glass-{found.pk}",
    )


def on_entered(*, organisation_id: int, use: int) -> None:
    """Tell and mail every CISO and administrator, but not who came in."""
    found = EmergencyUse.objects.select_related("access__user").get(pk=use)
    urgent.tell(
        organisation_id=organisation_id,
        users=_told(organisation_id, found.access.user_id),
        kind=f"emergency.{found.why}",
        values={"who": str(found.access)},
        url_name="identity:overview",
        key=f"emergency-{found.pk}",
    )


def _told(organisation_id: int, besides: int) -> list[int]:
    people = Membership.objects.filter(organisation_id=organisation_id, role__in=TOLD, until=None)
    return list(people.exclude(user_id=besides).values_list("user_id", flat=True))
