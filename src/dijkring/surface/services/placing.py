# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether each name that counts stands in the register of systems, as facts (BIO2 5.14.04)."""

from collections.abc import Iterable, Sequence

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.surface.facts import PLACED_MAIL, PLACED_TEXTS, PLACED_WEB, REGISTER
from dijkring.surface.models import Belonging, Domain, System


def observe(organisation_id: int, domains: Iterable[Domain]) -> None:
    """Record of each name whether it stands under a system with an owner.

    Nothing is recorded before the organisation has begun its register. A name that does not count
    any more keeps no fact.
    """
    if not System.objects.filter(organisation_id=organisation_id).exists():
        return
    domains = list(domains)
    found, known = _systems(domains), _with_facts(organisation_id)
    seen = {one.name: _observations(one, found.get(one.pk, [])) for one in domains}
    seen = {name: rows for name, rows in seen.items() if rows or name in known}
    if seen:
        rounds.record_many(
            actor=system_actor(organisation_id),
            source=REGISTER,
            observed_at=clock.now(),
            seen=seen,
            complete=True,
        )


def observe_all(organisation_id: int) -> None:
    """Record it of every name that counts."""
    rows = Domain.objects.filter(organisation_id=organisation_id, state=Domain.State.AUTHORISED)
    observe(organisation_id, rows)


def _systems(domains: Sequence[Domain]) -> dict[int, list[System]]:
    rows = Belonging.objects.filter(domain__in=domains, system__retired_at=None)
    found: dict[int, list[System]] = {}
    for row in rows.select_related("system").order_by("system__name"):
        found.setdefault(row.domain_id or 0, []).append(row.system)
    return found


def _with_facts(organisation_id: int) -> set[str]:
    rows = Fact.objects.filter(organisation_id=organisation_id, source=REGISTER, until=None)
    return set(rows.values_list("member", flat=True))


def _observations(domain: Domain, systems: Sequence[System]) -> list[Observation]:
    if domain.state != Domain.State.AUTHORISED:
        return []
    owned = sorted(one.name for one in systems if one.owner_id)
    text = PLACED_TEXTS["placed" if owned else "without_owner" if systems else "nowhere"]
    state = "pass" if owned else "fail"
    detail = {"text": text, "systems": owned or sorted(one.name for one in systems)}
    carried = [(PLACED_WEB, domain.carries_web), (PLACED_MAIL, domain.carries_mail)]
    return [Observation(kind, domain.name, state, detail) for kind, there in carried if there]
