# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lab's certificate authorities and the certificates of its servers, good and bad."""

import base64
import hashlib
import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from dijkring.lab.handmade import Credentials

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
Key = TypeVar("Key", ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)
YEARS_OF_AUTHORITY = 10
DAYS_OF_SERVER = 390
LAST_DAYS = 5
# Longer than any real answer, so that a lab that is left on stays as it was.
DAYS_OF_STAPLE = 300
RENEW_WITHIN = timedelta(days=30)
GOOD_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
# Suites with SHA-1, all that TLS 1.0 knows; to be phased out; with a prime of the server's own.
INSUFFICIENT_CIPHERS = ":ECDHE+AES+SHA1"
OLD_CIPHERS = ":ECDHE+AES128+SHA256"
FINITE_CIPHERS = ":DHE-RSA-AES128-GCM-SHA256"
# Lets OpenSSL serve what its own policy would refuse.
NO_POLICY = ":@SECLEVEL=0"
# Options of OpenSSL 3 that Python does not name: SSL_OP_NO_EXTENDED_MASTER_SECRET and
# SSL_OP_ALLOW_CLIENT_RENEGOTIATION.
NO_EXTENDED_MASTER_SECRET = 0x1
ALLOW_CLIENT_RENEGOTIATION = 0x100
# The prime of 2048 bits from RFC 3526 section 3: no group of RFC 7919.
OWN_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
OCSP_ADDRESS = "http://ocsp.sluisdns.example/"
# sha256WithRSAEncryption and sha1WithRSAEncryption as DER object identifiers (RFC 8017).
SHA256_WITH_RSA = bytes.fromhex("06092a864886f70d01010b")
SHA1_WITH_RSA = bytes.fromhex("06092a864886f70d010105")
GIANT_NAMES = 4000


SETTINGS = frozenset(
    (
        *("tls_version", "tls_ciphers", "tls_cipher_order", "kex_hash_func"),
        *("extended_master_secret", "renegotiation_client"),
    )
)


@dataclass(frozen=True)
class Kind:
    """How a server's certificate differs from a good one."""

    trusted: bool = True
    right_name: bool = True
    long_key: bool = True
    sha1: bool = False
    giant: bool = False
    ends_soon: bool = False
    with_ocsp: bool = False
    own_prime: bool = False
    settings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, planted: frozenset[str], category: str = "web-tls") -> "Kind":
        """The certificate and TLS settings that go with the defects of a site or mail server."""
        found = {one.partition(".")[2] for one in planted if one.startswith(f"{category}.")}
        return cls(
            trusted="cert_trust" not in found,
            right_name="cert_hostmatch" not in found,
            long_key="cert_pubkey" not in found,
            sha1="cert_signature" in found,
            giant="trouble.web_giant_certificate" in planted,
            ends_soon=f"{category.partition('-')[0]}-extra.cert_expiry" in planted,
            with_ocsp="ocsp_stapling" in found or "trait.stapled" in planted,
            own_prime="fs_params" in found,
            settings=frozenset(found & SETTINGS),
        )

    @property
    def certificate(self) -> str:
        """What makes the certificate differ; how TLS is set does not."""
        return str(replace(self, settings=frozenset()))

    @property
    def ciphers(self) -> str:
        """The suites in the words of OpenSSL, with its policy off where the fault needs that."""
        wanted = GOOD_CIPHERS
        if self.settings & {"tls_ciphers", "tls_version"}:
            wanted += INSUFFICIENT_CIPHERS
        if "tls_cipher_order" in self.settings:
            wanted += OLD_CIPHERS
        if self.own_prime:
            wanted += FINITE_CIPHERS
        refused = not self.long_key or self.sha1 or self.settings & {"tls_version", "kex_hash_func"}
        return wanted + (NO_POLICY if refused else "")

    @property
    def options(self) -> int:
        """The options of OpenSSL."""
        found = ssl.OP_NO_COMPRESSION
        if "tls_cipher_order" not in self.settings:
            found |= ssl.OP_CIPHER_SERVER_PREFERENCE
        if "extended_master_secret" in self.settings:
            found |= NO_EXTENDED_MASTER_SECRET
        if "renegotiation_client" in self.settings:
            return found | ALLOW_CLIENT_RENEGOTIATION
        return found | ssl.OP_NO_RENEGOTIATION


@dataclass(frozen=True)
class Authority:
    """A root, the intermediate under it and the intermediate's key."""

    root: x509.Certificate
    intermediate: x509.Certificate
    key: rsa.RSAPrivateKey


class Certificates:
    """Makes certificates in a folder and keeps them there until 30 days before they end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = datetime.now(UTC)
        self._contexts: dict[tuple[str, Kind], ssl.SSLContext] = {}

    @property
    def ca_file(self) -> Path:
        """The root that measuring programs should trust, as PEM."""
        return self._folder / "lab-root.pem"

    @cached_property
    def trusted(self) -> Authority:
        """The authority whose root is the CA file."""
        return self._authority("lab", "Oefeninternet")

    @cached_property
    def stranger(self) -> Authority:
        """An authority that nobody trusts."""
        return self._authority("stranger", "Onbekende Uitgever")

    @property
    def key_hashes(self) -> tuple[str, str]:
        """SHA-256 of the public keys of good servers and of who issues for them, in hex."""
        keys = (self._server_key.public_key(), self.trusted.key.public_key())
        spki = (key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for key in keys)
        server, issuer = (hashlib.sha256(one).hexdigest() for one in spki)
        return server, issuer

    def context(self, name: str, kind: Kind) -> ssl.SSLContext:
        """A server context for a name, with the faults that the kind asks for; made once."""
        if (name, kind) not in self._contexts:
            self._contexts[name, kind] = self._context(name, kind)
        return self._contexts[name, kind]

    def _context(self, name: str, kind: Kind) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers(kind.ciphers)
        context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
        context.options |= kind.options
        old = "tls_version" in kind.settings
        _set_minimum(context, ssl.TLSVersion.TLSv1 if old else ssl.TLSVersion.TLSv1_2)
        context.load_cert_chain(self._server_file(name, kind))
        if kind.own_prime:
            context.load_dh_params(str(self._prime_file()))
        return context

    def credentials(self, name: str, kind: Kind) -> Credentials:
        """What a hand-built server needs of a good certificate: its chain and its key."""
        data = self._server_file(name, kind).read_bytes()
        chain = x509.load_pem_x509_certificates(data)
        return Credentials(tuple(one.public_bytes(Encoding.DER) for one in chain), self._server_key)

    def staple(self, name: str, kind: Kind) -> bytes:
        """An OCSP answer in DER: this certificate is good, says who issued it."""
        leaf = x509.load_der_x509_certificate(self.credentials(name, kind).chain[0])
        issuer = self.trusted.intermediate
        until = self._now + timedelta(days=DAYS_OF_STAPLE)
        answer = ocsp.OCSPResponseBuilder().add_response(
            leaf, issuer, hashes.SHA256(), ocsp.OCSPCertStatus.GOOD, self._now, until, None, None
        )
        signed = answer.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer)
        return signed.sign(self.trusted.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _prime_file(self) -> Path:
        path = self._folder / "prime.pem"
        # PKCS #3: the prime and its generator.
        prime = b"\0" + OWN_PRIME.to_bytes((OWN_PRIME.bit_length() + 7) // 8, "big")
        both = base64.encodebytes(_der(0x30, _der(0x02, prime) + _der(0x02, b"\x02")))
        frame = b"-----%s DH PARAMETERS-----\n"
        _write_private(path, frame % b"BEGIN" + both + frame % b"END")
        return path

    def _server_file(self, name: str, kind: Kind) -> Path:
        issuer = self.trusted if kind.trusted else self.stranger
        serial = f"{name} {kind.certificate} {issuer.intermediate.serial_number}"
        path = self._folder / f"server-{hashlib.sha256(serial.encode()).hexdigest()[:24]}.pem"
        if not _is_fresh(path, self._now):
            key = self._key_for(kind)
            leaf = self._server_certificate(name, kind, issuer, key)
            chain = leaf + issuer.intermediate.public_bytes(Encoding.PEM)
            _write_private(path, chain + _key_pem(key))
        return path

    @cached_property
    def _server_key(self) -> ec.EllipticCurvePrivateKey:
        return self._kept_key("server", _new_ec)

    def _key_for(self, kind: Kind) -> PrivateKey:
        if kind.own_prime:
            return self._rsa_key
        return self._server_key if kind.long_key else self._short_key

    @cached_property
    def _rsa_key(self) -> rsa.RSAPrivateKey:
        return self._kept_key("rsa", lambda: _new_rsa(2048))

    @cached_property
    def _short_key(self) -> rsa.RSAPrivateKey:
        return self._kept_key("short", lambda: _new_rsa(1024))

    def _server_certificate(
        self, name: str, kind: Kind, issuer: Authority, key: PrivateKey
    ) -> bytes:
        names = [name] if kind.right_name else [f"andere-site.{name.partition('.')[2]}"]
        if kind.giant:
            names += [f"naam-{number}.{name}" for number in range(GIANT_NAMES)]
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        days = LAST_DAYS if kind.ends_soon else DAYS_OF_SERVER - 1
        builder = (
            self._builder(names[0][:64], issuer.intermediate, key, days, DAYS_OF_SERVER - days)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
            .add_extension(usage, False)
        )
        if kind.with_ocsp:
            builder = builder.add_extension(_ocsp_address(), False)
        leaf = builder.sign(issuer.key, hashes.SHA256())
        return _signed_with_sha1(leaf, issuer.key) if kind.sha1 else leaf.public_bytes(Encoding.PEM)

    def _authority(self, slug: str, title: str) -> Authority:
        root_key = self._kept_key(f"{slug}-root", _new_ec)
        key = self._kept_key(f"{slug}-issuer", lambda: _new_rsa(3072))
        root_path = self._folder / f"{slug}-root.pem"
        path = self._folder / f"{slug}-issuer.pem"
        if not (_is_fresh(root_path, self._now) and _is_fresh(path, self._now)):
            root = self._ca(f"{title} root", None, root_key, root_key)
            issuer = self._ca(f"{title} CA 1", root, key, root_key)
            _write_private(root_path, root.public_bytes(Encoding.PEM))
            _write_private(path, issuer.public_bytes(Encoding.PEM))
        root, issuer = (
            x509.load_pem_x509_certificate(one.read_bytes()) for one in (root_path, path)
        )
        return Authority(root, issuer, key)

    def _ca(
        self,
        title: str,
        issuer: x509.Certificate | None,
        key: PrivateKey,
        signing_key: ec.EllipticCurvePrivateKey,
    ) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        constraints = x509.BasicConstraints(ca=True, path_length=0 if issuer else None)
        builder = self._builder(title, issuer, key, 365 * YEARS_OF_AUTHORITY)
        builder = builder.add_extension(constraints, True).add_extension(usage, True)
        return builder.sign(signing_key, hashes.SHA256())

    def _builder(
        self,
        title: str,
        issuer: x509.Certificate | None,
        key: PrivateKey,
        days: int,
        age: int = 1,
    ) -> x509.CertificateBuilder:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
        public = key.public_key()
        above = cast(PublicKey, issuer.public_key()) if issuer else public
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(days=age))
            .not_valid_after(self._now + timedelta(days=days))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above), False)
        )

    def _kept_key(self, slug: str, make: Callable[[], Key]) -> Key:
        path = self._folder / f"{slug}-key.pem"
        if path.exists():
            return cast(Key, load_pem_private_key(path.read_bytes(), None))
        key = make()
        _write_private(path, _key_pem(key))
        return key


def _new_ec() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _new_rsa(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def _ocsp_address() -> x509.AuthorityInformationAccess:
    place = x509.UniformResourceIdentifier(OCSP_ADDRESS)
    found = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
    return x509.AuthorityInformationAccess([found])


def _set_minimum(context: ssl.SSLContext, version: ssl.TLSVersion) -> None:
    with warnings.catch_warnings():
        # TLS 1.0 is what some servers here must speak.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = version


def _is_fresh(path: Path, now: datetime) -> bool:
    try:
        first = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return False
    return first.not_valid_after_utc - now > RENEW_WITHIN


def _key_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write_private(path: Path, data: bytes) -> None:
    """Write in one move, so that a killed lab leaves no half a key behind."""
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_bytes(data)
    draft.replace(path)


def _signed_with_sha1(leaf: x509.Certificate, key: rsa.RSAPrivateKey) -> bytes:
    """The same certificate signed again with SHA-1, put together by hand as PEM.

    The library rightly refuses to make one; the two object identifiers are equally long, so
    that no length inside the signed part changes (RFC 5280 section 4.1).
    """
    body = leaf.tbs_certificate_bytes.replace(SHA256_WITH_RSA, SHA1_WITH_RSA, 1)
    signature = key.sign(body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 (planted defect)
    algorithm = _der(0x30, SHA1_WITH_RSA + _der(0x05, b""))
    whole = _der(0x30, body + algorithm + _der(0x03, b"\0" + signature))
    return ssl.DER_cert_to_PEM_cert(whole).encode()


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
