# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""CAA of sites and mail servers: somebody said who may issue certificates (RFC 8659)."""

from collections.abc import Sequence

from dijkring.surface.engine.caa import CRITICAL, ISSUING, KNOWN, Caa, parse
from dijkring.surface.engine.checks.common import no_mail, untold
from dijkring.surface.engine.checks.model import JSON, Verdict, failed, not_applicable, passed
from dijkring.surface.engine.observations import DomainSeen, Lookup

BOUND = ("accounturi=", "validationmethods=")
REPORTS = ("mailto:", "https://", "http://")


def web_caa(seen: DomainSeen) -> Verdict:
    """The name, or one above it, limits who may issue certificates."""
    if seen.a.outcome == "nxdomain":
        return not_applicable("no_such_name")
    return _judge(seen.caa)


def mail_caa(seen: DomainSeen) -> Verdict:
    """Every mail server's name, or one above it, limits who may issue certificates."""
    if blocked := no_mail(seen):
        return blocked
    verdicts = [_judge(host.caa) for host in seen.mail_hosts]
    for state in ("fail", "not_measured", "pass"):
        if found := next((one for one in verdicts if one.state == state), None):
            return found
    return not_applicable("mx_without_address")


def _judge(tried: Sequence[Lookup]) -> Verdict:
    if not tried or tried[-1].outcome == "failed":
        return untold(tried[-1].trouble if tried else None)
    last = tried[-1]
    if last.outcome != "answer":
        return failed("caa_missing", name=tried[0].name)
    shown: list[JSON] = [*last.records]
    wrong = next((text for text in last.records if parse(text) is None), None)
    if wrong is not None:
        return failed("caa_syntax", name=last.name, wrong=wrong, records=shown)
    if not any(one.tag == "issue" for one in _read(last)):
        return failed("caa_open", name=last.name, records=shown)
    return passed("caa_found", name=last.name, records=shown)


def _read(lookup: Lookup) -> list[Caa]:
    return [one for one in map(parse, lookup.records) if one is not None]


def caa_quality(seen: DomainSeen) -> Verdict:
    """The policy binds the issuer to our account or method (RFC 8657) and says where to report."""
    exists = web_caa(seen)
    if exists.state != "pass":
        return not_applicable("no_caa") if exists.state == "fail" else exists
    records = _read(seen.caa[-1])
    problems: list[JSON] = [
        problem
        for problem, found in (
            ("caa_no_report", not any(_reports(one) for one in records)),
            ("caa_unbound", any(_is_unbound(one) for one in records)),
            ("caa_critical", any(one.flags & CRITICAL and one.tag not in KNOWN for one in records)),
        )
        if found
    ]
    shown: list[JSON] = [*seen.caa[-1].records]
    if problems:
        return failed("caa_weak", problems=problems, records=shown)
    return passed("caa_strong", records=shown)


def _reports(record: Caa) -> bool:
    return record.tag == "iodef" and record.value.lower().startswith(REPORTS)


def _is_unbound(record: Caa) -> bool:
    """An issuer that may be asked by anyone; a value without a name lets nobody in at all."""
    if record.tag not in ISSUING or not record.value.partition(";")[0].strip():
        return False
    return not any(word in record.value.replace(" ", "").lower() for word in BOUND)
