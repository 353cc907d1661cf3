# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starting measurements, and recording what was seen as facts."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

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
from dijkring.surface.spreading import next_turn

ALL, ONE, BATCH = "surface.measure", "surface.measure_domain", "surface.measure_batch"
QUEUE = "surface"
# What a person waits for goes before what is planned, and one name before all of them; a round
# is for when nothing else waits.
PLANNED, BY_HAND, AT_ONCE = -20, -10, 10
# A job that says nothing for so long will not finish any more; it may not block the next.
FORGOTTEN = timedelta(hours=2)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
Results = Mapping[str, Sequence[Result]]
Seen = Mapping[str, Sequence[Observation]]
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
    running = _running(actor, kind, title)
    return running or jobs.start(
        actor=actor, kind=kind, title=title, urgency=AT_ONCE if domain else BY_HAND, **ids
    )


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
        plan(actor=actor, every=DAY)


def plan(*, actor: Actor, every: timedelta, active: bool = True) -> Schedule:
    """Let everything be measured once in a period, at the organisation's own place in it."""
    return jobs.schedule(
        actor=actor,
        kind=ALL,
        title=_("Measure all domains"),
        every_hours=every // timedelta(hours=1),
        first=next_turn(actor.organisation_id, every, clock.now()),
        active=active,
    )


def extend(*, organisation_id: int, seen: Seen, at: datetime) -> set[str]:
    """Extend the rounds of names on which nothing had changed at a moment; returns those names."""
    return rounds.extend(
        actor=system_actor(organisation_id), source=SOURCE, observed_at=at, seen=seen
    )


def record(*, organisation_id: int, seen: Seen, at: datetime) -> dict[str, Recorded]:
    """Record what was seen of names of one organisation at a moment, a round for each."""
    return rounds.record_many(
        actor=system_actor(organisation_id),
        source=SOURCE,
        observed_at=at,
        seen=seen,
        complete=True,
    )


def seen_of(domains: Sequence[Domain], results: Results) -> dict[str, list[Observation]]:
    """Turn results into observations of domains of one organisation, by name."""
    asked = {
        domain: [one for one in results[domain.name] if _asked(domain, one)] for domain in domains
    }
    lost = [domain for domain, found in asked.items() if any(map(_is_whole, found))]
    known = known_subjects(lost)
    return {
        domain.name: observations(found, known.get(domain.name, {}))
        for domain, found in asked.items()
    }


def _asked(domain: Domain, result: Result) -> bool:
    mail = population_of(CHECKS[result.check]) == MAIL
    return domain.carries_mail if mail else domain.carries_web


Subjects = Mapping[str, set[str]]


def known_subjects(domains: Sequence[Domain]) -> dict[str, dict[str, set[str]]]:
    """Return, per domain and kind, the subjects that have a fact of ours now."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    if not domains:
        return found
    rows = Fact.objects.filter(
        organisation_id=domains[0].organisation_id,
        member__in=[domain.name for domain in domains],
        source=SOURCE,
        until=None,
    )
    for member, kind, subject in rows.values_list("member", "kind", "subject"):
        found[member][kind].add(subject)
    return found


def observations(results: Iterable[Result], known: Subjects) -> list[Observation]:
    """Turn results into observations.

    Addresses that could not be looked up are not gone: each known one gets the failed attempt,
    which replaces nothing.
    """
    found: dict[tuple[str, str], Observation] = {}
    lost: list[Observation] = []
    for result in results:
        seen = stable(
            Observation(kind_of(result.check), result.subject, result.state, result.detail)
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


def _is_lost(result: Result, known: Subjects) -> bool:
    return _is_whole(result) and bool(_addresses(known, kind_of(result.check), result.subject))


def _is_whole(result: Result) -> bool:
    """Tell whether nothing could be said of any address."""
    about_addresses = CHECKS[result.check].scope != "domain" and "/" not in result.subject
    return about_addresses and result.state == "not_measured"


def _addresses(known: Subjects, kind: str, domain: str) -> list[str]:
    return sorted(subject for subject in known.get(kind, ()) if subject != domain)


def stable(seen: Observation) -> Observation:
    """Leave out what differs on every visit, so that no change shows as none."""
    if "'nonce-" not in seen.text:
        return seen
    return replace(seen, detail=json.loads(NONCE.sub("'nonce-…'", seen.text)))
