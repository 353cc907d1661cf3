# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements of every side, made by the real services, for the tests that visit every page."""

from datetime import timedelta
from typing import Any

from dijkring.controls.models import Framework
from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Agreement, Handover, Record
from dijkring.sharing.services import agreements, handovers, mandates

Arguments = dict[str, dict[str, Any]]


def secretary(organisation_id: int, user_id: int | None) -> Actor:
    """Return somebody who may sign for an organisation."""
    assert user_id is not None
    return person_actor(organisation_id, user_id, "S. Ecretaris", Role.SECRETARY)


def drafted(actor: Actor, receiver_id: int, **terms: Any) -> Agreement:
    """Draft an agreement in which only the terms that matter are named."""
    now = clock.now()
    usual = {
        "records": [Record.NORMS.value],
        "legal_basis": "Gemeenschappelijke regeling, artikel 12",
        "purpose": "Samen zien waar de regio staat.",
        "starts_at": now - timedelta(days=1),
        "ends_at": now + timedelta(days=100),
    }
    return agreements.draft(actor=actor, receiver_id=receiver_id, **{**usual, **terms})


def in_force(giver: Actor, receiver: Actor, **terms: Any) -> Agreement:
    """Make an agreement that both have signed."""
    with acting_for([giver.organisation_id], giver):
        made = drafted(giver, receiver.organisation_id, **terms)
        agreements.sign(actor=giver, agreement=made)
    with acting_for([receiver.organisation_id], receiver):
        agreements.sign(actor=receiver, agreement=made)
    return made


def co_operate(actor: Actor, *others: Organisation) -> list[Agreement]:
    """Let an organisation have an agreement in force with each of some others, about norms only."""
    ours = secretary(actor.organisation_id, actor.user_id)
    return [in_force(ours, secretary(one.pk, actor.user_id)) for one in others]


def giver_of(actor: Actor, n: int) -> Organisation:
    """Return who shares with us; each has givers of its own, so nobody may open another's."""
    others = Organisation.objects.filter(kind=Organisation.Kind.SAFETY_REGION).order_by("pk")
    return others[(actor.organisation_id % 5 + 5 * n) % len(others)]


def failed(actor: Actor, receiver_id: int) -> Handover:
    """Hand something over that could not be taken up."""
    payload = {"ref": 1, "title": "Samen oefenen", "by": actor.name}
    made = handovers.send(actor=actor, receiver_id=receiver_id, kind="action", payload=payload)
    handovers.note_failure(receiver_id=receiver_id, handover_id=made.pk)
    return made


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make a draft to another, a mandate, and something that another shares with us."""
    giver = giver_of(actor, n)
    draft = drafted(actor, giver.pk)
    ours = secretary(actor.organisation_id, actor.user_id)
    mandate = mandates.give(
        actor=ours,
        user_id=actor.user_id or 0,
        decision="Mandaatregister 2026, nummer 4",
        until=clock.now() + timedelta(days=90),
    )
    everything = {"records": Record.values, "detail": "fact"}
    in_force(secretary(giver.pk, actor.user_id), ours, **everything)
    handed = {"pk": failed(actor, giver.pk).pk}
    draft_pages = ("agreement", "change", "sign", "end")
    return {
        **{f"sharing:{name}": {"pk": draft.pk} for name in draft_pages},
        **dict.fromkeys(("sharing:handover", "sharing:retry"), handed),
        "sharing:withdraw_mandate": {"pk": mandate.pk},
        **_shared(giver.slug),
    }


def _shared(slug: str) -> Arguments:
    framework = Framework.objects.get(key="bio2", organisation=None)
    names = ("shared", "shared_facts", "shared_exposure", "shared_judgements", "shared_actions")
    return {
        **{f"accountability:{name}": {"giver": slug} for name in names},
        "accountability:shared_standings": {"giver": slug, "framework": framework.pk},
    }
