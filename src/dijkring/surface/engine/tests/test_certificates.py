# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dijkring.surface.engine.certificates import LARGEST, describe, describe_chain
from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.tests.seen import NAME

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def made(key: Key, signed_with: hashes.SHA256 | hashes.SHA512 | None, issuer: str = NAME) -> bytes:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(NAME))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
    )
    return builder.sign(key, signed_with).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("key", "signed_with", "facts"),
    [
        (
            lambda: rsa.generate_private_key(65537, 2048),
            hashes.SHA256(),
            ("rsa", 2048, "", "sha256"),
        ),
        (
            lambda: ec.generate_private_key(ec.SECP384R1()),
            hashes.SHA512(),
            ("ec", 384, "secp384r1", "sha512"),
        ),
        (ed25519.Ed25519PrivateKey.generate, None, ("ed25519", 256, "", "intrinsic")),
    ],
)
def test_keys_and_signatures(
    key: Callable[[], Key], signed_with: hashes.SHA256 | None, facts: tuple[str, int, str, str]
) -> None:
    seen = describe(made(key(), signed_with))
    assert (seen.key_type, seen.key_bits, seen.curve, seen.signature_hash) == facts
    assert seen.self_signed
    assert seen.subject == f"CN={NAME}"


def test_same_name_but_another_key_is_not_self_signed() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert not describe(made(key, hashes.SHA256(), issuer="iemand anders")).self_signed


def test_a_chain_tells_who_signed_whom() -> None:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    own, stranger = made(key, hashes.SHA256()), made(other, hashes.SHA256())
    assert [one.signed_by_next for one in describe_chain([own, own, stranger])] == [
        True,
        False,
        False,
    ]
    assert len(describe(own).key_sha512) == len(describe(own).sha512) == 128


def test_names_come_from_the_extension(certificate_file: Path) -> None:
    assert describe(first_der(certificate_file)).dns_names == (NAME,)


def first_der(path: Path) -> bytes:
    text = path.read_text()
    return ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN CERTIFICATE") :])


def test_a_giant_certificate_is_not_even_read() -> None:
    with pytest.raises(ProbeError, match="certificate_too_large"):
        describe(bytes(LARGEST + 1))


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 400), byte=st.integers(0, 255), cut=st.integers(0, 500))
def test_damaged_certificates_are_read_or_refused(
    certificate_file: Path, at: int, byte: int, cut: int
) -> None:
    der = bytearray(first_der(certificate_file))
    der[at % len(der)] = byte
    reason = ""
    try:
        describe(bytes(der[: len(der) - cut % 7]))
    except ProbeError as error:
        reason = error.reason
    assert reason in ("", "certificate_unreadable")
