# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a domain beside its addresses: its zone and registration, DANE, CAA, TLS-RPT and
MTA-STS."""

import asyncio
from dataclasses import dataclass

from dijkring.surface.engine.mail import mail_host_names
from dijkring.surface.engine.observations import (
    Lookup,
    Page,
    Registration,
    Trouble,
    ZoneSeen,
)
from dijkring.surface.engine.rdap import look_at_registration
from dijkring.surface.engine.run import Run
from dijkring.surface.engine.verified import fetch
from dijkring.surface.engine.zone import look_at_zone, look_up_caa

POLICY = "/.well-known/mta-sts.txt"


@dataclass(frozen=True)
class Policies:
    """The further records of one domain; those of mail only where it takes mail."""

    zone: ZoneSeen
    tlsa: Lookup
    caa: tuple[Lookup, ...]
    registration: Registration | None = None
    tls_rpt: Lookup | None = None
    mta_sts: Lookup | None = None
    mta_sts_policy: Page | None = None
    mta_sts_trouble: Trouble | None = None


async def look_at_policies(run: Run, domain: str, mx: Lookup) -> Policies:
    """Ask for all of it side by side."""
    look_up = run.resolver.look_up
    zone, tlsa, caa, registration = await asyncio.gather(
        look_at_zone(run, domain),
        look_up(f"_443._tcp.{domain}", "TLSA"),
        look_up_caa(run, domain),
        look_at_registration(run, domain),
    )
    if not mail_host_names(mx):
        return Policies(zone, tlsa, caa, registration)
    tls_rpt, mta_sts = await asyncio.gather(
        look_up(f"_smtp._tls.{domain}", "TXT"), look_up(f"_mta-sts.{domain}", "TXT")
    )
    found = await _policy(run, f"mta-sts.{domain}") if has_mta_sts(mta_sts) else None
    page = found if isinstance(found, Page) else None
    trouble = found if isinstance(found, Trouble) else None
    return Policies(zone, tlsa, caa, registration, tls_rpt, mta_sts, page, trouble)


def has_mta_sts(lookup: Lookup) -> bool:
    """Tell whether exactly one record announces a policy (RFC 8461 section 3.1)."""
    return len([text for text in lookup.records if text.startswith("v=STSv1;")]) == 1


async def _policy(run: Run, host: str) -> Page | Trouble:
    """Fetch the policy; redirects are not followed (RFC 8461 section 3.3)."""
    for rdtype in ("A", "AAAA"):
        found = await run.resolver.look_up(host, rdtype)
        if found.outcome == "failed":
            return found.trouble or Trouble("dns_timeout")
        if found.records:
            async with run.host(found.records[0]) as clock:
                return await clock.attempt(
                    fetch(run, host, found.records[0], POLICY, "mta_sts_untrusted")
                )
    return Trouble("mta_sts_no_host", host)
