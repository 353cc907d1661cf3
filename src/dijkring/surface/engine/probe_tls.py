# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a server speaks TLS, asked with hand-built hellos: first versions, then the `listing`.

Few connections: one handshake of our own for TLS 1.3 and one for TLS 1.2 tell most; one hello asks
for everything older than TLS 1.2 at once.
"""

import asyncio
from dataclasses import dataclass, field, replace

from dijkring.surface.engine import hello
from dijkring.surface.engine.flight import Flight
from dijkring.surface.engine.handshake12 import Handshake12
from dijkring.surface.engine.handshake13 import Handshake13, Talk
from dijkring.surface.engine.hello import Offer
from dijkring.surface.engine.listing import Listing
from dijkring.surface.engine.observations import (
    VERSIONS,
    NewTls,
    OldTls,
    TlsSeen,
    Trouble,
    VersionTry,
)
from dijkring.surface.engine.questions import Attempt, Connect, Questions, as_try
from dijkring.surface.engine.staple import describe_staple
from dijkring.surface.engine.suites import group_name, suite_name
from dijkring.surface.engine.tlsstream import Stream

HANDSHAKE_FAILURE = 40
OLDER = ("TLS 1.1", "TLS 1.0", "SSL 3.0")
_PLACES = {group_name(code): place for place, code in enumerate(hello.GROUPS)}


@dataclass
class Prober:
    """Asks one server all there is to ask; every failure is a trouble in what comes out.

    `connect` opens a line on which TLS may begin; `attempt` bounds one question in time and turns
    its failure into a Trouble; `talk` makes the server answer inside TLS 1.3.
    """

    connect: Connect
    server_name: str
    attempt: Attempt
    talk: Talk
    every_suite: bool = False
    tries: dict[str, VersionTry] = field(default_factory=dict)
    seen: TlsSeen = field(default_factory=TlsSeen)
    certificates: list[bytes] = field(default_factory=list)
    _staple: bytes = b""

    def __post_init__(self) -> None:
        self._questions = Questions(self.connect, self.server_name, self.attempt)

    async def ask(self) -> None:
        """Ask everything, two questions at once at most; then `conclude`."""
        await asyncio.gather(self._ask_13(), self._ask_12())
        if any(one.outcome != "failed" for one in self.tries.values()):
            await asyncio.gather(self._ask_older(), self._ask_ssl2())
            await self._list()

    async def conclude(self, still_there: bool = False) -> None:
        """Fill `tries`, `seen` and `certificates`.

        A server that hangs up without a word refuses what was offered, but only if it still talks
        to us afterwards; who knows that need not let us ask.
        """
        asked = self._questions
        if asked.unanswered() and not still_there:
            await self._check_still_there()
        self.tries = {name: self.tries[name] for name in VERSIONS if name in self.tries}
        suites = {name: tuple(map(suite_name, codes)) for name, codes in asked.picks.items()}
        staple = describe_staple(self._staple, self.certificates) if self._staple else None
        self.seen = replace(
            self.seen,
            suites={name: suites[name] for name in VERSIONS if name in suites},
            groups=tuple(sorted(set(asked.groups), key=_place_of_group)),
            staple=staple,
            troubles=asked.troubles,
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
            self.tries["TLS 1.3"] = await self._questions.accept(offer, "new")
            return
        if not one or not one.answer:
            self.tries["TLS 1.3"] = as_try(one.alert if one else None, trouble)
            self._questions.note_closed("version", self.tries["TLS 1.3"])
            return
        right = one.answer.version == "TLS 1.3"
        self.tries["TLS 1.3"] = VersionTry("accepted" if right else "refused")
        if right:
            self._take_13(one, trouble)

    def _take_13(self, one: Handshake13, trouble: Trouble | None) -> None:
        self._questions.picks["TLS 1.3"] = [one.answer.suite] if one.answer else []
        self._questions.groups.append(one.group)
        self.certificates, self._staple = one.certificates, one.staple
        if trouble and not one.complete:
            self._questions.troubles["new"] = trouble
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
            self.tries["TLS 1.2"] = as_try(one.alert if one else None, trouble)
            self._questions.note_closed("version", self.tries["TLS 1.2"])
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
                self._questions.troubles["renegotiation"] = trouble or Trouble("tls_failed")

    def _take_flight(self, flight: Flight) -> None:
        """Keep what the newest old version shows; TLS 1.3 goes first where it is spoken."""
        version = flight.hello.version
        self._questions.picks.setdefault(version, []).append(flight.hello.suite)
        exchange = flight.exchange
        if exchange:
            self._questions.groups.append(exchange.group)
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
            offer = Offer(asked[0], self.server_name)
            answer, trouble = await self._questions.answer_to(offer, whole=True)
            picked = answer.hello.version if isinstance(answer, Flight) else ""
            if isinstance(answer, Flight) and picked in asked:
                skipped = asked[: asked.index(picked)]
                self.tries |= {version: VersionTry("refused") for version in skipped}
                self.tries[picked] = VersionTry("accepted")
                self._take_flight(answer)
                asked = asked[len(skipped) + 1 :]
                continue
            alert = answer if isinstance(answer, hello.FatalAlert) else None
            outcome = VersionTry("refused") if picked else as_try(alert, trouble)
            self._questions.note_closed("version", outcome)
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
            self.tries["SSL 2.0"] = as_try(None, trouble)

    async def _list(self) -> None:
        """List what is accepted beyond the first picks."""
        before_13 = [name for name in ("TLS 1.2", *OLDER) if self.accepts(name)]
        listing = Listing(self._questions, self.every_suite)
        await listing.run(before_13[0] if before_13 else None, before_13[1:])
        self.seen = replace(
            self.seen,
            all_suites=listing.all_suites,
            reversed_pick=listing.reversed_pick,
            weak_signature=listing.weak_signature,
        )

    async def _check_still_there(self) -> None:
        """Ask once more for what was accepted, when the server hung up on what came last."""
        asked, gone = self._questions, Trouble("turned_away")
        accepted = next((one for one in reversed(VERSIONS) if self.accepts(one)), None)
        parts = asked.unanswered()
        if accepted and accepted != "SSL 2.0":
            flight, _ = await asked.pick(Offer(accepted, self.server_name), "again")
            if flight:
                return
        if "version" in parts:
            self.tries = {
                name: VersionTry("failed", gone) if one.outcome == "closed" else one
                for name, one in self.tries.items()
            }
        asked.troubles |= dict.fromkeys(parts - {"version"}, gone)


def _place_of_group(name: str) -> tuple[int, str]:
    """Named groups as we offer them, then what a server made up itself."""
    return _PLACES.get(name, len(_PLACES)), name


async def _speaks_ssl2(line: Stream) -> bool:
    await line.write(hello.ssl2_hello())
    data = b""
    while len(data) < 7:
        more = await line.read(1024)
        if not more:
            break
        data += more
    return hello.is_ssl2_answer(data)
