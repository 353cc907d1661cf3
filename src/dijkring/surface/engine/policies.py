# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a domain says about itself in further records: its zone, DANE, CAA, TLS-RPT and MTA-STS."""

import asyncio
import ssl
from dataclasses import dataclass

from dijkring.surface.engine import http
from dijkring.surface.engine.certificates import describe
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.mail import mail_host_names
from dijkring.surface.engine.names import matches
from dijkring.surface.engine.observations import Lookup, Page, Trouble, ZoneSeen
from dijkring.surface.engine.run import Run
from dijkring.surface.engine.tlsstream import TlsStream
from dijkring.surface.engine.zone import look_at_zone, look_up_caa

POLICY = "/.well-known/mta-sts.txt"


@dataclass(frozen=True)
class Policies:
    """The further records of one domain; those of mail only where it takes mail."""

    zone: ZoneSeen
    tlsa: Lookup
    caa: tuple[Lookup, ...]
    tls_rpt: Lookup | None = None
    mta_sts: Lookup | None = None
    mta_sts_policy: Page | None = None
    mta_sts_trouble: Trouble | None = None


async def look_at_policies(run: Run, domain: str, mx: Lookup) -> Policies:
    """Ask for all of it side by side."""
    look_up = run.resolver.look_up
    zone, tlsa, caa = await asyncio.gather(
        look_at_zone(run, domain),
        look_up(f"_443._tcp.{domain}", "TLSA"),
        look_up_caa(run, domain),
    )
    if not mail_host_names(mx):
        return Policies(zone, tlsa, caa)
    tls_rpt, mta_sts = await asyncio.gather(
        look_up(f"_smtp._tls.{domain}", "TXT"), look_up(f"_mta-sts.{domain}", "TXT")
    )
    found = await _policy(run, f"mta-sts.{domain}") if has_mta_sts(mta_sts) else None
    page = found if isinstance(found, Page) else None
    trouble = found if isinstance(found, Trouble) else None
    return Policies(zone, tlsa, caa, tls_rpt, mta_sts, page, trouble)


def has_mta_sts(lookup: Lookup) -> bool:
    """Tell whether exactly one record announces a policy (RFC 8461 section 3.1)."""
    return len([text for text in lookup.records if text.startswith("v=STSv1;")]) == 1


async def _policy(run: Run, host: str) -> Page | Trouble:
    for rdtype in ("A", "AAAA"):
        found = await run.resolver.look_up(host, rdtype)
        if found.outcome == "failed":
            return found.trouble or Trouble("dns_timeout")
        if found.records:
            async with run.host(found.records[0]) as clock:
                return await clock.attempt(_fetch(run, host, found.records[0]))
    return Trouble("mta_sts_no_host", host)


async def _fetch(run: Run, host: str, address: str) -> Page:
    """GET the policy over verified TLS; redirects are not followed (RFC 8461 section 3.3)."""
    if not run.can_judge_trust:
        raise ProbeError("no_trust_store")
    async with run.dialer.connect(address, 443) as line:
        stream = TlsStream(line, run.trust, host)
        try:
            await stream.handshake()
        except ssl.SSLCertVerificationError as error:
            raise ProbeError("mta_sts_untrusted", error.verify_message) from None
        if not any(matches(name, host) for name in describe(stream.chain()[0]).dns_names):
            raise ProbeError("mta_sts_untrusted", host)
        return await http.get(stream, f"https://{host}{POLICY}", host, POLICY, with_body=True)
