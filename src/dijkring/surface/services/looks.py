# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A name that several organisations have is measured once: each gets its fact from one look.

What is shared is the observation of a public name without its ports, under a hash of the name; who
asked for it stands nowhere. A look from before an organisation proved its authority is not for it.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime

from dijkring.core.rows import fetch
from dijkring.core.tenancy import transaction_for
from dijkring.evidence.models import Round
from dijkring.surface.engine import observations
from dijkring.surface.engine.addresses import parse_address
from dijkring.surface.engine.judge import PROBER
from dijkring.surface.engine.observations import DomainSeen, from_json, to_json
from dijkring.surface.facts import SOURCE
from dijkring.surface.models import Domain
from dijkring.surface.probing import Look, Measured
from dijkring.surface.services.manners import SharedManners

# What may be otherwise an hour from now: a look with any of these is shared for a shorter time.
PASSING = frozenset(
    """dns_timeout dns_unreachable dns_servfail dns_refused connect_timeout connection_lost
    probe_timeout host_timeout backing_off turned_away http_turned_away smtp_turned_away
    starttls_busy internal_error rdap_unreachable""".split()
)
_SEVERAL = "SELECT name FROM door_names_of_several(%s)"


@dataclass
class Looks:
    """The looks at the names of one batch: those that others took, and those to be shared."""

    manners: SharedManners
    several: frozenset[str]
    taken_over: dict[str, Look]

    def share(self, found: Iterable[Measured], at: datetime) -> None:
        """Let others use what was seen at a moment of names that they have too."""
        mine = [one for one in found if one.seen and one.name in self.several]
        for whole in (True, False):
            for one in mine:
                if one.seen and whole is not _is_passing(one):
                    seen = {_key(one.name): to_json(replace(one.seen, knocked=None))}
                    self.manners.keep(seen, whole=whole, at=min([at, *self._parts(one.seen)]))

    def _parts(self, seen: DomainSeen) -> Iterator[datetime]:
        """When the mail servers and zones were seen that were themselves taken over."""
        zones = [seen.zone, *(host.zone for host in seen.mail_hosts)]
        keys = [f"mx {one.host} {one.address}" for one in seen.mail_servers]
        for key in [*keys, *(f"zone {one.name}" for one in zones if one)]:
            if key in self.manners.moments:
                yield self.manners.moments[key]


def looks(organisation_id: int, names: Collection[str], manners: SharedManners) -> Looks:
    """Find what others saw a short while ago of names that an organisation may measure."""
    several = frozenset(name for (name,) in fetch(_SEVERAL, [list(names)]))
    known = manners.known([_key(name) for name in several])
    since = _since(organisation_id, several) if known else {}
    taken_over = {}
    for name in several:
        at = manners.moments.get(_key(name))
        if _key(name) in known and at and at > since[name]:
            seen = _read(known[_key(name)])
            if seen and not any(_is_barred(seen, manners)):
                taken_over[name] = Look(seen, at)
    return Looks(manners, several, taken_over)


def _since(organisation_id: int, names: Collection[str]) -> dict[str, datetime]:
    """From when on looks are new to an organisation: its authority, and its own last round."""
    with transaction_for([organisation_id]):
        domains = Domain.objects.filter(organisation_id=organisation_id, name__in=names)
        proven = domains.exclude(authority_at=None).values_list("name", "authority_at")
        found = {name: at for name, at in proven if at}
        rounds = Round.objects.filter(
            organisation_id=organisation_id, source=SOURCE, scope__in=names
        )
        for name, at in rounds.values_list("scope", "observed_at"):
            found[name] = max(found.get(name, at), at)
    return found


def _read(data: object) -> DomainSeen | None:
    try:
        return from_json(DomainSeen, data)
    except (TypeError, ValueError):
        return None


def _is_barred(seen: DomainSeen, manners: SharedManners) -> Iterator[bool]:
    """Whether somebody behind a name has asked never to be measured since."""
    for host in seen.mail_hosts:
        yield manners.is_never(host.name)
    for lookup in (
        seen.a,
        seen.aaaa,
        *(one for host in seen.mail_hosts for one in (host.a, host.aaaa)),
    ):
        for address in lookup.records:
            yield any(parse_address(address) in network for network in manners.never)


def _is_passing(one: Measured) -> bool:
    return any(
        result.state == "not_measured" and result.detail.get("reason") in PASSING
        for result in one.results
    )


def _shape() -> str:
    """What an observation of this version consists of: those of another are not read."""
    parts = {
        name: [field.name for field in fields(one)]
        for name, one in sorted(vars(observations).items())
        if is_dataclass(one)
    }
    return hashlib.blake2b(f"{PROBER} {parts}".encode(), digest_size=8).hexdigest()


_SHAPE = _shape()


def _key(name: str) -> str:
    return f"name {_SHAPE} {name}"
