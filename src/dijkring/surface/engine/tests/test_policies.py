# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parsers of TLSA and CAA records: what is read, and that no bytes break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import caa, dane, dnswire, mailpolicies
from dijkring.surface.engine.tests.replies import reply

GOOD = """version: STSv1
mode: enforce
mx: mail.b.example
mx: *.c.example
max_age: 604800
"""


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("3 1 1 AB", dane.Tlsa(3, 1, 1, "ab")),
        ("4 1 1 ab", None),
        ("3 2 1 ab", None),
        ("3 1 3 ab", None),
        ("3 1 1 ", None),
        ("3 1 1", None),
        ("v=spf1 -all", None),
    ],
)
def test_tlsa_records(text: str, record: dane.Tlsa | None) -> None:
    assert dane.parse(text) == record


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ('0 issue "ca.example"', caa.Caa(0, "issue", "ca.example")),
        ('0 ISSUE ";"', caa.Caa(0, "issue", ";")),
        ('128 issuewild "ca.example; a=b; c=d"', caa.Caa(128, "issuewild", "ca.example; a=b; c=d")),
        ('0 nieuw "wat \\"dan\\" ook"', caa.Caa(0, "nieuw", 'wat \\"dan\\" ook')),
        ('0 issue "ca example"', None),
        ('0 issue "-"', None),
        ('256 issue "ca.example"', None),
        ("0 issue ca.example", None),
    ],
)
def test_caa_records(text: str, record: caa.Caa | None) -> None:
    assert caa.parse(text) == record


@given(st.text())
def test_any_text_is_a_record_or_none(text: str) -> None:
    assert dane.parse(text) is None or text.isascii()
    assert caa.parse(f'0 issue "{text}"') is None or '"' not in text.replace('\\"', "")


@given(st.sampled_from(["TLSA", "CAA", "TXT", "MX", "NS"]), st.binary(max_size=300))
def test_any_bytes_of_a_record_end_in_text_or_a_known_error(rdtype: str, wire: bytes) -> None:
    try:
        (text,) = dnswire.read(reply("a.example", rdtype, wire), rdtype).records
    except dnswire.MalformedAnswer:
        return
    assert text.isprintable()
    assert dane.parse(text) is None or rdtype == "TLSA"


@pytest.mark.parametrize(
    ("record", "addresses"),
    [
        ("v=TLSRPTv1; rua=mailto:a@b.example", ["mailto:a@b.example"]),
        (
            "v=TLSRPTv1;rua=mailto:a@b,https://c.example/d;",
            ["mailto:a@b", "https://c.example/d"],
        ),
        ("v=TLSRPTv1; rua=", None),
        ("v=TLSRPTv1", None),
        ("v=TLSRPTv2; rua=mailto:a@b", None),
    ],
)
def test_tls_rpt_records(record: str, addresses: list[str] | None) -> None:
    assert mailpolicies.report_addresses(record) == addresses


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        (GOOD, mailpolicies.Policy("enforce", ("mail.b.example", "*.c.example"), 604800)),
        (GOOD.replace("\n", "\r\n"), mailpolicies.parse_policy(GOOD)),
        (f"{GOOD}nieuw: veld\n", mailpolicies.parse_policy(GOOD)),
        ("version: STSv1\nmode: none\nmax_age: 0\n", mailpolicies.Policy("none", (), 0)),
        (GOOD.replace("mx: ", "my: "), None),
        (GOOD.replace("STSv1", "STSv2"), None),
        (GOOD.replace("604800", "99999999999"), None),
        (GOOD.replace("604800", "-1"), None),
        (f"{GOOD}geen veld\n", None),
        ("", None),
    ],
)
def test_mta_sts_policies(text: str, policy: mailpolicies.Policy | None) -> None:
    assert mailpolicies.parse_policy(text) == policy


@given(st.text())
def test_any_text_is_a_policy_or_none(text: str) -> None:
    assert mailpolicies.parse_policy(text) is None
    found = mailpolicies.report_addresses(f"v=TLSRPTv1; rua={text}")
    assert found is None or all(found)


def test_a_whole_certificate_in_dns_is_kept_as_its_hash() -> None:
    data = reply("a.example", "TLSA", bytes([3, 0, 0]) + b"\xab" * 3000)
    (text,) = dnswire.read(data, "TLSA").records
    assert len(text) == len("3 0 0 ") + 64
