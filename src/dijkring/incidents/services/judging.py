# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who decides whether something must be reported: on personal data that is the privacy officer.

The data protection officer (FG) advises and decides nothing (AVG art. 39); the controller does.
"""

from django.utils.translation import gettext as _

from dijkring.core.access import Actor, Role, rights_of
from dijkring.incidents.models import Significance
from dijkring.incidents.selectors.clocks import PRIVACY
from dijkring.incidents.services import checking
from dijkring.organisations.services import colleagues

DECIDE, JUDGE = "incidents.decide", "incidents.privacy_judge"
# Who has JUDGE without this one stands in.
OWN = "incidents.privacy_officer"


def right_to(regime: str) -> str:
    """Return the right that deciding under a regime asks for."""
    return JUDGE if regime == PRIVACY else DECIDE


def stands_in(actor: Actor) -> bool:
    """Tell whether an actor would judge a breach in the place of a colleague whose task it is."""
    if actor.can(OWN):
        return False
    officers = [role for role in Role if OWN in rights_of(role)]
    return bool(colleagues(actor.organisation_id, officers))


def standing_in(actor: Actor, regime: str, why: str) -> str:
    """Return why somebody stands in, which must be said; nothing where nobody does."""
    if regime != PRIVACY or not stands_in(actor):
        return ""
    words = _("Say why the privacy officer does not judge this, for instance: cannot be reached.")
    return checking.needed(why, "standing_in", words)


def may_confirm(actor: Actor, weighing: Significance) -> bool:
    """Tell whether an actor is a second person for a decision; who decided it never is.

    What was decided in the place of the privacy officer is confirmed by the privacy officer.
    """
    if actor.user_id is None or actor.user_id == weighing.decided_by_id:
        return False
    return actor.can(OWN if weighing.standing_in else DECIDE)
