# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own reading of DNS answers says what dnspython says, and no bytes break it."""

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import dnswire
from dijkring.surface.engine.dnswire import Answer, MalformedAnswer
from dijkring.surface.engine.tests.replies import reply

NAME = "www.dijkerveen.example"
# Records in text, as a zone has them; what comes out must be what dnspython makes of them.
RECORDS = [
    ("A", ["192.0.2.9", "192.0.2.10"]),
    ("AAAA", ["2001:db8::1", "2001:DB8:0:0:1:0:0:0"]),
    ("NS", ["ns1.sluisdns.example.", "NS2.Sluisdns.Example."]),
    ("MX", ["10 mail.dijkerveen.example.", "0 ."]),
    ("MX", ["5 post\\.bus.example.", "5 p\\010q.example.", "7 a\\@b.example."]),
    ("CAA", ['0 issue "ca.example; accounturi=https://ca.example/1"', '128 nieuw "\\"x\\""']),
    ("SOA", ["ns1.example. hostmaster.example. 1 2 3 4 5"]),
    ("TLSA", ["3 1 1 " + "ab" * 32]),
]


def answer_of(rdtype: str, texts: list[str], aliases: tuple[str, ...] = ()) -> dns.message.Message:
    """An answer in which the name leads over aliases to the records."""
    message = dns.message.make_response(dns.message.make_query(NAME, rdtype))
    owner = f"{NAME}."
    for alias in aliases:
        message.answer.append(dns.rrset.from_text(owner, 60, "IN", "CNAME", alias))
        owner = alias
    if texts:
        message.answer.append(dns.rrset.from_text(owner, 60, "IN", rdtype, *texts))
    return message


@pytest.mark.parametrize(("rdtype", "texts"), RECORDS)
def test_records_read_as_dnspython_writes_them(rdtype: str, texts: list[str]) -> None:
    wire = answer_of(rdtype, texts).to_wire()
    message = dns.message.from_wire(wire)
    known = Answer(0, int(message.flags), tuple(sorted(map(str, message.answer[0]))))
    assert dnswire.read(wire, rdtype) == known


def test_strings_of_a_text_are_joined() -> None:
    wire = answer_of("TXT", ['"v=spf1 " "-all"', '"\\195\\169\\000"']).to_wire()
    assert dnswire.read(wire, "TXT").records == ("v=spf1 -all", "é\\x00")


def test_aliases_are_followed_to_their_end() -> None:
    led = ("Elders.Example.", "nog-verder.example.")
    found = dnswire.read(answer_of("A", ["192.0.2.9"], led).to_wire(), "A")
    assert (found.records, found.alias) == (("192.0.2.9",), "nog-verder.example")
    dangling = answer_of("A", [], led)
    dangling.set_rcode(dns.rcode.NXDOMAIN)
    found = dnswire.read(dangling.to_wire(), "A")
    assert (found.rcode, found.records, found.alias) == (3, (), "nog-verder.example")


def test_aliases_in_a_ring_are_malformed() -> None:
    message = answer_of("A", [], ("elders.example.", f"{NAME}."))
    with pytest.raises(MalformedAnswer):
        dnswire.read(message.to_wire(), "A")


def test_flags_tell_what_is_validated() -> None:
    message = answer_of("A", ["192.0.2.9"])
    assert not dnswire.read(message.to_wire(), "A").authentic
    message.flags |= dns.flags.AD
    assert dnswire.read(message.to_wire(), "A").authentic


def test_a_query_is_what_dnspython_reads() -> None:
    flags = dnswire.RECURSION_DESIRED | dnswire.AUTHENTIC
    for name in (NAME, "", "_dmarc.a-b.example", "groß.example"):
        message = dns.message.from_wire(dnswire.query(7, name, "TXT", flags))
        assert message.question[0].name == dns.name.from_text(name or ".")
        assert (message.id, message.flags, message.payload) == (7, flags, dnswire.PAYLOAD)


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example", ".".join(["abcdefg"] * 40)])
def test_a_name_that_cannot_be_asked_for_is_a_value_error(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        dnswire.query(7, name, "A")


def test_only_the_answer_to_our_own_question_counts() -> None:
    asked = dnswire.query(7, NAME, "A")
    good = reply(NAME.upper(), "A", bytes(4))
    assert dnswire.answers(good, asked)
    others = [reply("b.example", "A"), reply(NAME, "AAAA"), b"\0\x08" + good[2:], good[:11], b""]
    assert not any(dnswire.answers(one, asked) for one in [*others, asked])


@given(st.binary(max_size=120), st.sampled_from(["A", "MX", "TXT", "CAA", "TLSA", "NS"]))
def test_any_bytes_are_an_answer_or_malformed(data: bytes, rdtype: str) -> None:
    for wire in (data, reply("a.example", rdtype, data), reply("a.example", rdtype) + data):
        try:
            assert all(one.isprintable() for one in dnswire.read(wire, rdtype).records)
        except MalformedAnswer:
            continue
