# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers of registries and lists of them, good and hostile."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dijkring.surface.engine.errors import InputError, ProbeError
from dijkring.surface.engine.observations import Registration
from dijkring.surface.engine.rdap import _parts, read
from dijkring.surface.engine.registries import registries, server_of

NAME = "dijkerveen.nl"
GOOD = {
    "objectClassName": "domain",
    "ldhName": "Dijkerveen.NL.",
    "status": ["clientTransferProhibited", "active"],
    "events": [
        {"eventAction": "last changed", "eventDate": "2025-01-01T00:00:00Z"},
        {"eventAction": "expiration", "eventDate": "2027-03-01T23:30:00+02:00"},
    ],
    "nameservers": [{"ldhName": "NS2.example."}, {"ldhName": "ns1.example"}],
    "secureDNS": {"delegationSigned": True},
    "entities": [
        {"roles": ["administrative"], "vcardArray": ["vcard", [["fn", {}, "text", "F. Aydin"]]]},
        {"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "Sluis B.V."]]]},
    ],
}
SEEN = Registration(NAME)


def test_what_counts_is_read_and_nothing_of_persons() -> None:
    seen = read(SEEN, json.dumps(GOOD))
    assert seen == Registration(
        NAME,
        expires="2027-03-01T21:30:00+00:00",
        statuses=("active", "client transfer prohibited"),
        registrar="Sluis B.V.",
        name_servers=("ns1.example", "ns2.example"),
        signed=True,
    )
    assert "Aydin" not in repr(seen)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '"domain"',
        "[" * 100_000,
        '{"a":' * 50_000,
        "9" * 10_000,
        json.dumps(GOOD | {"objectClassName": "entity"}),
        json.dumps(GOOD | {"ldhName": "elders.nl"}),
        json.dumps(GOOD | {"events": [{"eventAction": "expiration", "eventDate": "morgen"}]}),
        json.dumps(
            GOOD
            | {"events": [{"eventAction": "expiration", "eventDate": "0001-01-01T00:00:00+14:00"}]}
        ),
    ],
    ids=range(10),
)
def test_what_is_no_answer_of_this_name_is_refused(text: str) -> None:
    with pytest.raises(ProbeError) as error:
        read(SEEN, text)
    assert error.value.reason == "rdap_unreadable"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GOOD]), inner),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*GOOD]), VALUES))
def test_any_shape_is_read_or_refused(odd: dict[str, object]) -> None:
    text = json.dumps(GOOD | odd | {"objectClassName": "domain", "ldhName": NAME})
    with suppress(ProbeError):
        seen = read(SEEN, text)
        assert max(map(len, (seen.statuses, seen.name_servers))) <= 30
        assert len(seen.registrar) <= 201


def test_a_long_list_is_cut_and_odd_signs_are_written_out() -> None:
    flood = {"nameservers": [{"ldhName": f"ns{n}.example"} for n in range(1000)]}
    odd = {"status": ["\x1b[31mok", 7, None]}
    seen = read(SEEN, json.dumps(GOOD | flood | odd))
    assert len(seen.name_servers) == 30
    assert seen.statuses == ("\\x1b[31mok",)


def test_the_longest_suffix_answers_and_the_list_of_the_operator_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "dns.json"
    services = [
        [["NL", "frl"], ["http://open.example/", "https://rdap.example/nl"]],
        [["co.nl"], ["https://co.example/"]],
        [["oud"], ["http://open.example/"]],
    ]
    path.write_text(json.dumps({"services": services}))
    known = registries(str(path))
    assert server_of("dijkerveen.nl", known) == "https://rdap.example/nl/"
    assert server_of("a.co.nl", known) == "https://co.example/"
    assert server_of("a.oud", known) is None
    assert server_of(NAME, registries(None)) == "https://rdap.sidn.nl/"
    for text in ("", "{}", "[1]", '{"services": [[1, 2]]}', '{"services": [[["nl"], [3]]]}'):
        path.write_text(text)
        with pytest.raises(InputError):
            registries(str(path))
    with pytest.raises(InputError):
        registries(str(tmp_path / "weg.json"))


@pytest.mark.parametrize(
    "url",
    [
        "http://rdap.example/domain/a.nl",
        "https://rdap.example:8443/domain/a.nl",
        "https://gast@rdap.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[",
        "ftp://rdap.example/",
        "https:///domain",
    ],
)
def test_a_registry_never_sends_us_to_another_door(url: str) -> None:
    with pytest.raises(ProbeError):
        _parts(url)
