# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was handed over to us, and what became of our own actions that we handed over."""

from django.db.models import Case, QuerySet, Value, When

from dijkring.actions.models import Action, Proposal
from dijkring.sharing.models import Handover

KIND = "action"
OPEN_FIRST = Case(When(state=Proposal.State.OPEN, then=Value(0)), default=Value(1))


def proposals(organisation_id: int) -> QuerySet[Proposal]:
    """Return what others handed over to an organisation, what waits on top."""
    rows = Proposal.objects.filter(organisation_id=organisation_id)
    return rows.select_related("sender", "decided_by", "action").order_by(OPEN_FIRST, "-id")


def waiting(organisation_id: int) -> int:
    """Return how many proposals wait for an answer."""
    rows = Proposal.objects.filter(organisation_id=organisation_id, state=Proposal.State.OPEN)
    return rows.count()


def sent(action: Action) -> list[Handover]:
    """Return the handovers of an action of ours, the newest first."""
    rows = Handover.objects.filter(
        organisation_id=action.organisation_id, kind=KIND, payload__ref=action.pk
    )
    return list(rows.select_related("organisation", "receiver").order_by("-id"))
