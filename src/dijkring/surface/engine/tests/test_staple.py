# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stapled OCSP answers: who signed them, about what, and what they say."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine.staple import describe_staple

NOW = datetime(2026, 11, 21, tzinfo=UTC)
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ISSUER, LEAF = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
HELPER = rsa.generate_private_key(65537, 2048)


def certificate(title: str, key: Key, serial: int = 5, signing: bool = False) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (title, "CA")]
    builder = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=9))
    )
    if signing:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(ISSUER, hashes.SHA256())


CA, SITE = certificate("CA", ISSUER, 1), certificate("site", LEAF)
CHAIN = [one.public_bytes(Encoding.DER) for one in (SITE, CA)]


def answer(
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    about: x509.Certificate = SITE,
    key: Key = ISSUER,
    along: x509.Certificate | None = None,
) -> bytes:
    revoked = NOW if status is ocsp.OCSPCertStatus.REVOKED else None
    builder = ocsp.OCSPResponseBuilder().add_response(
        about, CA, hashes.SHA256(), status, NOW, NOW + timedelta(days=4), revoked, None
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, along or CA)
    builder = builder.certificates([along]) if along else builder
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


MAY_SIGN = certificate("helper", HELPER, 7, signing=True)
MAY_NOT = certificate("helper", HELPER, 8)


@pytest.mark.parametrize(
    ("der", "status", "signed"),
    [
        (answer(), "good", True),
        (answer(ocsp.OCSPCertStatus.REVOKED), "revoked", True),
        (answer(ocsp.OCSPCertStatus.UNKNOWN), "unknown", True),
        (answer(key=HELPER, along=MAY_SIGN), "good", True),
        (answer(key=HELPER, along=MAY_NOT), "good", False),
        (answer(key=LEAF, along=SITE), "good", False),
        (answer(about=MAY_NOT), "unknown", False),
        (b"nonsense", "unreadable", False),
        (bytes(70_000), "unreadable", False),
        (
            ocsp.OCSPResponseBuilder.build_unsuccessful(
                ocsp.OCSPResponseStatus.TRY_LATER
            ).public_bytes(Encoding.DER),
            "unreadable",
            False,
        ),
    ],
)
def test_an_answer(der: bytes, status: str, signed: bool) -> None:
    found = describe_staple(der, CHAIN)
    assert (found.status, found.signed) == (status, signed)
    assert found.next_update[:10] in ("2026-11-25", "")


def test_without_an_issuer_nobody_signed() -> None:
    assert not describe_staple(answer(), CHAIN[:1]).signed
    assert describe_staple(answer(), []).status == "unknown"


@given(st.binary(max_size=200), st.integers(0, 200))
def test_any_bytes_are_an_answer_or_unreadable(noise: bytes, at: int) -> None:
    good = answer()
    for der in (noise, good[:at] + noise, good[:at] + noise + good[at + len(noise) :]):
        assert describe_staple(der, CHAIN).status in ("good", "revoked", "unknown", "unreadable")
