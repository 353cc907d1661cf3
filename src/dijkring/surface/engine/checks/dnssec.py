# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""web-dnssec and mail-dnssec: is the very record that is used signed, and does it validate?"""

from typing import Literal

from dijkring.surface.engine.checks.common import first_trouble, is_none, no_mail, untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    not_measured,
    passed,
)
from dijkring.surface.engine.observations import DomainSeen, Lookup

Status = Literal["secure", "insecure", "bogus", "none", "failed"]


def web_exists(seen: DomainSeen) -> Verdict:
    """The addresses of the name come from a signed zone."""
    return no_validation(seen) or _exists([seen.a, seen.aaaa], "no_address")


def web_valid(seen: DomainSeen) -> Verdict:
    """The signatures over the addresses of the name are right."""
    return no_validation(seen) or _valid([seen.a, seen.aaaa], "no_address")


def mail_exists(seen: DomainSeen) -> Verdict:
    """The mail record (or its absence) comes from a signed zone."""
    return no_validation(seen) or _exists([seen.mx], "no_such_name")


def mail_valid(seen: DomainSeen) -> Verdict:
    """The signatures over the mail record (or its absence) are right."""
    return no_validation(seen) or _valid([seen.mx], "no_such_name")


def mx_exists(seen: DomainSeen) -> Verdict:
    """The addresses of every mail server come from a signed zone."""
    blocked = no_validation(seen) or no_mail(seen)
    if blocked:
        return blocked
    hosts = _hosts(seen)
    if "insecure" in hosts.values():
        return failed("unsigned", hosts=_shown(hosts))
    return _undecided(seen, hosts) or passed("signed", hosts=_shown(hosts))


def mx_valid(seen: DomainSeen) -> Verdict:
    """The signatures over the addresses of the mail servers are right."""
    blocked = no_validation(seen) or no_mail(seen)
    if blocked:
        return blocked
    hosts = _hosts(seen)
    if "bogus" in hosts.values():
        return failed("bogus", hosts=_shown(hosts))
    if undecided := _undecided(seen, hosts):
        return undecided
    if "secure" not in hosts.values():
        return not_applicable("unsigned_so_untested", hosts=_shown(hosts))
    return passed("valid", hosts=_shown(hosts))


def no_validation(seen: DomainSeen) -> Verdict | None:
    """Without a resolver that validates nothing can be said about DNSSEC."""
    if seen.resolver.validates:
        return None
    return untold(seen.resolver.trouble) if seen.resolver.trouble else not_measured("no_ad")


def status_of(lookups: list[Lookup]) -> Status:
    """The worst of a set of answers; a bogus denial counts, an unsigned one does not."""
    statuses = {lookup.security for lookup in lookups if lookup.outcome != "failed"}
    used = [lookup for lookup in lookups if lookup.outcome == "answer"]
    if "bogus" in statuses:
        return "bogus"
    if any(lookup.security == "insecure" for lookup in used):
        return "insecure"
    if first_trouble(*lookups):
        return "failed"
    return "secure" if used else "none"


def _own_status(lookups: list[Lookup], absent: str) -> Status:
    """The status, where the answer 'there is none' about a domain's own record counts as well."""
    status = status_of(lookups)
    denied = status == "none" and all(one.outcome == "nodata" for one in lookups)
    if not denied or absent != "no_such_name":
        return status
    return "secure" if all(one.security == "secure" for one in lookups) else "insecure"


def _exists(lookups: list[Lookup], absent: str) -> Verdict:
    status = _own_status(lookups, absent)
    if status == "insecure":
        return failed("unsigned", records=_records(lookups))
    if status in ("secure", "bogus"):
        return passed("signed", records=_records(lookups))
    return not_applicable(absent) if status == "none" else untold(first_trouble(*lookups))


def _valid(lookups: list[Lookup], absent: str) -> Verdict:
    status = _own_status(lookups, absent)
    if status == "bogus":
        return failed("bogus", records=_records(lookups))
    if status == "secure":
        return passed("valid", records=_records(lookups))
    if status == "insecure":
        return not_applicable("unsigned_so_untested", records=_records(lookups))
    return not_applicable(absent) if status == "none" else untold(first_trouble(*lookups))


def _hosts(seen: DomainSeen) -> dict[str, Status]:
    return {host.name: status_of([host.a, host.aaaa]) for host in seen.mail_hosts}


def _undecided(seen: DomainSeen, hosts: dict[str, Status]) -> Verdict | None:
    if "failed" in hosts.values():
        lookups = [one for host in seen.mail_hosts for one in (host.a, host.aaaa)]
        return untold(first_trouble(*lookups))
    if (
        all(is_none(host.a, host.aaaa) for host in seen.mail_hosts)
        and "bogus" not in hosts.values()
    ):
        return not_applicable("mx_without_address", hosts=_shown(hosts))
    return None


def _shown(hosts: dict[str, Status]) -> dict[str, JSON]:
    return dict(hosts)


def _records(lookups: list[Lookup]) -> dict[str, JSON]:
    return {f"{one.name} {one.rdtype}": f"{one.outcome}, {one.security}" for one in lookups}
