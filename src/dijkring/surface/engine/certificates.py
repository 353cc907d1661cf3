# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From DER bytes to the few facts of a certificate that the checks ask for."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256, sha512
from itertools import zip_longest

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import Certificate

LARGEST = 65_536
MOST_NAMES = 2_000
# What reading a certificate may raise on bytes of a stranger.
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion)


def describe_chain(chain: Sequence[bytes]) -> tuple[Certificate, ...]:
    """Read a chain as sent, its own certificate first, and check who signed whom."""
    return tuple(
        replace(describe(der), signed_by_next=is_signed_by(der, above))
        for der, above in zip_longest(chain, chain[1:], fillvalue=b"")
    )


@lru_cache(128)
def is_signed_by(der: bytes, above: bytes) -> bool:
    """Tell whether one certificate was issued by the other; no for what cannot be read."""
    if not above or max(len(der), len(above)) > LARGEST:
        return False
    try:
        issuer = x509.load_der_x509_certificate(above)
        x509.load_der_x509_certificate(der).verify_directly_issued_by(issuer)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


@lru_cache(128)
def describe(der: bytes) -> Certificate:
    """Read one DER certificate; ProbeError certificate_unreadable for what cannot be read."""
    if len(der) > LARGEST:
        raise ProbeError("certificate_too_large", str(len(der)))
    try:
        return _facts(x509.load_der_x509_certificate(der))
    except UNREADABLE as error:
        raise ProbeError("certificate_unreadable", clean(str(error), 200)) from None


def _facts(certificate: x509.Certificate) -> Certificate:
    kind, bits, curve = _key(certificate)
    spki = _key_bytes(certificate)
    return Certificate(
        subject=clean(certificate.subject.rfc4514_string(), 500),
        issuer=clean(certificate.issuer.rfc4514_string(), 500),
        not_before=certificate.not_valid_before_utc.isoformat(),
        not_after=certificate.not_valid_after_utc.isoformat(),
        dns_names=_dns_names(certificate),
        key_type=kind,
        key_bits=bits,
        curve=curve,
        signature_hash=_signature_hash(certificate),
        self_signed=_is_self_signed(certificate),
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        sha512=certificate.fingerprint(SHA512()).hex(),
        key_sha256=sha256(spki).hexdigest() if spki else "",
        key_sha512=sha512(spki).hexdigest() if spki else "",
        ocsp=_has_ocsp(certificate),
    )


def _key_bytes(certificate: x509.Certificate) -> bytes:
    """The SubjectPublicKeyInfo in DER; b"" for a key that cannot be read."""
    try:
        key = certificate.public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except UNREADABLE:
        return b""


def _key(certificate: x509.Certificate) -> tuple[str, int, str]:
    """Type, size in bits and curve of the public key; ("unknown", 0, "") when unreadable."""
    try:
        key = certificate.public_key()
    except UNREADABLE:
        return "unknown", 0, ""
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ec", key.key_size, key.curve.name
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa", key.key_size, ""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ed25519", 256, ""
    if isinstance(key, ed448.Ed448PublicKey):
        return "ed448", 456, ""
    return ("dsa", key.key_size, "") if isinstance(key, dsa.DSAPublicKey) else ("unknown", 0, "")


def _signature_hash(certificate: x509.Certificate) -> str:
    """Name of the hash under the signature; "intrinsic" for EdDSA, "unknown" else."""
    try:
        found = certificate.signature_hash_algorithm
    except UNREADABLE:
        return "unknown"
    return found.name if found else "intrinsic"


def _dns_names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        found = names.value.get_values_for_type(x509.DNSName)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, *UNREADABLE):
        return ()
    return tuple(clean(name, 300).lower() for name in found[:MOST_NAMES])


def _has_ocsp(certificate: x509.Certificate) -> bool:
    try:
        known = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, *UNREADABLE):
        return False
    return any(one.access_method == AuthorityInformationAccessOID.OCSP for one in known.value)


def _is_self_signed(certificate: x509.Certificate) -> bool:
    if certificate.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except InvalidSignature:
        return False
    except UNREADABLE:
        # An old algorithm that cannot be checked here: the names are all there is to go by.
        return True
    return True
