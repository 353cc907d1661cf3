# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dijkring.surface.engine.addressmap import read_address_map, split_endpoint
from dijkring.surface.engine.errors import InputError

FORMS = {
    "object": '{"192.0.2.1:443": "127.0.0.1:8443", "[2001:db8::1]:443": "[::1]:8443"}',
    "fours": '[["192.0.2.1", 443, "127.0.0.1", 8443], ["2001:db8::1", "443", "::1", 8443]]',
    "named": '[{"from": "192.0.2.1:443", "to": "127.0.0.1:8443"},'
    ' {"from": ["2001:db8::1", 443], "to": ["::1", 8443]}]',
    "pairs": '[["192.0.2.1:443", "127.0.0.1:8443"], ["[2001:db8:0::1]:443", "[::1]:8443"]]',
    "lines": "# kaart\n192.0.2.1:443 127.0.0.1:8443 # site\n\n[2001:db8::1]:443\t[::1]:8443\n",
    "arrows": "[2001:db8::1]:443 -> [::1]:8443\n192.0.2.1:443->127.0.0.1:8443",
    "equals": "192.0.2.1:443=127.0.0.1:8443\n[2001:db8::1]:443 = [::1]:8443",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_map(form: str) -> None:
    read = read_address_map(FORMS[form])
    assert read.target("192.0.2.1", 443) == ("127.0.0.1", 8443)
    assert read.target("2001:db8::1", 443) == ("::1", 8443)
    assert read.target("2001:0db8::0001", 443) == ("::1", 8443)
    assert read.target("192.0.2.1", 80) is None
    assert len(read.entries) == 2


def test_an_address_without_port_keeps_the_port() -> None:
    read = read_address_map('{"192.0.2.1": "127.0.0.1", "192.0.2.1:25": "127.0.0.1:2525"}')
    assert read.target("192.0.2.1", 443) == ("127.0.0.1", 443)
    assert read.target("192.0.2.1", 25) == ("127.0.0.1", 2525)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("192.0.2.1:443 127.0.0.1:8443\n192.0.2.2:443", "regel 2"),
        ("192.0.2.1:443 -> nergens:1", "regel 1"),
        ("192.0.2.1:99999 127.0.0.1:1", "regel 1"),
        ("192.0.2.1:0 127.0.0.1:1", "regel 1"),
        ('{\n"192.0.2.1:443": "127.0.0.1:1",\n"x": "127.0.0.1:1"}', "regel 3"),
        ('{"192.0.2.1:443": 5}', "regel 1"),
        ('{"192.0.2.1:443": "127.0.0.1:1",\n}', "regel 2"),
        ('[["192.0.2.1:443", "127.0.0.1:1"], ["192.0.2.1"]]', "item 2"),
        ('[["192.0.2.1", true, "127.0.0.1", 1]]', "item 1"),
        ('[["192.0.2.1", {}, "127.0.0.1", 1]]', "item 1"),
        ('[{"from": "192.0.2.1:443"}]', "item 1"),
        ("192.0.2.1:1 127.0.0.1:1\n192.0.2.1:1 127.0.0.1:2", "regel 2"),
        ("[" * 100_000, ""),
    ],
)
def test_a_wrong_map_says_where(text: str, where: str) -> None:
    with pytest.raises(InputError) as refused:
        read_address_map(text)
    assert where in refused.value.dutch
    assert "\n" not in str(refused.value)


@given(st.text(max_size=200) | st.from_regex(r"[\[{][\[\]{}\":, 0-9a-z.]{0,60}", fullmatch=True))
def test_any_text_is_a_map_or_refused(text: str) -> None:
    try:
        read_address_map(text)
    except InputError:
        pass


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("127.0.0.1", ("127.0.0.1", None)),
        ("127.0.0.1:5300", ("127.0.0.1", 5300)),
        ("::1", ("::1", None)),
        ("[::1]", ("::1", None)),
        ("[::1]:53", ("::1", 53)),
    ],
)
def test_an_endpoint(text: str, endpoint: tuple[str, int | None]) -> None:
    assert split_endpoint(text) == endpoint
