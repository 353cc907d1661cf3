# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The prefix table, the states of RFC 6811, and the two files that are imported."""

import gzip
import ipaddress
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine import rpki as rpki_module
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.observations import Route
from dijkring.surface.engine.prefixes import Network, PrefixTable, parse_prefix
from dijkring.surface.engine.rpki import Rpki, load, routes_to, state_of

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ROUTES = """% a comment
64500\t192.0.2.0/24\t300
64501 192.0.2.128/25 250
{64500,64502} 2001:db8::/32 9
"""


def networks() -> st.SearchStrategy[Network]:
    v4 = st.builds(
        lambda bits, length: ipaddress.ip_network((bits << 24, length), strict=False),
        st.integers(0, 255),
        st.integers(0, 32),
    )
    v6 = st.builds(
        lambda bits, length: ipaddress.ip_network((bits << 96 | bits, length), strict=False),
        st.integers(2**29, 2**29 + 255),
        st.integers(0, 128),
    )
    return st.one_of(v4, v6)


@given(st.lists(st.tuples(networks(), st.integers(0, 2**40))), networks())
def test_the_table_finds_what_a_plain_search_finds(
    entries: list[tuple[Network, int]], wanted: Network
) -> None:
    table = PrefixTable()
    for network, value in entries:
        table.add(parse_prefix(str(network)), value)
    found = {
        (network, value) for network, values in table.freeze().covering(wanted) for value in values
    }
    plain = {
        (network, value)
        for network, value in entries
        if network.version == wanted.version and wanted.subnet_of(network)  # type: ignore[arg-type]
    }
    assert found == plain


@pytest.mark.parametrize(
    ("roas", "route", "origin", "state"),
    [
        ([("192.0.2.0/24", 64500, 24)], "192.0.2.0/24", 64500, "valid"),
        ([("192.0.2.0/24", 64500, 24)], "192.0.2.0/25", 64500, "invalid"),
        ([("192.0.2.0/24", 64500, 25)], "192.0.2.0/25", 64500, "valid"),
        ([("192.0.2.0/24", 64500, 24)], "192.0.2.0/24", 64501, "invalid"),
        ([("192.0.2.0/24", 64500, 24)], "192.0.0.0/16", 64500, "not_found"),
        ([("192.0.2.0/24", 64500, 24)], "198.51.100.0/24", 64500, "not_found"),
        ([("192.0.2.0/24", 0, 32)], "192.0.2.0/24", 0, "invalid"),
        (
            [("192.0.0.0/16", 64501, 16), ("192.0.2.0/24", 64500, 24)],
            "192.0.2.0/24",
            64500,
            "valid",
        ),
    ],
)
def test_states_of_a_route(
    roas: list[tuple[str, int, int]], route: str, origin: int, state: str
) -> None:
    table = PrefixTable()
    for prefix, asn, longest in roas:
        table.add(parse_prefix(prefix), asn * 256 + longest)
    assert state_of(table.freeze(), ipaddress.ip_network(route), origin) == state


def written(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def entry(
    asn: object = "AS64500", prefix: str = "192.0.2.0/24", **more: object
) -> dict[str, object]:
    return {"asn": asn, "prefix": prefix, "maxLength": 24, "ta": "ripe"} | more


def export(*entries: dict[str, object], **more: object) -> str:
    return json.dumps(more | {"roas": list(entries)})


@pytest.mark.parametrize("asn", ["AS64500", 64500, "64500"])
@pytest.mark.parametrize("packed", [False, True])
def test_exports_of_both_programs_are_read(tmp_path: Path, asn: object, packed: bool) -> None:
    text = export(entry(asn), metadata={"buildtime": "2026-11-20T10:00:00Z"}).encode()
    roas = written(tmp_path, "roas.json", gzip.compress(text) if packed else text)
    rpki = load(roas, written(tmp_path, "routes.txt", ROUTES))
    assert rpki.trouble(NOW) is None
    found = routes_to(rpki, ["192.0.2.1", "192.0.2.200", "2001:db8::1", "198.51.100.1", "onzin"])
    assert found == {
        "192.0.2.1": (Route("192.0.2.0/24", 64500, "valid"),),
        "192.0.2.200": (Route("192.0.2.128/25", 64501, "invalid"),),
        "2001:db8::1": (
            Route("2001:db8::/32", 64500, "not_found"),
            Route("2001:db8::/32", 64502, "not_found"),
        ),
        "198.51.100.1": (),
    }


def test_what_is_missing_or_old_is_told(tmp_path: Path) -> None:
    old = written(
        tmp_path, "roas.json", export(entry(), metadata={"buildtime": "2026-11-01T10:00:00Z"})
    )
    routes = written(tmp_path, "routes.txt", ROUTES)
    reasons = [
        (trouble := load(*files).trouble(NOW)) and trouble.reason
        for files in ((None, routes), (old, None), (old, routes))
    ]
    assert reasons == ["rpki_no_roas", "rpki_no_routes", "rpki_stale"]
    assert Rpki().routes_to(ipaddress.ip_address("192.0.2.1")) == ()


def test_a_route_that_hardly_anyone_sees_does_not_count(tmp_path: Path) -> None:
    routes = written(tmp_path, "r.txt", "64500 192.0.2.0/24 300\n64511 192.0.2.0/25 4\n")
    rpki = load(written(tmp_path, "roas.json", export(entry())), routes)
    assert routes_to(rpki, ["192.0.2.1"])["192.0.2.1"][0].origin == 64500


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"roas": [',
        '{"roas": [{"asn": "AS1"}]}',
        '{"roas": [{"asn": "AS1", "prefix": "192.0.2.1/24"}]}',
        '{"roas": [{"asn": "AS99999999999", "prefix": "192.0.2.0/24"}]}',
        '{"roas": [{"asn": "AS1", "prefix": "192.0.2.0/24", "maxLength": 8}]}',
        '{"roas": [7]}',
        '{"roas": [{"asn": {"diep": 1}, "prefix": "192.0.2.0/24"}]}',
        "\x1f\x8b kapot",
    ],
)
def test_a_broken_export_is_refused_in_words(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, "roas.json", text.encode("latin-1"))
    with pytest.raises(InputError, match=r"roas\.json"):
        load(path, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "% niets\n",
        "64500\n",
        "x 192.0.2.0/24 9\n",
        "64500 192.0.2.1/24 9\n",
        "1 2 3 4\n",
        "a" * 9000,
    ],
)
def test_broken_routes_are_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match=r"routes\.txt"):
        load(None, written(tmp_path, "routes.txt", text))


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="weg"):
        load(str(tmp_path / "weg"), None)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("rpki")
    for name, start in (("roas", b'{"roas": ['), ("routes", b"64500 192.0.2.0/24 9\n")):
        path = written(folder, name, start + data)
        try:
            load(path if name == "roas" else None, path if name == "routes" else None)
        except InputError:
            continue


def test_a_large_export_is_parsed_once_for_all_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rpki_module, "WORTH_KEEPING", 0)
    long = [entry(prefix=f"2001:db8:{n}::/80", maxLength=96) for n in range(3, 0, -1)]
    built = {"buildtime": "2026-11-20T10:00:00Z"}
    roas = written(tmp_path, "roas.json", export(entry(), *long, metadata=built))
    routes = written(tmp_path, "routes.txt", ROUTES + "64500 2001:db8:2::/96 9\n")
    asked = ["192.0.2.1", "192.0.2.200", "2001:db8:2::1"]

    def refuse(path: str) -> None:
        raise AssertionError(path)

    def found(parsing: bool) -> tuple[dict[str, tuple[Route, ...]], datetime | None]:
        """What a new process would say, that has read nothing yet."""
        rpki_module._read_roas.cache_clear()
        rpki_module._read_routes.cache_clear()
        with monkeypatch.context() as patched:
            for name in () if parsing else ("_parse_roas", "_parse_routes"):
                patched.setattr(rpki_module, name, refuse)
            both = load(roas, routes)
        return routes_to(both, asked), both.roas.built if both.roas else None

    with pytest.raises(AssertionError):
        found(parsing=False)
    first = found(parsing=True)
    assert first[0]["2001:db8:2::1"] == (Route("2001:db8:2::/96", 64500, "valid"),)
    assert found(parsing=False) == first
    whole = Path(roas + ".table").read_bytes()
    for broken in (b"", b"{}\n", bytes(300), whole[:-3], whole + b"1"):
        Path(roas + ".table").write_bytes(broken)
        assert found(parsing=True) == first
    written(tmp_path, "roas.json", export(entry("AS64999")))
    assert found(parsing=True)[0]["192.0.2.1"][0].state == "invalid"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    routes = written(tmp_path, "routes.txt", ROUTES)
    roas = written(tmp_path, "roas.json", export(entry()))
    assert routes_to(load(roas, routes), ["192.0.2.1"])["192.0.2.1"][0].state == "valid"
    assert load(roas, routes).roas is load(roas, routes).roas
    written(tmp_path, "roas.json", export(entry("AS64999")))
    os.utime(roas, ns=(time.time_ns(), time.time_ns()))
    assert routes_to(load(roas, routes), ["192.0.2.1"])["192.0.2.1"][0].state == "invalid"
