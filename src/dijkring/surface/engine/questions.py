# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bare hellos to one server: what it picks, what it refuses, and whether it still talks to us."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from dijkring.surface.engine import hello
from dijkring.surface.engine.flight import Flight, read_flight
from dijkring.surface.engine.hello import Offer
from dijkring.surface.engine.observations import Trouble, VersionTry
from dijkring.surface.engine.suites import group_name
from dijkring.surface.engine.tlsstream import Stream

Connect = Callable[[], AbstractAsyncContextManager[Stream]]
Attempt = Callable[[Awaitable[None]], Awaitable[Trouble | None]]
Answer = Flight | hello.FatalAlert


@dataclass
class Questions:
    """Asks one server, and keeps what comes of it.

    `connect` opens a line on which TLS may begin; `attempt` bounds one question in time and turns
    its failure into a Trouble. picks: suites by version; troubles: by part, why it is missing.
    """

    connect: Connect
    server_name: str
    attempt: Attempt
    picks: dict[str, list[int]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    # The parts on which it hung up without a word, and how many of these a good answer followed.
    _closed: list[str] = field(default_factory=list)
    _followed: int = 0

    async def answer_to(self, offer: Offer, whole: bool) -> tuple[Answer | None, Trouble | None]:
        """Offer something and read the answer, up to its last message only when `whole`."""
        answers: list[Answer] = []
        before = len(self._closed)
        trouble = await self.attempt(self._read(offer, whole, answers))
        if answers and isinstance(answers[0], Flight):
            self._followed = max(self._followed, before)
        return (answers[0] if answers else None), trouble

    async def _read(self, offer: Offer, whole: bool, into: list[Answer]) -> None:
        async with self.connect() as line:
            await line.write(hello.record(offer.version, hello.hello_message(offer)))
            into.append(await read_flight(line, whole))

    async def accept(self, offer: Offer, part: str) -> VersionTry:
        """Offer something, and tell whether it was accepted in that version."""
        flight, outcome = await self.pick(offer, part)
        if flight:
            self.picks.setdefault(offer.version, []).append(flight.hello.suite)
            self.groups += [group_name(group)] if (group := flight.hello.group()) else []
            self.troubles.setdefault(part, Trouble("tls_failed", "group"))
        return outcome

    async def pick(
        self, offer: Offer, part: str, whole: bool = False
    ) -> tuple[Flight | None, VersionTry]:
        """What the server makes of an offer; a failure is noted as the trouble of a part."""
        answer, trouble = await self.answer_to(offer, whole)
        if isinstance(answer, Flight):
            right = answer.hello.version == offer.version
            return (answer, VersionTry("accepted")) if right else (None, VersionTry("refused"))
        outcome = as_try(answer, trouble)
        self.note_closed(part, outcome)
        if outcome.trouble:
            self.troubles[part] = outcome.trouble
        return None, outcome

    def note_closed(self, part: str, outcome: VersionTry) -> None:
        """Remember that it hung up without a word, where it did."""
        if outcome.outcome == "closed":
            self._closed.append(part)

    def unanswered(self) -> set[str]:
        """The parts on which it hung up, and after which it gave no good answer any more."""
        return set(self._closed[self._followed :])


def as_try(alert: object, trouble: Trouble | None) -> VersionTry:
    """What an alert or a failure says of the version that was offered."""
    if isinstance(alert, hello.FatalAlert):
        unknown = alert.number == hello.UNRECOGNIZED_NAME
        return VersionTry("unknown_name" if unknown else "refused")
    if trouble is None:
        return VersionTry("refused")
    if trouble.reason == "connection_lost":
        return VersionTry("closed")
    return VersionTry("failed", trouble)
