# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""mail-auth: SPF, DKIM and DMARC of a domain, also of one that sends no mail."""

from dijkring.surface.engine import dmarc, spf
from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.mail import is_dmarc
from dijkring.surface.engine.observations import DomainSeen, Lookup


def _no_such_name(seen: DomainSeen) -> Verdict | None:
    """A name that does not exist can be given no records either."""
    if seen.mx.outcome == "nxdomain":
        return not_applicable("no_such_name")
    return None


def _dmarc_records(seen: DomainSeen) -> tuple[Lookup, list[str], bool]:
    """The lookup that counts, its DMARC records, and whether they are the organisation's."""
    own = [text for text in seen.dmarc.records if is_dmarc(text)]
    if own or seen.dmarc.outcome == "failed" or seen.dmarc_org is None:
        return seen.dmarc, own, False
    above = [text for text in seen.dmarc_org.records if is_dmarc(text)]
    return seen.dmarc_org, above, True


def dmarc_exists(seen: DomainSeen) -> Verdict:
    """Exactly one DMARC record, on the name or its organisational domain (RFC 7489 6.6.3)."""
    if blocked := _no_such_name(seen):
        return blocked
    lookup, records, _ = _dmarc_records(seen)
    if lookup.outcome == "failed":
        return untold(lookup.trouble)
    if len(records) != 1:
        reason = "record_twice" if records else "record_missing"
        return failed(reason, record="DMARC", name=f"_dmarc.{seen.domain}", records=[*records])
    return passed("record_found", record="DMARC", name=lookup.name, value=records[0])


def dmarc_policy(seen: DomainSeen) -> Verdict:
    """The policy in force asks to quarantine or reject."""
    exists = dmarc_exists(seen)
    if exists.state != "pass":
        return _follows(exists, "no_dmarc")
    lookup, records, inherited = _dmarc_records(seen)
    try:
        tags = dmarc.parse(records[0])
    except dmarc.DmarcSyntaxError as error:
        return failed("dmarc_syntax", wrong=str(error), value=records[0])
    policy = dmarc.policy(tags, inherited)
    if policy == "none":
        return failed("dmarc_none", name=lookup.name, value=records[0])
    return passed("dmarc_strict", policy=policy, name=lookup.name, value=records[0])


def _follows(exists: Verdict, reason: str) -> Verdict:
    """Without a record there is no policy to judge; the missing record is a finding of its own."""
    return not_applicable(reason) if exists.state == "fail" else exists


def dkim(seen: DomainSeen) -> Verdict:
    """Something exists under _domainkey: the name answers NOERROR (RFC 2308, RFC 8020).

    A domain whose SPF and DMARC say that it never sends mail needs no key.
    """
    if blocked := _no_such_name(seen):
        return blocked
    if seen.dkim.outcome == "failed":
        return untold(seen.dkim.trouble)
    if seen.dkim.outcome != "nxdomain":
        return passed("dkim_found", name=seen.dkim.name)
    if _never_sends(seen):
        return not_applicable("never_sends")
    return failed("dkim_missing", name=seen.dkim.name)


def _never_sends(seen: DomainSeen) -> bool:
    """SPF allows nobody and DMARC rejects."""
    policy = dmarc_policy(seen)
    only = [text.split() for text in _spf_records(seen)]
    return policy.seen.get("policy") == "reject" and only == [["v=spf1", "-all"]]


def _spf_records(seen: DomainSeen) -> list[str]:
    found = seen.spf.get(seen.domain)
    return [text for text in found.records if spf.is_spf(text)] if found else []


def spf_exists(seen: DomainSeen) -> Verdict:
    """Exactly one SPF record (RFC 7208 section 4.5)."""
    if blocked := _no_such_name(seen):
        return blocked
    found = seen.spf.get(seen.domain)
    if found is None or found.outcome == "failed":
        return untold(found.trouble if found else None)
    records = _spf_records(seen)
    if len(records) != 1:
        shown: list[JSON] = [*records]
        reason = "record_twice" if records else "record_missing"
        return failed(reason, record="SPF", name=seen.domain, records=shown)
    return passed("record_found", record="SPF", name=seen.domain, value=records[0])


def spf_policy(seen: DomainSeen) -> Verdict:
    """The record reads well, needs at most ten lookups and ends in ~all or -all."""
    exists = spf_exists(seen)
    if exists.state != "pass":
        return _follows(exists, "no_spf")
    evaluation = spf.Evaluation(seen.spf)
    try:
        reason, about = evaluation.verdict(seen.domain)
    except ProbeError as error:
        return not_measured(error.reason, note=error.note)
    record = _spf_records(seen)[0]
    if reason == "spf_strict":
        return passed(reason, value=record, lookups=evaluation.lookups)
    return failed(reason, about=about, value=record, lookups=evaluation.lookups)
