# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names that look like ours: made up here, asked for in DNS, and never contacted.

One that has a mail server can receive what was meant for us, and can send in what seems our name.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dijkring.surface.engine.checks.common import is_null_mx
from dijkring.surface.engine.errors import InputError
from dijkring.surface.engine.lookup import Resolver
from dijkring.surface.engine.mail import org_domain
from dijkring.surface.engine.names import parse_domain

MOST = 300
SIGNS = {"o": "0", "l": "1", "i": "1l", "m": ("rn",), "w": ("vv",), "e": "3", "s": "5", "g": "q"}
GROUPS = {"rn": "m", "vv": "w", "ij": "y", "y": "ij"}
ENDINGS = ("nl", "com", "eu", "net", "org")
PREFIXES = ("gemeente", "mijn")


@dataclass(frozen=True)
class Lookalike:
    """A name that exists; trouble is the reason where it could not be looked up in full."""

    name: str
    receives_mail: bool
    has_address: bool
    trouble: str = ""


def candidates(domain: str) -> list[str]:
    """Names that a person may take for the organisational domain of a name, at most 300."""
    own = org_domain(parse_domain(domain))
    label, _, ending = own.partition(".")
    texts = [f"{one}.{ending}" for one in _labels(label)]
    texts += [f"{label}.{other}" for other in ENDINGS if other != ending]
    found = dict.fromkeys(name for text in texts if (name := _valid(text)) and name != own)
    return list(found)[:MOST]


def _valid(text: str) -> str | None:
    try:
        return parse_domain(text)
    except InputError:
        return None


def _labels(label: str) -> Iterator[str]:
    """The ways to mistake a label, the most deceptive first."""
    for at, sign in enumerate(label):
        for other in SIGNS.get(sign, ()):
            yield label[:at] + other + label[at + 1 :]
    for group, other in GROUPS.items():
        yield label.replace(group, other)
    for prefix in PREFIXES:
        yield from (f"{prefix}-{label}", f"{prefix}{label}", label.removeprefix(prefix).strip("-"))
    yield label.replace("-", "")
    for at in range(len(label)):
        yield label[:at] + label[at + 1 :]
        yield label[: at + 1] + label[at:]
        yield label[:at] + label[at + 1 : at + 2] + label[at : at + 1] + label[at + 2 :]
        yield f"{label[:at]}-{label[at:]}"


async def existing(resolver: Resolver, names: Iterable[str]) -> list[Lookalike]:
    """Which of these names exist, by DNS alone; those that could not be looked up too."""
    found = await asyncio.gather(*(_look_up(resolver, name) for name in names))
    return [one for one in found if one is not None]


async def _look_up(resolver: Resolver, name: str) -> Lookalike | None:
    mx = await resolver.look_up(name, "MX")
    if mx.outcome == "nxdomain":
        return None
    a, aaaa = await asyncio.gather(resolver.look_up(name, "A"), resolver.look_up(name, "AAAA"))
    trouble = next((one.trouble.reason for one in (mx, a, aaaa) if one.trouble), "")
    receives = mx.outcome == "answer" and not is_null_mx(mx)
    has_address = "answer" in (a.outcome, aaaa.outcome)
    # Without MX the address itself takes the mail (RFC 5321 section 5.1).
    receives |= mx.outcome == "nodata" and has_address
    return Lookalike(name, receives, has_address, trouble)
