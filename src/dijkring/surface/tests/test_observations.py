# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From results of the engine to observations: stable, and a failing lookup loses no address."""

from datetime import UTC, datetime

from dijkring.evidence.services.rounds import Observation
from dijkring.surface.engine import Result
from dijkring.surface.services.measuring import observations, stable

AT = datetime(2026, 11, 21, tzinfo=UTC)
TLS, SPF = "web-tls.tls_version", "mail-auth.spf"


def result(subject: str, state: str, check: str = TLS) -> Result:
    return Result(subject, check, state, AT, {"reason": "dns_timeout"})  # type: ignore[arg-type]


def seen(results: list[Result], known: dict[str, set[str]]) -> list[tuple[str, str]]:
    return sorted((one.subject, one.state) for one in observations(results, known))


def test_known_addresses_get_the_attempt_of_a_failed_lookup() -> None:
    known = {f"surface.{TLS}": {"a.example/192.0.2.1", "a.example/2001:db8::1"}}
    lost = [result("a.example", "not_measured")]
    assert seen(lost, known) == [
        ("a.example/192.0.2.1", "not_measured"),
        ("a.example/2001:db8::1", "not_measured"),
    ]
    half = [result("a.example/192.0.2.1", "pass"), *lost]
    assert seen(half, known) == [
        ("a.example/192.0.2.1", "pass"),
        ("a.example/2001:db8::1", "not_measured"),
    ]


def test_a_first_lookup_that_fails_is_about_the_name() -> None:
    assert seen([result("a.example", "not_measured")], {}) == [("a.example", "not_measured")]


def test_a_definite_answer_about_the_name_stays() -> None:
    known = {f"surface.{TLS}": {"a.example/192.0.2.1"}}
    assert seen([result("a.example", "not_applicable")], known) == [("a.example", "not_applicable")]


def test_a_check_on_the_domain_itself_is_not_spread() -> None:
    known = {f"surface.{SPF}": {"a.example"}}
    assert seen([result("a.example", "not_measured", SPF)], known) == [
        ("a.example", "not_measured")
    ]


def test_what_differs_on_every_visit_is_left_out() -> None:
    def text(policy: str) -> str:
        return stable(Observation("x", "y", "pass", {"seen": {"value": [policy], "n": 3}})).text

    assert text("script-src 'nonce-abc123=' 'self'") == text("script-src 'nonce-zzz999=' 'self'")
    assert text("script-src 'nonce-abc123=' 'self'") != text("script-src 'self'")
