# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the registry says of a domain itself, over RDAP (RFC 9082, 9083).

Who the contacts of a domain are is never read.
"""

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin, urlsplit

from dijkring.surface.engine.cleaning import clean
from dijkring.surface.engine.errors import InputError, ProbeError
from dijkring.surface.engine.mail import org_domain
from dijkring.surface.engine.names import parse_domain
from dijkring.surface.engine.observations import Page, Registration, Trouble
from dijkring.surface.engine.registries import registries, server_of
from dijkring.surface.engine.run import Run
from dijkring.surface.engine.verified import fetch

MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
TOO_MANY = 429
MOST_LISTED = 30
LONGEST = 200
BETWEEN = re.compile(r"(?<=[a-z])(?=[A-Z])")


async def look_at_registration(run: Run, domain: str) -> Registration | None:
    """What the registry says; None below a registered name. Each is asked for once in a run."""
    if org_domain(domain) != domain:
        return None
    return await run.once(f"rdap {domain}", partial(_ask, run, domain))


async def _ask(run: Run, domain: str) -> Registration:
    server = server_of(domain, registries(run.options.registries))
    if server is None:
        return Registration(domain, trouble=Trouble("rdap_no_server", domain.rpartition(".")[2]))
    url = f"{server}domain/{domain}"
    for _ in range(MOST_REDIRECTS + 1):
        seen, page = await _visit(run, Registration(domain), url)
        if page is None:
            return seen
        target = page.first("location")
        if page.status not in REDIRECTS or not target:
            return _read_page(seen, page)
        url = urljoin(url, target)
    return Registration(domain, trouble=Trouble("too_many_redirects"))


async def _visit(run: Run, seen: Registration, url: str) -> tuple[Registration, Page | None]:
    """Fetch one address; without a page the trouble says why."""
    try:
        host, path = _parts(url)
        address = await _address(run, host)
    except ProbeError as error:
        return replace(seen, trouble=Trouble(error.reason, error.note)), None
    seen = replace(seen, server=host, address=address)
    async with run.host(address) as clock:
        # Whoever asked us to be slower is asked no more in this run.
        if address in run.turned_away:
            return replace(seen, trouble=Trouble("backing_off", host)), None
        page = await clock.attempt(fetch(run, host, address, path, "rdap_untrusted"))
        if isinstance(page, Trouble):
            return replace(seen, trouble=page), None
        if page.status == TOO_MANY:
            run.turned_away.add(address)
    return replace(seen, status=page.status), page


def _parts(url: str) -> tuple[str, str]:
    """Host and path of an address that may be asked: https, on its own port, no user."""
    try:
        parts = urlsplit(url)
        host = parse_domain(parts.hostname or "")
        if parts.scheme != "https" or parts.port not in (None, 443) or "@" in parts.netloc:
            raise ValueError(url)
    except (ValueError, InputError):
        raise ProbeError("redirect_nowhere", clean(url, LONGEST)) from None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, "".join(sign for sign in path if "!" <= sign <= "~")


async def _address(run: Run, host: str) -> str:
    v4, v6 = await asyncio.gather(
        run.resolver.look_up(host, "A"), run.resolver.look_up(host, "AAAA")
    )
    if records := (*v4.records, *v6.records):
        return records[0]
    trouble = v4.trouble or v6.trouble
    raise ProbeError(trouble.reason if trouble else "rdap_unreachable", host)


def _read_page(seen: Registration, page: Page) -> Registration:
    if page.status in (TOO_MANY, 503):
        return replace(seen, trouble=Trouble("http_turned_away", str(page.status)))
    if page.status == 404:
        return replace(seen, trouble=Trouble("rdap_unknown", seen.name))
    if page.status != 200:
        return replace(seen, trouble=Trouble("rdap_unreadable", str(page.status)))
    try:
        return read(seen, page.body or "")
    except ProbeError as error:
        return replace(seen, trouble=Trouble(error.reason, error.note))


def read(seen: Registration, text: str) -> Registration:
    """Read the answer of a registry; ProbeError rdap_unreadable for what is none of this name."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ProbeError("rdap_unreadable", "JSON") from None
    if not isinstance(told, dict) or told.get("objectClassName") != "domain":
        raise ProbeError("rdap_unreadable", "objectClassName")
    if _name(told.get("ldhName")) not in ("", seen.name):
        raise ProbeError("rdap_unreadable", "ldhName")
    servers = (_name(one.get("ldhName")) for one in _objects(told.get("nameservers")))
    return replace(
        seen,
        expires=_expires(told),
        statuses=tuple(sorted({_status(one) for one in _texts(told.get("status"))})),
        registrar=_registrar(told),
        name_servers=tuple(sorted({one for one in servers if one})),
        signed=_signed(told.get("secureDNS")),
    )


def _objects(value: Any) -> list[dict[str, Any]]:
    listed = value[:MOST_LISTED] if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _texts(value: Any) -> list[str]:
    listed = value[:MOST_LISTED] if isinstance(value, list) else []
    return [clean(one, LONGEST) for one in listed if isinstance(one, str)]


def _name(value: Any) -> str:
    return clean(value, LONGEST).lower().rstrip(".") if isinstance(value, str) else ""


def _status(text: str) -> str:
    """The words of RFC 8056; some registries give the code of EPP itself (pendingDelete)."""
    return BETWEEN.sub(" ", text).lower()


def _expires(told: dict[str, Any]) -> str:
    """The earliest end date that the registry names, in ISO 8601 UTC; "" for none."""
    dates = []
    for event in _objects(told.get("events")):
        if event.get("eventAction") == "expiration" and isinstance(event.get("eventDate"), str):
            try:
                at = datetime.fromisoformat(event["eventDate"])
            except ValueError:
                raise ProbeError("rdap_unreadable", "eventDate") from None
            dates.append(at if at.tzinfo else at.replace(tzinfo=UTC))
    return _utc(min(dates)) if dates else ""


def _utc(at: datetime) -> str:
    try:
        return at.astimezone(UTC).isoformat()
    except OverflowError:
        raise ProbeError("rdap_unreadable", "eventDate") from None


def _registrar(told: dict[str, Any]) -> str:
    """The name of the registrar, a company (jCard, RFC 7095); of no other entity anything."""
    for entity in _objects(told.get("entities")):
        if "registrar" in _texts(entity.get("roles")):
            for one in _fields(entity.get("vcardArray")):
                if one[0] == "fn" and isinstance(one[3], str):
                    return clean(one[3], LONGEST)
    return ""


def _fields(card: Any) -> list[list[Any]]:
    fields = card[1] if isinstance(card, list) and len(card) == 2 else None
    listed = fields[:MOST_LISTED] if isinstance(fields, list) else []
    return [one for one in listed if isinstance(one, list) and len(one) > 3]


def _signed(secure: Any) -> bool | None:
    """Whether the zone above points to our keys; None when the registry does not say."""
    said = secure.get("delegationSigned") if isinstance(secure, dict) else None
    return said if isinstance(said, bool) else None
