# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A broken seal is told at once to who answers for access; identity and notices do not meet."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import events
from dijkring.core.access import Role
from dijkring.identity.models import BreakGlassUse
from dijkring.identity.services.breaking import USED
from dijkring.notices import kinds
from dijkring.notices.services import urgent
from dijkring.organisations.models import Membership

TOLD = (Role.CISO, Role.ADMINISTRATOR)
KINDS = {
    BreakGlassUse.Why.CRISIS: _("%(who)s opened break-glass account %(account)s in a crisis"),
    BreakGlassUse.Why.TEST: _("%(who)s opened break-glass account %(account)s as a test"),
}


def register() -> None:
    """Register the words of this alarm and listen for broken seals."""
    for why, words in KINDS.items():
        kinds.register(f"break_glass.{why.value}", _("Break-glass"), words)
    events.subscribe(USED, on_used)


def on_used(*, organisation_id: int, use: int) -> None:
    """Tell and mail every CISO and administrator, but not the envelope itself."""
    found = BreakGlassUse.objects.select_related("account").get(pk=use)
    people = Membership.objects.filter(
        organisation_id=organisation_id, role__in=TOLD, until=None
    ).exclude(user_id=found.account.user_id)
    urgent.tell(
        organisation_id=organisation_id,
        users=list(people.values_list("user_id", flat=True)),
        kind=f"break_glass.{found.why}",
        values={"who": found.who, "account": found.account.name},
        url_name="identity:overview",
        key=f"break-glass-{found.pk}",
    )
