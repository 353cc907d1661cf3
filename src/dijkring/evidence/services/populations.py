# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who ought to have facts. Taking a subject out needs a reason and a second person."""

from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence import kinds
from dijkring.evidence.models import PopulationMember
from dijkring.evidence.services import follow_up, standings


def add(*, actor: Actor, population: str, member: str, responsible: str = "") -> PopulationMember:
    """Let a subject count from now on; does nothing when it counts already.

    `responsible` names the party that carries out repairs: the hoster or supplier.
    """
    found = PopulationMember.objects.filter(
        organisation_id=actor.organisation_id, population=population, member=member, until=None
    ).first()
    if found is not None:
        return found
    standings.begin_change(actor.organisation_id)
    made = PopulationMember.objects.create(
        organisation_id=actor.organisation_id,
        population=population,
        member=member,
        responsible=responsible,
        since=clock.now(),
    )
    _count_again(actor, population)
    return made


def propose_removal(*, actor: Actor, member: PopulationMember, reason: str) -> None:
    """Propose to take a subject out; it keeps counting until a second person confirms."""
    actor.require("evidence.population")
    if not reason.strip():
        raise Refused(_("Give a reason for taking this out of the count."), "reason")
    tenancy.note_reason(reason)
    member.reason, member.taken_out_by_id = reason, actor.user_id
    member.save(update_fields=["reason", "taken_out_by"])


def confirm_removal(*, actor: Actor, member: PopulationMember) -> None:
    """Confirm, as another person than the proposer, that a subject does not count any more."""
    actor.require("evidence.population")
    if member.taken_out_by_id is None or member.until is not None:
        raise Refused(_("Nobody proposed to take this out of the count."))
    if member.taken_out_by_id == actor.user_id:
        raise Refused(_("A second person must confirm this."))
    standings.begin_change(actor.organisation_id)
    member.confirmed_by_id, member.until = actor.user_id, clock.now()
    member.save(update_fields=["confirmed_by", "until"])
    _count_again(actor, member.population)
    follow_up.follow(actor.organisation_id, _kinds(member.population))


def _count_again(actor: Actor, population: str) -> None:
    standings.after_facts(actor.organisation_id, _kinds(population), clock.now())


def _kinds(population: str) -> set[str]:
    return {kind.id for kind in kinds.of_population(population)}
