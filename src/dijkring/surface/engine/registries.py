# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which registry answers for a name over RDAP: IANA's bootstrap file (RFC 9224).

An operator can give that file; a few registries are known by heart.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import InputError

MOST_BYTES = 5_000_000
Registries = Mapping[str, str]


def registries(path: str | None) -> Registries:
    """The address of the RDAP server per suffix; InputError when the file cannot be used.

    What the operator's file says of a suffix goes before what is known by heart. Read once for as
    long as the file stays what it is.
    """
    try:
        return _read(path, Path(path).stat().st_mtime_ns if path else 0)
    except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        name = clean(Path(path or "").name, 80)
        raise InputError(
            f"Het bestand {name} is geen lijst van registers (RDAP): {type(error).__name__}.",
            f"The file {name} is no list of registries (RDAP): {type(error).__name__}.",
        ) from None


@lru_cache(4)
def _read(path: str | None, _changed: int) -> Registries:
    known = files("dijkring.surface.engine") / "content" / "registries.json"
    found = dict(_services(known.read_text(encoding="utf-8")))
    if path is None:
        return found
    with Path(path).open(encoding="utf-8") as file:
        text = file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise ValueError(path)
    return found | dict(_services(text))


def _services(text: str) -> Iterator[tuple[str, str]]:
    """The suffixes of a bootstrap file with the address over TLS; ValueError when it is none."""
    told = json.loads(text)
    for suffixes, addresses, *_ in told["services"]:
        secure = [one for one in addresses if one.startswith("https://")]
        for suffix in suffixes if secure else ():
            yield suffix.lower(), f"{secure[0].rstrip('/')}/"


def server_of(domain: str, known: Registries) -> str | None:
    """The address of the registry of a domain: that of the longest suffix that is known."""
    labels = domain.split(".")
    suffixes = (".".join(labels[at:]) for at in range(1, len(labels)))
    return next((known[one] for one in suffixes if one in known), None)
