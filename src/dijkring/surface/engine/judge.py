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
from dijkring.surface.engine.mail import mail_host_names
from dijkring.surface.engine.observations import DomainSeen, Lookup, Trouble

LONGEST_SEEN = 1_000
PROBER = "Dijkring 0.1"
# Without authority on the hosts these are not asked, and so there is no result of them at all.
OF_PORTS = ("web-extra.exposed_services", "mail-extra.exposed_services")
OF_MAIL_HOSTS = (
    "mail-ipv6.mx_aaaa", "mail-dnssec.dnssec_mx_exists", "mail-dnssec.dnssec_mx_valid",
    "mail-tls.mail_caa", "mail-tls.dane_exists", "mail-tls.dane_rollover",
    "mail-rpki.mail_rpki_exists", "mail-rpki.mail_rpki_valid",
    "mail-rpki.mail_mx_ns_rpki_exists", "mail-rpki.mail_mx_ns_rpki_valid",
)  # fmt: skip


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
    at, bogus = datetime.fromisoformat(seen.measured_at), _is_bogus(seen)
    found = []
    for check in CHECKS.values():
        if check.id in OF_PORTS and seen.knocked is None:
            continue
        for address, verdict in _on(check, seen):
            method: dict[str, JSON] = {"prober": PROBER, "resolver": seen.resolver.address}
            if address:
                method["address"] = address
            if bogus:
                # Only who does not check DNSSEC gets here; the detail must say so.
                method["dns"] = "bogus"
            subject = f"{seen.domain}/{address}" if address else seen.domain
            found.append(Result(subject, check.id, verdict.state, at, _detail(verdict, method)))
    return found


def _on(check: Check, seen: DomainSeen) -> Iterator[tuple[str, Verdict]]:
    """The verdicts of one check with the address they are about, "" for the domain itself."""
    if check.scope == "domain":
        yield "", _of_all_hosts(check, seen)
        return
    members: tuple[Any, ...] = seen.web if check.scope == "web" else seen.mail_servers
    for one in members:
        yield one.address, check.judge((seen, one))
    rest = _rest_of_web(seen) if check.scope == "web" else _rest_of_mail(seen)
    if rest:
        yield "", rest


def _of_all_hosts(check: Check, seen: DomainSeen) -> Verdict:
    """Judge a domain; what is about its mail hosts does not pass while some were not looked at."""
    verdict, named = check.judge(seen), mail_host_names(seen.mx)
    if check.id in OF_MAIL_HOSTS and verdict.state == "pass" and len(named) > len(seen.mail_hosts):
        return untold(Trouble("too_many_addresses", str(len(named))))
    return verdict


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


def _detail(verdict: Verdict, method: dict[str, JSON]) -> dict[str, JSON]:
    return {
        "reason": verdict.reason,
        "text": {language: _text(verdict, language) for language in ("nl", "en")},
        "method": method,
        "seen": {key: _shortened(value) for key, value in verdict.seen.items()},
    }


def _is_bogus(seen: DomainSeen) -> bool:
    return "bogus" in (seen.a.security, seen.aaaa.security, seen.mx.security)


def _text(verdict: Verdict, language: str) -> str:
    """The sentence for a person, filled in with what was seen."""
    sentence = REASONS[verdict.reason][language]
    return sentence.format_map(_Words(verdict.seen, language)) if "{" in sentence else sentence


def _shortened(value: JSON) -> JSON:
    """Enough of a long text to recognise it; a fact is not the place to store a whole header."""
    if isinstance(value, str) and len(value) > LONGEST_SEEN:
        return value[:LONGEST_SEEN] + "…"
    return [_shortened(one) for one in value[:50]] if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class _Words:
    """What was seen in words, only where a sentence asks for it."""

    seen: dict[str, JSON]
    language: str

    def __getitem__(self, key: str) -> str:
        if key not in self.seen:
            return "?"
        value = self.seen[key]
        if isinstance(value, list):
            words = (PROBLEMS.get(str(one), {}).get(self.language, str(one)) for one in value)
            return ", ".join(words)
        return str(value)[:200]
