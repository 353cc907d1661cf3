# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starting measurements, and recording what was seen as facts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkring.core import clock, jobs
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.core.models import Job, Schedule
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds
from dijkring.evidence.services.rounds import Observation, Recorded
from dijkring.surface.engine import CHECKS, Result
from dijkring.surface.facts import MAIL, SOURCE, kind_of, population_of
from dijkring.surface.models import Domain

ALL, ONE = "surface.measure", "surface.measure_domain"
# A job that says nothing for so long will not finish any more; it may not block the next.
FORGOTTEN = timedelta(hours=2)
NONCE = re.compile(r"'nonce-[^']*'")


def measure_now(*, actor: Actor, domain: Domain | None = None) -> Job:
    """Start measuring one domain or all of them; a measurement that runs already is returned.

    Raises Refused when there is nothing that may be measured.
    """
    actor.require("surface.measure")
    if domain is not None and domain.state != Domain.State.AUTHORISED:
        raise Refused(_("Prove first that your organisation may have this name measured."))
    if domain is None and not authorised(actor.organisation_id).exists():
        raise Refused(_("There is nothing to measure yet. Register a domain and prove authority."))
    title = _("Measure %(domain)s") % {"domain": domain} if domain else _("Measure all domains")
    kind, ids = (ONE, {"domain": domain.pk}) if domain else (ALL, {})
    return _running(actor, kind, title) or jobs.start(actor=actor, kind=kind, title=title, **ids)


def authorised(organisation_id: int) -> QuerySet[Domain]:
    """Return the domains that may be measured."""
    return Domain.objects.filter(
        organisation_id=organisation_id, state=Domain.State.AUTHORISED
    ).order_by("name")


def _running(actor: Actor, kind: str, title: str) -> Job | None:
    return Job.objects.filter(
        organisation_id=actor.organisation_id,
        kind=kind,
        title=title,
        state__in=[Job.State.QUEUED, Job.State.RUNNING],
        created_at__gt=clock.now() - FORGOTTEN,
    ).first()


def plan_daily(*, actor: Actor) -> None:
    """Let everything be measured each day, from the first proven domain on."""
    planned = Schedule.objects.filter(organisation_id=actor.organisation_id, kind=ALL)
    if not planned.exists():
        jobs.schedule(actor=actor, kind=ALL, title=_("Measure all domains"), every_hours=24)


def record(*, domain: Domain, results: Sequence[Result]) -> Recorded:
    """Record what was seen of one domain as a round, at the moment of now."""
    wanted = [result for result in results if _asked(domain, result)]
    return rounds.record(
        actor=system_actor(domain.organisation_id),
        source=SOURCE,
        member=domain.name,
        observed_at=clock.now(),
        observations=observations(wanted, known_subjects(domain)),
        complete=True,
    )


def _asked(domain: Domain, result: Result) -> bool:
    mail = population_of(CHECKS[result.check]) == MAIL
    return domain.carries_mail if mail else domain.carries_web


def known_subjects(domain: Domain) -> dict[str, set[str]]:
    """Return, per kind, the subjects of a domain that have a fact of ours now."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = Fact.objects.filter(
        organisation_id=domain.organisation_id, member=domain.name, source=SOURCE, until=None
    )
    for kind, subject in rows.values_list("kind", "subject"):
        found[kind].add(subject)
    return found


def observations(results: Iterable[Result], known: Mapping[str, set[str]]) -> list[Observation]:
    """Turn results into observations.

    Addresses that could not be looked up are not gone: each known one gets the failed attempt,
    which replaces nothing.
    """
    found: dict[tuple[str, str], Observation] = {}
    lost: list[Observation] = []
    for result in results:
        seen = Observation(
            kind_of(result.check), result.subject, result.state, stable(result.detail)
        )
        if _is_lost(result, known):
            lost.append(seen)
        else:
            found[seen.kind, seen.subject] = seen
    for seen in lost:
        for subject in _addresses(known, seen.kind, seen.subject):
            attempt = Observation(seen.kind, subject, seen.state, seen.detail)
            found.setdefault((seen.kind, subject), attempt)
    return list(found.values())


def _is_lost(result: Result, known: Mapping[str, set[str]]) -> bool:
    whole = CHECKS[result.check].scope != "domain" and "/" not in result.subject
    if not whole or result.state != "not_measured":
        return False
    return bool(_addresses(known, kind_of(result.check), result.subject))


def _addresses(known: Mapping[str, set[str]], kind: str, domain: str) -> list[str]:
    return sorted(subject for subject in known.get(kind, ()) if subject != domain)


def stable(detail: Any) -> Any:
    """Return a detail without what differs on every visit, so that no change shows as none."""
    if isinstance(detail, dict):
        return {key: stable(value) for key, value in detail.items()}
    if isinstance(detail, list):
        return [stable(value) for value in detail]
    return NONCE.sub("'nonce-…'", detail) if isinstance(detail, str) else detail
