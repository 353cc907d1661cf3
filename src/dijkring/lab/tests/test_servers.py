# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Websites and mail servers over real connections, healthy and with each planted defect."""

import smtplib
import socket
import ssl
import warnings
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa

from dijkring.lab.tests.conftest import Caller

Plant = Callable[[str, str], None]
WWW = "www.gezond.example"
HEADER_OF = {
    "web-tls.https_hsts": "Strict-Transport-Security: max-age=31536000",
    "web-appsecpriv.http_csp": "Content-Security-Policy: default-src 'self'",
    "web-appsecpriv.http_x_content_type": "X-Content-Type-Options: nosniff",
    "web-appsecpriv.http_x_frame": "X-Frame-Options: DENY",
    "web-appsecpriv.http_referrer_policy": "Referrer-Policy: no-referrer",
}


def anyhow() -> ssl.SSLContext:
    """A context that accepts every certificate and every strength."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def leaf(caller: Caller, name: str) -> x509.Certificate:
    with caller.dial(name, 443) as plain, anyhow().wrap_socket(plain, server_hostname=name) as line:
        return x509.load_der_x509_certificate(line.getpeercert(binary_form=True) or b"")


def test_a_healthy_site(caller: Caller) -> None:
    page = caller.get(WWW)
    assert page.startswith("HTTP/1.1 200 OK\r\n")
    assert all(header in page for header in HEADER_OF.values())
    redirect = caller.get_plain(WWW, "/pagina")
    assert redirect.startswith("HTTP/1.1 301 ")
    assert f"Location: https://{WWW}/pagina\r\n" in redirect
    assert "Contact: mailto:" in caller.get(WWW, "/.well-known/security.txt")
    assert caller.get(WWW, "/niets").startswith("HTTP/1.1 404 ")


def test_a_site_answers_over_ipv6(caller: Caller) -> None:
    assert caller.get_plain(WWW, family="AAAA").startswith("HTTP/1.1 301 ")


@pytest.mark.parametrize(("defect", "header"), HEADER_OF.items())
def test_a_missing_header(caller: Caller, planted: Plant, defect: str, header: str) -> None:
    planted(WWW, defect)
    assert header not in caller.get(WWW)


def test_no_security_txt(caller: Caller, planted: Plant) -> None:
    planted(WWW, "web-appsecpriv.http_securitytxt")
    assert caller.get(WWW, "/.well-known/security.txt").startswith("HTTP/1.1 404 ")


def test_https_not_forced(caller: Caller, planted: Plant) -> None:
    planted(WWW, "web-tls.https_forced")
    assert caller.get_plain(WWW).startswith("HTTP/1.1 200 ")


def test_port_443_refuses_and_opens_again(caller: Caller, planted: Plant) -> None:
    planted(WWW, "web-tls.https_exists")
    with pytest.raises(ConnectionRefusedError):
        caller.dial(WWW, 443)
    assert caller.get_plain(WWW).startswith("HTTP/1.1 200 ")
    caller.lab.mend_name(WWW, "web-tls.https_exists")
    assert caller.get(WWW).startswith("HTTP/1.1 200 ")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_only_where_planted(caller: Caller, version: ssl.TLSVersion) -> None:
    context = anyhow()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    assert caller.get("oud.gezond.example", context=context).startswith("HTTP/1.1 200 ")
    with pytest.raises((ssl.SSLError, ConnectionError)):
        caller.get(WWW, context=context)


@pytest.mark.parametrize("defect", ["web-tls.cert_trust", "web-tls.cert_hostmatch"])
def test_a_certificate_that_cannot_be_trusted(caller: Caller, planted: Plant, defect: str) -> None:
    planted(WWW, defect)
    with pytest.raises(ssl.SSLCertVerificationError):
        caller.get(WWW)
    without_name = caller.context()
    without_name.check_hostname = False
    if defect == "web-tls.cert_hostmatch":
        assert caller.get(WWW, context=without_name).startswith("HTTP/1.1 200 ")
    else:
        with pytest.raises(ssl.SSLCertVerificationError):
            caller.get(WWW, context=without_name)


def test_a_short_key(caller: Caller, planted: Plant) -> None:
    planted(WWW, "web-tls.cert_pubkey")
    key = leaf(caller, WWW).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 1024


def test_a_sha1_signature_that_verifies(caller: Caller, planted: Plant) -> None:
    planted(WWW, "web-tls.cert_signature")
    assert isinstance(leaf(caller, WWW).signature_hash_algorithm, hashes.SHA1)
    lenient = caller.context()
    lenient.set_ciphers("ALL:@SECLEVEL=0")
    assert caller.get(WWW, context=lenient).startswith("HTTP/1.1 200 ")


def test_a_silent_site(caller: Caller, planted: Plant) -> None:
    planted(WWW, "trouble.web_timeout")
    with caller.dial(WWW, 443) as line:
        line.settimeout(0.3)
        line.sendall(b"hallo")
        with pytest.raises(TimeoutError):
            line.recv(1)


def test_a_resetting_site(caller: Caller, planted: Plant) -> None:
    planted(WWW, "trouble.web_reset")
    with pytest.raises(ConnectionResetError):
        caller.get(WWW)


def test_a_malformed_server_hello(caller: Caller, planted: Plant) -> None:
    planted(WWW, "trouble.web_malformed_hello")
    with pytest.raises(ssl.SSLError):
        caller.get(WWW)


def test_a_giant_certificate(caller: Caller, planted: Plant) -> None:
    planted(WWW, "trouble.web_giant_certificate")
    with pytest.raises(ssl.SSLError, match=r"(?i)excessive"):
        caller.get(WWW, context=anyhow())


@pytest.mark.parametrize(
    ("trouble", "beginning"),
    [
        ("trouble.web_endless_headers", b"X-Nog-Een-"),
        ("trouble.web_slow_drip", b"H"),
        ("trouble.web_gzip_bomb", b"Content-Encoding: gzip"),
    ],
)
def test_a_hostile_reply(caller: Caller, planted: Plant, trouble: str, beginning: bytes) -> None:
    planted(WWW, trouble)
    with (
        caller.dial(WWW, 443) as plain,
        anyhow().wrap_socket(plain, server_hostname=WWW) as line,
    ):
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        received = b""
        while beginning not in received:
            received += line.recv(1000)
    assert len(received) < 10_000


def smtp(caller: Caller) -> smtplib.SMTP:
    with caller.dial("mail.gezond.example", 25) as line:
        host, port = line.getpeername()[:2]
    session = smtplib.SMTP(host, port, timeout=5)
    # The name that the certificate is checked against.
    session._host = "mail.gezond.example"  # type: ignore[attr-defined]
    return session


def test_a_mail_server_encrypts_and_takes_nothing(caller: Caller) -> None:
    with smtp(caller) as session:
        assert session.starttls(context=caller.context())[0] == 220
        assert isinstance(session.sock, ssl.SSLSocket)
        assert session.ehlo()[0] == 250
        assert not session.has_extn("starttls")
        assert session.mail("iemand@gezond.example")[0] == 550
        assert session.rcpt("iemand@gezond.example")[0] == 550


def test_a_mail_server_without_starttls(caller: Caller, planted: Plant) -> None:
    planted("gezond.example", "mail-tls.starttls_exists")
    with smtp(caller) as session:
        session.ehlo()
        assert not session.has_extn("starttls")
        assert session.docmd("STARTTLS")[0] == 502


def test_a_mail_server_that_turns_us_away(caller: Caller, planted: Plant) -> None:
    planted("gezond.example", "trouble.smtp_turns_away")
    with pytest.raises(smtplib.SMTPConnectError) as refusal:
        smtp(caller)
    assert refusal.value.smtp_code == 421


def test_a_silent_mail_server(caller: Caller, planted: Plant) -> None:
    planted("gezond.example", "trouble.smtp_timeout")
    with caller.dial("mail.gezond.example", 25) as line:
        line.settimeout(0.3)
        with pytest.raises(socket.timeout):
            line.recv(1)


@pytest.mark.parametrize(
    ("defect", "name", "value"),
    [
        ("mail-auth.dmarc_policy", "_dmarc.gezond.example", "p=none"),
        ("mail-auth.spf_policy", "gezond.example", "?all"),
    ],
)
def test_weak_mail_policies(
    caller: Caller, planted: Plant, defect: str, name: str, value: str
) -> None:
    assert value not in caller.first(name, "TXT")
    planted("gezond.example", defect)
    assert value in caller.first(name, "TXT")


def test_no_dkim(caller: Caller, planted: Plant) -> None:
    planted("gezond.example", "mail-auth.dkim")
    assert caller.ask("_domainkey.gezond.example", "TXT").rcode().name == "NXDOMAIN"


def test_no_spf_and_no_dmarc(caller: Caller) -> None:
    assert not caller.ask("kaal.example", "TXT").answer
    assert caller.ask("_dmarc.kaal.example", "TXT").rcode().name == "NXDOMAIN"
    assert caller.first("kaal.example", "MX") == "10 mail.gezond.example."
