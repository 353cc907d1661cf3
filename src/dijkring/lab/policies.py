# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The records of policies of a name: TLSA, CAA, TLS-RPT and MTA-STS."""

from collections.abc import Iterator
from dataclasses import dataclass

from dijkring.lab.scenario import Name

Record = tuple[str, str, tuple[str, ...]]
ISSUER = "sluisca.example"
GOOD_CAA = (
    f'0 issue "{ISSUER}; accounturi=https://{ISSUER}/account/1"',
    '0 issuewild ";"',
)
UNBOUND_CAA = (f'0 issue "{ISSUER}"',)
WRONG = "00" * 32


@dataclass(frozen=True)
class Hashes:
    """SHA-256, in hex, of the public keys of the servers and of their issuer."""

    server: str = WRONG
    issuer: str = WRONG


def records_of(name: Name, planted: frozenset[str], hashes: Hashes) -> Iterator[Record]:
    """The records of a name and of its own mail server, as owner, type and texts."""
    if name.web:
        yield from _tlsa(f"_443._tcp.{name.name}", planted, "web-tls.dane", hashes)
    if name.name == name.domain or planted & {"web-tls.web_caa", "web-extra.caa_quality"}:
        yield name.name, "CAA", _caa(name, planted)
    if name.mail and "mail-extra.tls_rpt" not in planted:
        report = f"v=TLSRPTv1; rua=mailto:tls@{name.name}"
        yield f"_smtp._tls.{name.name}", "TXT", (f'"{report}"',)
    if name.mail:
        yield f"_mta-sts.{name.name}", "TXT", ('"v=STSv1; id=20260101"',)
    if name.own_mail_host and name.name == name.domain:
        yield from _tlsa(f"_25._tcp.{name.own_mail_host}", planted, "mail-tls.dane", hashes)
        if "mail-tls.mail_caa" in planted:
            yield name.own_mail_host, "CAA", (_report(name),)


def _tlsa(owner: str, planted: frozenset[str], check: str, hashes: Hashes) -> Iterator[Record]:
    """The key of now, and the issuer for when it changes."""
    if f"{check}_exists" in planted:
        return
    fits = f"{check}_valid" not in planted
    texts = [f"3 1 1 {hashes.server if fits else WRONG}"]
    if f"{check}_rollover" not in planted:
        texts.append(f"2 1 1 {hashes.issuer if fits else WRONG}")
    yield owner, "TLSA", tuple(texts)


def _caa(name: Name, planted: frozenset[str]) -> tuple[str, ...]:
    if "web-tls.web_caa" in planted:
        return (_report(name),)
    good = UNBOUND_CAA if "web-extra.caa_quality" in planted else GOOD_CAA
    return (*good, _report(name))


def _report(name: Name) -> str:
    return f'0 iodef "mailto:certificaten@{name.domain}"'
