# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetching a file over verified TLS, chain and name, where the answer counts for something."""

import ssl

from dijkring.surface.engine import http
from dijkring.surface.engine.certificates import describe
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.names import matches
from dijkring.surface.engine.observations import Page
from dijkring.surface.engine.run import Run
from dijkring.surface.engine.tlsstream import TlsStream


async def fetch(run: Run, host: str, address: str, path: str, untrusted: str) -> Page:
    """GET https://host/path at an address; redirects are not followed.

    Raises ProbeError: no_trust_store, the given reason for a certificate that is not trusted or
    of another name, and all that the connection and the answer may end in.
    """
    if not run.can_judge_trust:
        raise ProbeError("no_trust_store")
    async with run.dialer.connect(address, 443) as line:
        stream = TlsStream(line, run.trust, host)
        try:
            await stream.handshake()
        except ssl.SSLCertVerificationError as error:
            raise ProbeError(untrusted, error.verify_message) from None
        if not any(matches(name, host) for name in describe(stream.chain()[0]).dns_names):
            raise ProbeError(untrusted, host)
        return await http.get(stream, f"https://{host}{path}", host, path, with_body=True)
