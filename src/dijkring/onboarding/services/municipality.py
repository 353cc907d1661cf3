# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first visitor chose the wrong municipality: put right while nothing stands under it.

Only while the installation has one account: where others work, nobody lets themselves in elsewhere.
"""

from django.apps import apps
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor, Role, system_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.organisations import services
from dijkring.organisations.models import Invitation, Membership, Organisation, User

# Access, jobs, notices and somebody's own settings are no work of the municipality.
ASIDE = {"core", "identity", "notices", "organisations", "workplace"}
# Worked out anew, or only a visit.
DERIVED = {
    "accountability.Visit", "evidence.Standing", "evidence.StandingChange", "evidence.Summary",
    "evidence.Tally", "onboarding.ColumnMemory",
}  # fmt: skip
LEVELS = {"own", "mixed", "between"}


def why_not(organisation_id: int) -> str:
    """Say why the municipality can no longer be changed; nothing when it can."""
    if User.objects.filter(is_active=True).count() > 1 or _invited(organisation_id):
        return _("Others work in this Dijkring already, or were invited.")
    if _recorded(organisation_id):
        return _("Something has been recorded under this municipality already.")
    return ""


def _invited(organisation_id: int) -> bool:
    rows = Invitation.objects.filter(organisation_id=organisation_id, withdrawn_at=None)
    return rows.exists()


def _recorded(organisation_id: int) -> bool:
    for model in apps.get_models():
        declared = tenancy.declaration(model)
        aside = model._meta.app_label in ASIDE or model._meta.label in DERIVED
        if declared is None or declared.level not in LEVELS or aside:
            continue
        if model._default_manager.filter(organisation_id=organisation_id).exists():
            return True
    return False


def change(*, actor: Actor, organisation: str) -> Organisation:
    """Let the only person of this installation work for another municipality from now on.

    Raises Refused for an unknown municipality, and with the reason when it cannot be done any more.
    """
    actor.require("organisations.invite")
    kind = Organisation.Kind.MUNICIPALITY
    place = Organisation.objects.filter(slug=organisation, kind=kind).first()
    if place is None or place.pk == actor.organisation_id:
        raise Refused(_("Choose another municipality from the list."), "organisation")
    if why := why_not(actor.organisation_id):
        raise Refused(why, "organisation")
    row = Membership.objects.select_related("user").get(
        organisation_id=actor.organisation_id, user_id=actor.user_id or 0, until=None
    )
    tenancy.note_reason(_("The wrong municipality was chosen at the start"))
    row.until = clock.now()
    row.save(update_fields=["until"])
    with acting_for([place.pk], system_actor(place.pk)):
        services.add_member(organisation_id=place.pk, user=row.user, role=Role.CISO.value)
    return place
