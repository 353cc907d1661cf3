# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From scenario and defects to the zones of the practice internet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import dns.name

from dijkring.lab import defects as kinds
from dijkring.lab.nameservers import HEALTHY, OF_MAIL_HOST, OF_NAME, WITHOUT_V6, chosen
from dijkring.lab.policies import Hashes, records_of
from dijkring.lab.scenario import NAMESERVER_DOMAIN, Name, Scenario, mail_host_of
from dijkring.lab.signing import signer_of
from dijkring.lab.zones import Zone, Zones

Defects = Mapping[str, frozenset[str]]
# The key of an invented sender; nothing is ever signed with it.
DKIM_KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
NO_DKIM_KEY = "v=DKIM1; p="
CHUNK = 255
# Where an alias leads that nobody took away: no such name.
GONE = f"verdwenen.{NAMESERVER_DOMAIN}"


@dataclass(frozen=True)
class Address:
    """The lab addresses of one host."""

    v4: str
    v6: str


@dataclass
class Builder:
    """Collects the records of the whole lab, zone by zone."""

    scenario: Scenario
    defects: Defects
    txt: Mapping[str, list[str]]
    addresses: Mapping[str, Address]
    seed: bytes
    hashes: Hashes = field(default_factory=Hashes)

    def zones(self) -> tuple[Zones, Zone]:
        """All zones ready to answer, and the root zone that holds the trust anchor."""
        self._servers = self._server_pairs()
        modes = dict.fromkeys(self._servers, "signed") | self._modes()
        self._zones = {name: self._zone(name, mode) for name, mode in modes.items()}
        for name, zone in self._zones.items():
            if name:
                self._zones[self._home(_above(name))].delegate(zone)
        self._add_all()
        silent, failing = (
            {name for name, planted in self.defects.items() if trouble in planted}
            for trouble in ("trouble.dns_timeout", "trouble.dns_servfail")
        )
        return Zones(self._zones.values(), silent, failing), self._zones[""]

    def _modes(self) -> dict[str, str]:
        """Every zone by name ("" is the root) with signed, unsigned or spoiled."""
        domains = self.scenario.zone_names()
        tlds = {domain.rsplit(".", 1)[1] for domain in domains}
        modes = dict.fromkeys(["", *tlds, *domains], "signed")
        for name, planted in self.defects.items():
            modes |= _modes_of(name, planted, kinds.UNSIGNED, kinds.BOGUS)
            modes |= _modes_of(mail_host_of(name), planted, kinds.MX_UNSIGNED, kinds.MX_BOGUS)
        return modes

    def _server_pairs(self) -> dict[str, tuple[str, str]]:
        """The names whose zone has other name servers than most."""
        found = {}
        for name, planted in self.defects.items():
            if pair := chosen(planted, OF_NAME):
                found[name] = pair
            if pair := chosen(planted, OF_MAIL_HOST):
                found[mail_host_of(name)] = pair
        return found

    def _zone(self, name: str, mode: str) -> Zone:
        origin = dns.name.from_text(name)
        signer = None if mode == "unsigned" else signer_of(origin, self.seed)
        return Zone(origin, signer, mode == "spoiled", self._servers.get(name, HEALTHY))

    def _home(self, name: str) -> str:
        """The deepest zone that a name lies in."""
        while name not in self._zones:
            name = _above(name)
        return name

    def _add(self, name: str, rdtype: str, *texts: str) -> None:
        """Add records; those of an alias stand where it leads, and nowhere when that is gone."""
        name = self._aliases.get(name, name)
        if name == GONE:
            return
        self._zones[self._home(name)].add(dns.name.from_text(name), rdtype, *texts)

    def _add_aliases(self) -> None:
        self._aliases: dict[str, str] = {}
        found = {}
        for name, planted in self.defects.items():
            if "web-extra.dangling_cname" in planted:
                found[name] = GONE
            elif "trait.alias" in planted:
                found[name] = f"server.{name}"
        for name, target in found.items():
            self._add(name, "CNAME", f"{target}.")
        self._aliases = found

    def _add_all(self) -> None:
        self._add_aliases()
        without_v6 = self._without_v6()
        for host, address in self.addresses.items():
            self._add(host, "A", address.v4)
            if host not in without_v6:
                self._add(host, "AAAA", address.v6)
        for name in self.scenario.names.values():
            planted = self.defects.get(name.name, frozenset())
            if name.mail:
                self._add_mail(name, name.mail, planted)
            else:
                self._add_no_mail(name)
            for owner, rdtype, texts in records_of(name, planted, self.hashes):
                self._add(owner, rdtype, *texts)
        for owner, values in self.txt.items():
            for value in values:
                self._add(owner, "TXT", quoted(value))

    def _without_v6(self) -> set[str]:
        found = set(WITHOUT_V6)
        for name, planted in self.defects.items():
            if "web-ipv6.web_aaaa" in planted:
                found.add(name)
            if "mail-ipv6.mx_aaaa" in planted:
                found.add(mail_host_of(name))
        return found

    def _add_mail(self, name: Name, mail: str, planted: frozenset[str]) -> None:
        self._add(name.name, "MX", f"10 {mail}.")
        if "mail-auth.spf" not in planted:
            end = "?all" if "mail-auth.spf_policy" in planted else "-all"
            self._add(name.name, "TXT", quoted(f"v=spf1 mx {end}"))
        if "mail-auth.dmarc" not in planted:
            policy = "none" if "mail-auth.dmarc_policy" in planted else "reject"
            report = f"rua=mailto:dmarc@{name.name}"
            self._add(f"_dmarc.{name.name}", "TXT", quoted(f"v=DMARC1; p={policy}; {report}"))
        if "mail-auth.dkim" not in planted:
            self._add(f"post._domainkey.{name.name}", "TXT", quoted(DKIM_KEY))

    def _add_no_mail(self, name: Name) -> None:
        """A name that says it neither receives (RFC 7505) nor sends mail."""
        self._add(name.name, "MX", "0 .")
        self._add(name.name, "TXT", quoted("v=spf1 -all"))
        self._add(f"geen._domainkey.{name.name}", "TXT", quoted(NO_DKIM_KEY))
        if name.name == name.domain:
            self._add(f"_dmarc.{name.name}", "TXT", quoted("v=DMARC1; p=reject"))


def _modes_of(name: str, planted: frozenset[str], unsigned: str, bogus: str) -> dict[str, str]:
    if bogus in planted:
        return {name: "spoiled"}
    return {name: "unsigned"} if unsigned in planted else {}


def _above(name: str) -> str:
    return name.partition(".")[2]


def quoted(value: str) -> str:
    """A TXT value as presentation format, in strings of at most 255 bytes (RFC 1035 3.3.14)."""
    raw = value.encode()
    parts = [raw[start : start + CHUNK] for start in range(0, len(raw), CHUNK)] or [b""]
    return " ".join(f'"{_escaped(part)}"' for part in parts)


def _escaped(part: bytes) -> str:
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03d}" for byte in part
    )
