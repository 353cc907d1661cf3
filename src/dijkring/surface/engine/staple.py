# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a stapled OCSP answer (RFC 6960)."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from dijkring.surface.engine.certificates import UNREADABLE
from dijkring.surface.engine.observations import Staple

LARGEST = 65_536
STATES = {
    ocsp.OCSPCertStatus.GOOD: "good",
    ocsp.OCSPCertStatus.REVOKED: "revoked",
    ocsp.OCSPCertStatus.UNKNOWN: "unknown",
}


def describe_staple(der: bytes, chain: Sequence[bytes]) -> Staple:
    """Read an OCSP answer about the first certificate of a chain; `unreadable` when it is not.

    It counts as signed when the issuer in the chain signed it, or somebody whom that issuer gave
    a certificate for signing OCSP answers (section 4.2.2.2).
    """
    if len(der) > LARGEST:
        return Staple("unreadable", signed=False)
    try:
        return _read(ocsp.load_der_ocsp_response(der), chain)
    except UNREADABLE:
        return Staple("unreadable", signed=False)


def _read(answer: ocsp.OCSPResponse, chain: Sequence[bytes]) -> Staple:
    if answer.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        return Staple("unreadable", signed=False)
    leaf = x509.load_der_x509_certificate(chain[0]) if chain else None
    if leaf is None or answer.serial_number != leaf.serial_number:
        return Staple("unknown", signed=False)
    until = answer.next_update_utc
    signed = len(chain) > 1 and _is_signed(answer, x509.load_der_x509_certificate(chain[1]))
    return Staple(STATES[answer.certificate_status], signed, until.isoformat() if until else "")


def _is_signed(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    for signer in (issuer, *answer.certificates):
        if signer is not issuer and not _may_sign(signer, issuer):
            continue
        try:
            _verify(answer, signer)
        except (InvalidSignature, *UNREADABLE):
            continue
        return True
    return False


def _may_sign(signer: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        signer.verify_directly_issued_by(issuer)
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (InvalidSignature, x509.ExtensionNotFound, *UNREADABLE):
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage.value


def _verify(answer: ocsp.OCSPResponse, signer: x509.Certificate) -> None:
    key, digest = signer.public_key(), answer.signature_hash_algorithm
    if digest is None:
        raise InvalidSignature
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
    else:
        raise InvalidSignature
