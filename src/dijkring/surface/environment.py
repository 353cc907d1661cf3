# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How this installation measures: from the environment, as declared in `config.env`."""

import ipaddress
import os
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from dijkring.core.errors import Refused
from dijkring.surface import names
from dijkring.surface.engine import InputError, Options
from dijkring.surface.engine.addresses import Network
from dijkring.surface.engine.addressmap import AddressMap, read_address_map, split_endpoint

DNS_PORT, GAP_MS, NAMES_IN_BATCH = 53, 50, 200
# Waiting costs nothing: a slow server may not hold up the names behind it.
DOMAINS_AT_ONCE = 50


def options() -> Options:
    """Return how to measure; Refused names the setting that is wrong."""
    return Options(
        resolver=_resolver("SURFACE_RESOLVER"),
        ca_file=_text("SURFACE_CA_FILE") or None,
        address_map=_address_map("SURFACE_ADDRESS_MAP"),
        allowed_networks=_networks("SURFACE_ALLOWED_NETWORKS"),
        roas=_text("SURFACE_ROAS") or None,
        routes=_text("SURFACE_ROUTES") or None,
        registries=_text("SURFACE_REGISTRIES") or None,
        domains_at_once=DOMAINS_AT_ONCE,
    )


def gap_seconds() -> float:
    """Return how long we wait between two connections to one address, in seconds."""
    return _number("SURFACE_GAP_MS", GAP_MS) / 1000


def names_in_batch() -> int:
    """Return how many names one worker takes at a time, at least one."""
    return max(1, _number("SURFACE_BATCH", NAMES_IN_BATCH))


def _number(name: str, usual: int) -> int:
    try:
        return max(0, int(_text(name) or usual))
    except ValueError:
        raise _wrong(name) from None


def _text(name: str) -> str:
    return os.environ.get(name, "").strip()


def _wrong(name: str, why: str = "") -> Refused:
    words = _("The setting %(name)s of this installation is wrong: %(value)s. %(why)s")
    return Refused((words % {"name": name, "value": _text(name)[:200], "why": why}).strip())


def _resolver(name: str) -> tuple[str, int] | None:
    if not _text(name):
        return None
    try:
        address, port = split_endpoint(_text(name))
    except ValueError:
        raise _wrong(name) from None
    return address, port or DNS_PORT


def _address_map(name: str) -> AddressMap | None:
    if not _text(name):
        return None
    try:
        path = Path(_text(name))
        return _read_map(path, path.stat().st_mtime_ns)
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(name, str(error)) from None
    except InputError as error:
        raise _wrong(name, names.said(error)) from None


@lru_cache(maxsize=4)
def _read_map(path: Path, _changed: int) -> AddressMap:
    """Read a map once for as long as the file stays what it is."""
    return read_address_map(path.read_text(encoding="utf-8"))


def _networks(name: str) -> tuple[Network, ...]:
    texts = [part.strip() for part in _text(name).split(",") if part.strip()]
    try:
        return tuple(ipaddress.ip_network(text) for text in texts)
    except ValueError as error:
        raise _wrong(name, str(error)) from None
