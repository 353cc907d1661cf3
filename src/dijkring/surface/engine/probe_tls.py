# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a server speaks TLS, asked with hand-built hellos: versions, suites, groups, signatures.

Enumeration: offer everything, drop what the server picks, offer the rest. Few connections: one
handshake of our own for TLS 1.3 and one for TLS 1.2 tell most; one hello asks for everything
older than TLS 1.2 at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace

from dijkring.surface.engine import hello
from dijkring.surface.engine.flight import Flight, read_flight
from dijkring.surface.engine.handshake12 import Handshake12
from dijkring.surface.engine.handshake13 import Handshake13, Talk
from dijkring.surface.engine.hello import Offer
from dijkring.surface.engine.observations import (
    VERSIONS,
    NewTls,
    OldTls,
    TlsSeen,
    Trouble,
    VersionTry,
)
from dijkring.surface.engine.staple import describe_staple
from dijkring.surface.engine.suites import (
    SUITES,
    WEAK_CURVES,
    group_level,
    group_name,
    suite_level,
    suite_name,
)
from dijkring.surface.engine.tlsstream import Stream

HANDSHAKE_FAILURE = 40
OLDER = ("TLS 1.1", "TLS 1.0", "SSL 3.0")
# Of what is accepted this many suites are listed per group, unless every one is asked for.
MOST_SUITES = 8
EVERY_SUITE = 400
Connect = Callable[[], AbstractAsyncContextManager[Stream]]
Answer = Flight | hello.FatalAlert


def _weakest_first(codes: Sequence[int]) -> list[int]:
    """Phase-out before sufficient, and ChaCha never in front: a server may prefer it for a client
    that puts it first (OpenSSL's SSL_OP_PRIORITIZE_CHACHA)."""
    order = ("insufficient", "phase_out", "sufficient", "good")
    return sorted(
        codes,
        key=lambda code: (order.index(suite_level(SUITES[code])), "CHACHA" in SUITES[code]),
    )


_RANKED = _weakest_first(hello.SUITES_12)
WEAK = [code for code in _RANKED if suite_level(SUITES[code]) == "insufficient"]
OTHERS = [code for code in _RANKED if suite_level(SUITES[code]) != "insufficient"]
OLD = frozenset(hello.OLD_SUITES)
_PLACES = {group_name(code): place for place, code in enumerate(hello.GROUPS)}
CODE_OF = {name: code for code, name in SUITES.items()}


@dataclass
class Prober:
    """Asks one server all there is to ask; every failure is a trouble in what comes out.

    `connect` opens a line on which TLS may begin; `attempt` bounds one question in time and turns
    its failure into a Trouble; `talk` makes the server answer inside TLS 1.3.
    """

    connect: Connect
    server_name: str
    attempt: Callable[[Awaitable[None]], Awaitable[Trouble | None]]
    talk: Talk
    every_suite: bool = False
    tries: dict[str, VersionTry] = field(default_factory=dict)
    seen: TlsSeen = field(default_factory=TlsSeen)
    certificates: list[bytes] = field(default_factory=list)
    _staple: bytes = b""
    _picks: dict[str, list[int]] = field(default_factory=dict)
    _groups: list[str] = field(default_factory=list)
    _troubles: dict[str, Trouble] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)

    async def ask(self) -> None:
        """Ask everything, two questions at once at most; then `conclude`."""
        await asyncio.gather(self._ask_13(), self._ask_12())
        if any(one.outcome != "failed" for one in self.tries.values()):
            await asyncio.gather(self._ask_older(), self._ask_ssl2())
            await asyncio.gather(self._list_13(), self._list_12())

    async def conclude(self, still_there: bool = False) -> None:
        """Fill `tries`, `seen` and `certificates`.

        A server that hangs up without a word refuses what was offered, but only if it still talks
        to us afterwards; who knows that need not let us ask.
        """
        if self._closed and not still_there:
            await self._check_still_there()
        self.tries = {name: self.tries[name] for name in VERSIONS if name in self.tries}
        suites = {name: tuple(map(suite_name, codes)) for name, codes in self._picks.items()}
        staple = describe_staple(self._staple, self.certificates) if self._staple else None
        self.seen = replace(
            self.seen,
            suites={name: suites[name] for name in VERSIONS if name in suites},
            groups=tuple(sorted(set(self._groups), key=_place_of_group)),
            staple=staple,
            troubles=self._troubles,
        )

    def accepts(self, version: str) -> bool:
        """Tell whether the server accepted a version."""
        return version in self.tries and self.tries[version].outcome == "accepted"

    async def _ask_13(self) -> None:
        """Shake hands in TLS 1.3; a server that likes none of our groups is asked for its own."""
        shaken: list[Handshake13] = []

        async def shake() -> None:
            async with self.connect() as line:
                shaken.append(Handshake13(line, self.server_name))
                await shaken[0].run(self.talk)

        trouble = await self.attempt(shake())
        one = shaken[0] if shaken else None
        if one and one.alert and one.alert.number == HANDSHAKE_FAILURE:
            offer = Offer("TLS 1.3", self.server_name)
            self.tries["TLS 1.3"] = await self._try(offer, "new")
            return
        if not one or not one.answer:
            self.tries["TLS 1.3"] = _as_try(one.alert if one else None, trouble)
            self._note_closed("version", self.tries["TLS 1.3"])
            return
        right = one.answer.version == "TLS 1.3"
        self.tries["TLS 1.3"] = VersionTry("accepted" if right else "refused")
        if right:
            self._take_13(one, trouble)

    def _take_13(self, one: Handshake13, trouble: Trouble | None) -> None:
        self._picks["TLS 1.3"] = [one.answer.suite] if one.answer else []
        self._groups.append(one.group)
        self.certificates, self._staple = one.certificates, one.staple
        if trouble and not one.complete:
            self._troubles["new"] = trouble
            return
        new = NewTls(one.suite, one.group, one.signature, one.proven, one.early_data)
        self.seen = replace(self.seen, new=new)

    async def _ask_12(self) -> None:
        """Shake hands in TLS 1.2 and ask to do so again inside it."""
        shaken: list[Handshake12] = []

        async def greet_and_renegotiate() -> None:
            async with self.connect() as line:
                shaken.append(Handshake12(line, self.server_name))
                await shaken[0].greet()
                if shaken[0].flight and shaken[0].flight.hello.version == "TLS 1.2":
                    await shaken[0].renegotiate()

        trouble = await self.attempt(greet_and_renegotiate())
        one = shaken[0] if shaken else None
        if not one or not one.flight:
            self.tries["TLS 1.2"] = _as_try(one.alert if one else None, trouble)
            self._note_closed("version", self.tries["TLS 1.2"])
            return
        right = one.flight.hello.version == "TLS 1.2"
        self.tries["TLS 1.2"] = VersionTry("accepted" if right else "refused")
        if not right:
            return
        self._take_flight(one.flight)
        self.seen = replace(self.seen, renegotiated=one.renegotiated)
        if one.renegotiated is None:
            # OpenSSL waits in vain for a line that we ask to renegotiate on; that is a refusal.
            silent = one.asked and trouble and trouble.reason == "probe_timeout"
            if silent:
                self.seen = replace(self.seen, renegotiated=False)
            else:
                self._troubles["renegotiation"] = trouble or Trouble("tls_failed")

    def _take_flight(self, flight: Flight) -> None:
        """Keep what the newest old version shows; TLS 1.3 goes first where it is spoken."""
        version = flight.hello.version
        self._picks.setdefault(version, []).append(flight.hello.suite)
        exchange = flight.exchange
        if exchange:
            self._groups.append(exchange.group)
        if not self.certificates and flight.certificates:
            self.certificates = hello.parse_certificates(flight.certificates)
        self._staple = self._staple or flight.staple
        if self.seen.old is None:
            old = OldTls(
                version,
                flight.suite,
                flight.hello.compression,
                hello.RENEGOTIATION in flight.hello.extensions,
                hello.EXTENDED_MASTER in flight.hello.extensions,
                exchange.signature if exchange else "",
            )
            self.seen = replace(self.seen, old=old)

    async def _ask_older(self) -> None:
        """Offer TLS 1.1: a server answers with the newest that it has, so one refusal is enough."""
        asked = list(OLDER)
        while asked:
            answers: list[Answer] = []
            offer = Offer(asked[0], self.server_name)
            trouble = await self.attempt(self._read(offer, True, answers))
            answer = answers[0] if answers else None
            picked = answer.hello.version if isinstance(answer, Flight) else ""
            if isinstance(answer, Flight) and picked in asked:
                skipped = asked[: asked.index(picked)]
                self.tries |= {version: VersionTry("refused") for version in skipped}
                self.tries[picked] = VersionTry("accepted")
                self._take_flight(answer)
                asked = asked[len(skipped) + 1 :]
                continue
            alert = answer if isinstance(answer, hello.FatalAlert) else None
            outcome = VersionTry("refused") if picked else _as_try(alert, trouble)
            self._note_closed("version", outcome)
            self.tries |= dict.fromkeys(asked, outcome)
            return

    async def _ask_ssl2(self) -> None:
        found: list[bool] = []

        async def ask() -> None:
            async with self.connect() as line:
                found.append(await _speaks_ssl2(line))

        trouble = await self.attempt(ask())
        if found:
            self.tries["SSL 2.0"] = VersionTry("accepted" if found[0] else "refused")
        elif trouble and trouble.reason in ("probe_timeout", "not_tls", "connection_lost"):
            # A server without SSL 2.0 may wait for the rest of what looks like a long record.
            self.tries["SSL 2.0"] = VersionTry("refused")
        else:
            self.tries["SSL 2.0"] = _as_try(None, trouble)

    async def _read(self, offer: Offer, whole: bool, into: list[Answer]) -> None:
        async with self.connect() as line:
            await line.write(hello.record(offer.version, hello.hello_message(offer)))
            into.append(await read_flight(line, whole))

    async def _try(self, offer: Offer, part: str) -> VersionTry:
        """Offer something, and tell whether it was accepted in that version."""
        flight, outcome = await self._pick(offer, part)
        if flight:
            self._picks.setdefault(offer.version, []).append(flight.hello.suite)
            self._groups += [group_name(group)] if (group := flight.hello.group()) else []
            self._troubles.setdefault(part, Trouble("tls_failed", "group"))
        return outcome

    async def _pick(
        self, offer: Offer, part: str, whole: bool = False
    ) -> tuple[Flight | None, VersionTry]:
        """What the server makes of an offer; a failure is noted as the trouble of a part."""
        answers: list[Answer] = []
        trouble = await self.attempt(self._read(offer, whole, answers))
        answer = answers[0] if answers else None
        if isinstance(answer, Flight):
            right = answer.hello.version == offer.version
            return (answer, VersionTry("accepted")) if right else (None, VersionTry("refused"))
        outcome = _as_try(answer, trouble)
        self._note_closed(part, outcome)
        if outcome.trouble:
            self._troubles[part] = outcome.trouble
        return None, outcome

    def _note_closed(self, part: str, outcome: VersionTry) -> None:
        if outcome.outcome == "closed":
            self._closed.add(part)

    async def _list_13(self) -> None:
        """The other suites of TLS 1.3, and with them other groups: without a key share of ours
        the server asks for the one that it wants (HelloRetryRequest)."""
        known = self._picks.get("TLS 1.3", [])
        groups = [one for one in hello.GROUPS if group_level(group_name(one)) != "insufficient"]
        while known and (left := [code for code in hello.SUITES_13 if code not in known]):
            # What it has accepted stays, at the end, so that a refusal is about the suites.
            groups.sort(key=lambda code: group_name(code) in self._groups)
            flight, _ = await self._pick(Offer("TLS 1.3", self.server_name, left, groups), "suites")
            if flight is None or flight.hello.suite not in left:
                return
            known.append(flight.hello.suite)
            self._groups += [group_name(group)] if (group := flight.hello.group()) else []

    async def _list_12(self) -> None:
        """The other suites of older versions, and what can only be asked with some of them."""
        newest = next((name for name in ("TLS 1.2", *OLDER) if self.accepts(name)), None)
        if newest is None:
            return
        # Both lists run side by side; in what is told one always comes after the other.
        found = await asyncio.gather(*(self._list_group(newest, one) for one in (OTHERS, WEAK)))
        self._picks[newest] += [code for codes in found for code in codes]
        if self.every_suite:
            for version in OLDER:
                if self.accepts(version) and version != newest:
                    self._picks[version] += await self._list_group(version, hello.OLD_SUITES)
        await asyncio.gather(self._ask_reversed(newest), self._ask_weak_groups(newest))
        if newest == "TLS 1.2":
            await self._ask_weak_signatures()

    async def _list_group(self, version: str, group: Sequence[int]) -> list[int]:
        """What more is accepted of some suites, the weakest offered first."""
        known, found = set(self._picks[version]), list[int]()
        left = [code for code in group if version == "TLS 1.2" or code in OLD]
        left = [code for code in left if code not in known]
        for _ in range(EVERY_SUITE if self.every_suite else MOST_SUITES):
            if not left:
                return found
            finite = not any(one.startswith(("dh-", "ffdhe")) for one in self._groups)
            flight, _outcome = await self._pick(
                Offer(version, self.server_name, left), "suites", whole=finite
            )
            if flight is None or flight.hello.suite not in left:
                return found
            found.append(flight.hello.suite)
            left.remove(flight.hello.suite)
            if flight.exchange:
                self._groups.append(flight.exchange.group)
        self.seen = replace(self.seen, all_suites=False)
        return found

    def _accepted(self, version: str, level: str) -> list[int]:
        return [one for one in self._picks[version] if suite_level(suite_name(one)) == level]

    async def _ask_reversed(self, version: str) -> None:
        """Put what ought to be phased out before what is sufficient: the server must not care."""
        worse = self._accepted(version, "phase_out")
        better = self._accepted(version, "sufficient")
        if not worse or not better:
            return
        # One that it refuses goes in front, so that ChaCha is not what the client asks for first.
        refused = [one for one in OTHERS if one not in self._picks[version]]
        plain = [one for one in refused if "CHACHA" not in suite_name(one)]
        suites = [*plain[-1:], *_weakest_first([*worse, *better])]
        flight, _ = await self._pick(Offer(version, self.server_name, suites), "order")
        if flight:
            self.seen = replace(self.seen, reversed_pick=flight.suite)

    async def _ask_weak_groups(self, version: str) -> None:
        """Offer only curves that ought not to be used any more."""
        suites = [one for one in self._picks[version] if "_ECDHE_" in suite_name(one)]
        if not suites:
            return
        offer = Offer(version, self.server_name, suites, [*WEAK_CURVES, 0x0015])
        flight, _ = await self._pick(offer, "groups", whole=True)
        if flight and flight.exchange:
            self._groups.append(flight.exchange.group)

    async def _ask_weak_signatures(self) -> None:
        """Offer only signatures with hashes that no longer count (TLS 1.2 negotiates them)."""
        names = [suite_name(code) for code in self._picks["TLS 1.2"]]
        signed = [one for one in names if "_ECDHE_" in one or "_DHE_" in one]
        if not signed:
            self.seen = replace(self.seen, weak_signature="")
            return
        offer = Offer(
            "TLS 1.2",
            self.server_name,
            [CODE_OF[name] for name in signed],
            signatures=hello.WEAK_SIGNATURES,
        )
        flight, outcome = await self._pick(offer, "signature", whole=True)
        if outcome.outcome != "failed":
            found = flight.exchange.signature if flight and flight.exchange else ""
            self.seen = replace(self.seen, weak_signature=found)

    async def _check_still_there(self) -> None:
        """Ask once more for what was accepted, when the server hung up on anything."""
        accepted = next((one for one in reversed(VERSIONS) if self.accepts(one)), None)
        if accepted and accepted != "SSL 2.0":
            flight, _ = await self._pick(Offer(accepted, self.server_name), "again")
            if flight:
                return
        self._closed.discard("again")
        gone = Trouble("turned_away")
        self.tries = {
            name: VersionTry("failed", gone) if one.outcome == "closed" else one
            for name, one in self.tries.items()
        }
        self._troubles |= {part: gone for part in self._closed if part != "version"}


def _place_of_group(name: str) -> tuple[int, str]:
    """Named groups as we offer them, then what a server made up itself."""
    return _PLACES.get(name, len(_PLACES)), name


def _as_try(alert: object, trouble: Trouble | None) -> VersionTry:
    """What an alert or a failure says of the version that was offered."""
    if isinstance(alert, hello.FatalAlert):
        unknown = alert.number == hello.UNRECOGNIZED_NAME
        return VersionTry("unknown_name" if unknown else "refused")
    if trouble is None:
        return VersionTry("refused")
    if trouble.reason == "connection_lost":
        return VersionTry("closed")
    return VersionTry("failed", trouble)


async def _speaks_ssl2(line: Stream) -> bool:
    await line.write(hello.ssl2_hello())
    data = b""
    while len(data) < 7:
        more = await line.read(1024)
        if not more:
            break
        data += more
    return hello.is_ssl2_answer(data)
