# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The resolver as seen over the line: AD, SERVFAIL, CD and proofs of absence."""

import socket

import dns.dnssec
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.lab.records import Address, Builder, quoted
from dijkring.lab.scenario import parse
from dijkring.lab.tests.conftest import SCENARIO, Caller
from dijkring.lab.validator import Status, Validator
from dijkring.lab.zones import Answer

SECURE = [
    (".", "SOA"),
    (".", "DNSKEY"),
    ("example", "NS"),
    ("www.gezond.example", "A"),
    ("www.gezond.example", "AAAA"),
    ("gezond.example", "MX"),
    ("gezond.example", "DS"),
    ("_dmarc.gezond.example", "TXT"),
    ("los.ander.nl", "DS"),
    ("www.ander.nl", "A"),
]


def is_ad(reply: dns.message.Message) -> bool:
    return bool(reply.flags & dns.flags.AD)


@pytest.mark.parametrize(("name", "rdtype"), SECURE)
@pytest.mark.parametrize("tcp", [False, True])
def test_proven_data_has_ad(caller: Caller, name: str, rdtype: str, tcp: bool) -> None:
    assert is_ad(caller.ask(name, rdtype, tcp=tcp))


@pytest.mark.parametrize("name", ["www.kaal.example", "kaal.example", "los.ander.nl"])
def test_unsigned_zones_answer_without_ad(caller: Caller, name: str) -> None:
    reply = caller.ask(name, "A")
    assert reply.rcode() == dns.rcode.NOERROR
    assert reply.answer
    assert not is_ad(reply)


@pytest.mark.parametrize("name", ["www.stuk.example", "kapot.ander.nl", "nergens.stuk.example"])
def test_bogus_data_only_with_checking_disabled(caller: Caller, name: str) -> None:
    checked = caller.ask(name, "A")
    unchecked = caller.ask(name, "A", cd=True)
    assert checked.rcode() == dns.rcode.SERVFAIL
    assert not checked.answer
    assert unchecked.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)
    assert unchecked.flags & dns.flags.CD
    assert not is_ad(unchecked)


@pytest.mark.parametrize("name", ["nergens.gezond.example", "bestaat.niet", "a.b.c.www.ander.nl"])
def test_absence_is_proven(caller: Caller, name: str) -> None:
    reply = caller.ask(name, "A", do=True)
    assert reply.rcode() == dns.rcode.NXDOMAIN
    assert is_ad(reply)
    assert any(rrset.rdtype == dns.rdatatype.NSEC for rrset in reply.authority)


def test_a_name_between_names_exists(caller: Caller) -> None:
    reply = caller.ask("_domainkey.gezond.example", "TXT")
    assert reply.rcode() == dns.rcode.NOERROR
    assert not reply.answer
    assert is_ad(reply)


def test_signatures_only_when_asked_for(caller: Caller) -> None:
    def types(do: bool) -> set[int]:
        return {rrset.rdtype for rrset in caller.ask("www.gezond.example", "A", do=do).answer}

    assert types(do=False) == {dns.rdatatype.A}
    assert types(do=True) == {dns.rdatatype.A, dns.rdatatype.RRSIG}


def test_the_chain_holds_for_an_independent_check(caller: Caller) -> None:
    zone = dns.name.from_text("gezond.example")
    keys = caller.ask("gezond.example", "DNSKEY", do=True).answer[0]
    records, signatures = caller.ask("www.gezond.example", "A", do=True).answer
    dns.dnssec.validate(records, signatures, {zone: keys})
    prints = caller.ask("gezond.example", "DS").answer[0]
    assert dns.dnssec.make_ds(zone, keys[0], "SHA256") == prints[0]


def test_silent_name_servers(caller: Caller) -> None:
    with pytest.raises(dns.exception.Timeout):
        dns.query.udp(
            dns.message.make_query("stil.example", "A"),
            "127.0.0.1",
            timeout=0.3,
            port=int(caller.lab.resolver.rsplit(":", 1)[1]),
        )


def test_large_answers_are_cut_over_udp_and_whole_over_tcp(caller: Caller) -> None:
    caller.lab.publish_txt("groot.gezond.example", "a" * 1500)
    assert caller.ask("groot.gezond.example", "TXT").flags & dns.flags.TC
    assert len(caller.ask("groot.gezond.example", "TXT", tcp=True).answer[0][0].strings) == 6


def test_odd_questions_are_refused(caller: Caller) -> None:
    assert caller.ask("gezond.example", "ANY").rcode() == dns.rcode.REFUSED
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.settimeout(2)
        host, port = caller.lab.resolver.rsplit(":", 1)
        line.sendto(b"\x12\x34\x01\x00\x00\x01" + bytes(6) + b"\xff", (host, int(port)))
        assert line.recv(100)[:4] == b"\x12\x34\x80\x01"


def test_the_authoritative_server_claims_authority(caller: Caller) -> None:
    port = int(caller.lab.lab.authoritative.rsplit(":", 1)[1])
    query = dns.message.make_query("www.stuk.example", "A")
    reply = dns.query.udp(query, "127.0.0.1", timeout=2, port=port)
    assert reply.flags & dns.flags.AA
    assert reply.answer


class Forger:
    """The lab's zones with one answer replaced, as an attacker on the line would."""

    def __init__(self) -> None:
        scenario = parse(SCENARIO)
        planted = {name.name: name.defects for name in scenario.names.values()}
        addresses = {name: Address("192.0.2.1", "2001:db8::1") for name in scenario.names}
        self.zones, root = Builder(scenario, planted, {}, addresses, bytes(32)).zones()
        assert root.signer
        self.validator = Validator(self.answer, root.signer.ds)
        self.forged: dict[tuple[str, str], Answer] = {}

    def answer(self, name: dns.name.Name, rdtype: dns.rdatatype.RdataType) -> Answer | None:
        key = (name.to_text(), dns.rdatatype.to_text(rdtype))
        return self.forged.get(key) or self.zones.answer(name, rdtype)

    def real(self, name: str, rdtype: str) -> Answer:
        found = self.zones.answer(dns.name.from_text(name), dns.rdatatype.from_text(rdtype))
        assert found
        return found

    def status(self, name: str, rdtype: str) -> Status:
        wanted = dns.rdatatype.from_text(rdtype)
        return self.validator.resolve(dns.name.from_text(name), wanted).status


WWW = "www.gezond.example."


def test_a_changed_address_is_bogus() -> None:
    forger = Forger()
    real = forger.real(WWW, "A")
    false = dns.rrset.from_text(WWW, 60, "IN", "A", "192.0.2.66")
    forger.forged[WWW, "A"] = Answer(answer=[false, real.answer[1]])
    assert forger.status(WWW, "A") is Status.BOGUS


def test_a_stripped_signature_is_bogus() -> None:
    forger = Forger()
    forger.forged[WWW, "A"] = Answer(answer=forger.real(WWW, "A").answer[:1])
    assert forger.status(WWW, "A") is Status.BOGUS


def test_a_stripped_ds_does_not_make_a_zone_insecure() -> None:
    forger = Forger()
    forger.forged["gezond.example.", "DS"] = forger.real("kaal.example.", "DS")
    assert forger.status(WWW, "A") is Status.BOGUS


def test_denial_of_a_name_that_exists_is_bogus() -> None:
    forger = Forger()
    forger.forged[WWW, "A"] = forger.real("zzz.gezond.example.", "A")
    assert forger.status(WWW, "A") is Status.BOGUS


def test_denial_of_a_type_that_exists_is_bogus() -> None:
    forger = Forger()
    forger.forged[WWW, "A"] = forger.real(WWW, "HINFO")
    assert forger.status(WWW, "A") is Status.BOGUS


def test_keys_of_a_stranger_are_bogus() -> None:
    forger = Forger()
    forger.forged["gezond.example.", "DNSKEY"] = forger.real("stuk.example.", "DNSKEY")
    assert forger.status(WWW, "A") is Status.BOGUS


@given(st.text(max_size=600).filter(lambda text: "\x00" not in text and text.isprintable()))
def test_any_text_survives_as_a_txt_record(text: str) -> None:
    rrset = dns.rrset.from_text("a.example.", 60, "IN", "TXT", quoted(text))
    assert b"".join(rrset[0].strings).decode() == text
