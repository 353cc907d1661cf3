# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From observations to results: every check, on every subject that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dijkring.surface.engine.checks import CHECKS, PROBLEMS, REASONS
from dijkring.surface.engine.checks.common import is_none, no_mail, untold, without_address
from dijkring.surface.engine.checks.model import JSON, Check, State, Verdict, not_applicable
from dijkring.surface.engine.observations import DomainSeen, Lookup

LONGEST_SEEN = 1_000
PROBER = "Dijkring 0.1"


@dataclass(frozen=True)
class Result:
    """One verdict on one subject ("domain" or "domain/address"); measured_at is aware UTC.

    detail: reason (a code), text {nl, en}, method (resolver, address, prober) and seen.
    """

    subject: str
    check: str
    state: State
    measured_at: datetime
    detail: dict[str, JSON]


def judge(seen: DomainSeen) -> list[Result]:
    """Judge one domain by the criteria of today; judging again needs no new measurement."""
    return [_result(seen, check, *found) for check in CHECKS.values() for found in _on(check, seen)]


def _on(check: Check, seen: DomainSeen) -> Iterator[tuple[str, Verdict]]:
    """The verdicts of one check with the address they are about, "" for the domain itself."""
    if check.scope == "domain":
        yield "", check.judge(seen)
        return
    members: tuple[Any, ...] = seen.web if check.scope == "web" else seen.mail_servers
    for one in members:
        yield one.address, check.judge((seen, one))
    rest = _rest_of_web(seen) if check.scope == "web" else _rest_of_mail(seen)
    if rest:
        yield "", rest


def _rest_of_web(seen: DomainSeen) -> Verdict | None:
    """What must be said of the domain itself: it has no address, or not all could be looked up."""
    lookups = [seen.a, seen.aaaa]
    if seen.web and all(one.outcome != "failed" for one in lookups):
        return None
    return without_address(seen, lookups, "no_address")


def _rest_of_mail(seen: DomainSeen) -> Verdict | None:
    if blocked := no_mail(seen):
        return blocked
    lookups: list[Lookup] = [one for host in seen.mail_hosts for one in (host.a, host.aaaa)]
    if any(one.outcome == "failed" for one in lookups):
        return untold(next(one.trouble for one in lookups if one.outcome == "failed"))
    return not_applicable("mx_without_address") if is_none(*lookups) else None


def _result(seen: DomainSeen, check: Check, address: str, verdict: Verdict) -> Result:
    method: dict[str, JSON] = {"prober": PROBER, "resolver": seen.resolver.address}
    if address:
        method["address"] = address
    if _is_bogus(seen):
        # Only who does not check DNSSEC gets here; the detail must say so.
        method["dns"] = "bogus"
    return Result(
        subject=f"{seen.domain}/{address}" if address else seen.domain,
        check=check.id,
        state=verdict.state,
        measured_at=datetime.fromisoformat(seen.measured_at),
        detail={
            "reason": verdict.reason,
            "text": {language: _text(verdict, language) for language in ("nl", "en")},
            "method": method,
            "seen": {key: _shortened(value) for key, value in verdict.seen.items()},
        },
    )


def _is_bogus(seen: DomainSeen) -> bool:
    return "bogus" in (seen.a.security, seen.aaaa.security, seen.mx.security)


def _text(verdict: Verdict, language: str) -> str:
    """The sentence for a person, filled in with what was seen."""
    words = {key: _words(value, language) for key, value in verdict.seen.items()}
    return REASONS[verdict.reason][language].format_map(_Filled(words))


def _shortened(value: JSON) -> JSON:
    """Enough of a long text to recognise it; a fact is not the place to store a whole header."""
    if isinstance(value, str) and len(value) > LONGEST_SEEN:
        return value[:LONGEST_SEEN] + "…"
    return [_shortened(one) for one in value[:50]] if isinstance(value, list) else value


class _Filled(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _words(value: JSON, language: str) -> str:
    if isinstance(value, list):
        return ", ".join(PROBLEMS.get(str(one), {}).get(language, str(one)) for one in value)
    return str(value)[:200]
