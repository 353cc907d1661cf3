# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the registry says of a domain itself: that it stays ours, and where it leads."""

from datetime import datetime, timedelta

from dijkring.surface.engine.checks.common import untold
from dijkring.surface.engine.checks.model import (
    JSON,
    Verdict,
    failed,
    not_applicable,
    passed,
)
from dijkring.surface.engine.observations import DomainSeen, Registration

SOON = timedelta(days=30)
# RFC 8056: the name is on its way out, or leads nowhere by order of registrar or registry.
LOSING = {"pending delete", "redemption period", "pending restore"}
HELD = {"client hold", "server hold", "inactive"}


def lasts(seen: DomainSeen) -> Verdict:
    """The registration does not end within thirty days; a registry that names no end has none."""
    told = _told(seen)
    if isinstance(told, Verdict):
        return told
    if not told.expires:
        return not_applicable("registration_no_end", registrar=told.registrar or "?")
    now, ends = datetime.fromisoformat(seen.measured_at), datetime.fromisoformat(told.expires)
    said: dict[str, JSON] = {"until": ends.date().isoformat(), "registrar": told.registrar or "?"}
    if ends <= now:
        return failed("registration_ended", **said)
    if ends - now < SOON:
        return failed("registration_ends_soon", **said)
    return passed("registration_lasts", **said)


def status(seen: DomainSeen) -> Verdict:
    """The registry is not about to delete the name, and holds it back from nobody."""
    told = _told(seen)
    if isinstance(told, Verdict):
        return told
    statuses: list[JSON] = [*told.statuses]
    said: dict[str, JSON] = {"statuses": statuses, "registrar": told.registrar or "?"}
    if LOSING.intersection(told.statuses):
        return failed("registration_lost", **said)
    if HELD.intersection(told.statuses):
        return failed("registration_held", **said)
    return passed("registration_kept", **said)


def delegation(seen: DomainSeen) -> Verdict:
    """The name servers and keys that the registry knows are those that the zone itself has."""
    told = _told(seen)
    if isinstance(told, Verdict):
        return told
    zone = seen.zone
    if zone is None or zone.ns.outcome == "failed":
        return untold(zone.ns.trouble if zone else None)
    if zone.name != seen.domain or not told.name_servers:
        return not_applicable("registration_no_servers")
    own = {record.lower().rstrip(".") for record in zone.ns.records}
    apart: list[JSON] = [*sorted(own.symmetric_difference(told.name_servers))]
    said: dict[str, JSON] = {"servers": [*told.name_servers], "signed": told.signed}
    if apart:
        return failed("registration_servers_differ", apart=apart, **said)
    if seen.resolver.validates and _keys_differ(told, zone.ns.security):
        return failed("registration_keys_differ", **said)
    return passed("registration_fits", **said)


def _keys_differ(told: Registration, security: str) -> bool:
    if told.signed is None or security not in ("secure", "insecure"):
        return False
    return told.signed is not (security == "secure")


def _told(seen: DomainSeen) -> Registration | Verdict:
    if seen.org_domain != seen.domain:
        return not_applicable("registration_above", name=seen.org_domain)
    if seen.registration is None or seen.registration.trouble:
        return untold(seen.registration.trouble if seen.registration else None)
    return seen.registration
