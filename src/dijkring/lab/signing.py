# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""DNSSEC keys and signatures: ECDSA P-256 with SHA-256 (RFC 6605), one key per zone."""

import hashlib
import hmac
import time
from functools import cached_property, lru_cache
from typing import cast

import dns.dnssec
import dns.name
import dns.rdataset
import dns.rrset
from cryptography.hazmat.primitives.asymmetric import ec
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.RRSIG import RRSIG
from dns.rdtypes.dnskeybase import Flag

DAY = 86_400
# Signatures live in memory only and outlast any run of the lab.
LIFETIME = 400 * DAY
TTL = 60


class Signer:
    """Signs the records of one zone; the key follows from the folder's seed, so it stays."""

    def __init__(self, zone: dns.name.Name, seed: bytes) -> None:
        self.zone = zone
        digest = hmac.new(seed, zone.to_text().lower().encode(), hashlib.sha512).digest()
        # Below the order of P-256, and never zero.
        number = int.from_bytes(digest[:32], "big") >> 1 or 1
        self._key = ec.derive_private_key(number, ec.SECP256R1())
        self._signed: dict[tuple[object, ...], dns.rrset.RRset] = {}

    @cached_property
    def dnskey(self) -> DNSKEY:
        """The public key, marked as zone key and secure entry point."""
        return dns.dnssec.make_dnskey(
            self._key.public_key(), "ECDSAP256SHA256", flags=Flag.ZONE | Flag.SEP
        )

    @cached_property
    def ds(self) -> DS:
        """The fingerprint that the parent zone publishes."""
        return dns.dnssec.make_ds(self.zone, self.dnskey, "SHA256")

    def sign(self, rrset: dns.rrset.RRset, spoiled: bool = False) -> dns.rrset.RRset:
        """The RRSIG set over these records; spoiled gives a signature that cannot verify.

        What was signed before is not signed again: most records outlive a change of the lab.
        """
        key = (rrset.name, rrset.rdtype, frozenset(rrset), spoiled)
        if key not in self._signed:
            self._signed[key] = self._sign(rrset, spoiled)
        return self._signed[key]

    def _sign(self, rrset: dns.rrset.RRset, spoiled: bool) -> dns.rrset.RRset:
        now = int(time.time())
        signature = dns.dnssec.sign(
            rrset,
            self._key,
            self.zone,
            self.dnskey,
            inception=now - DAY,
            expiration=now + LIFETIME,
        )
        if spoiled:
            signature = _spoil(signature)
        return dns.rrset.from_rdata(rrset.name, rrset.ttl, signature)


@lru_cache(2_000)
def signer_of(zone: dns.name.Name, seed: bytes) -> Signer:
    """The signer of a zone, made once."""
    return Signer(zone, seed)


def _spoil(signature: RRSIG) -> RRSIG:
    wrong = bytes([signature.signature[0] ^ 1]) + signature.signature[1:]
    return cast(RRSIG, signature.replace(signature=wrong))
