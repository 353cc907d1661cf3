# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which suites, groups and signatures a server accepts: drop what it picks, offer the rest."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dijkring.surface.engine import hello
from dijkring.surface.engine.hello import Offer
from dijkring.surface.engine.questions import Questions
from dijkring.surface.engine.suites import (
    SUITES,
    WEAK_CURVES,
    group_level,
    group_name,
    suite_level,
    suite_name,
)

# Of what is accepted this many suites are listed, and as many insufficient ones, unless every one
# is asked for.
MOST_SUITES = 8
EVERY_SUITE = 400
SECP224R1 = 0x0015


def _weakest_first(codes: Sequence[int]) -> list[int]:
    """Phase-out before sufficient, and ChaCha never in front: a server may prefer it for a client
    that puts it first (OpenSSL's SSL_OP_PRIORITIZE_CHACHA)."""
    order = ("insufficient", "phase_out", "sufficient", "good")
    return sorted(
        codes,
        key=lambda code: (order.index(suite_level(SUITES[code])), "CHACHA" in SUITES[code]),
    )


RANKED = _weakest_first(hello.SUITES_12)
WEAK = frozenset(code for code in RANKED if suite_level(SUITES[code]) == "insufficient")
OLD = frozenset(hello.OLD_SUITES)
RARE_13 = [code for code in hello.SUITES_13 if "_CCM_" in SUITES[code]]
COMMON_13 = [code for code in hello.SUITES_13 if code not in RARE_13]
CODE_OF = {name: code for code, name in SUITES.items()}


@dataclass
class Listing:
    """What a server accepts beyond its first picks, added to the answers of its questions."""

    questions: Questions
    every_suite: bool = False
    all_suites: bool = True
    reversed_pick: str = ""
    weak_signature: str | None = None

    async def run(self, newest: str | None, older: Sequence[str]) -> None:
        """List TLS 1.3 and the newest version before it, side by side; older ones if every suite
        is wanted."""
        await asyncio.gather(self._list_13(RARE_13), self._list_12(newest, older))
        # What most servers accept comes last: a good answer shows that all refusals were refusals.
        await self._list_13(COMMON_13)

    async def _list_13(self, suites: Sequence[int]) -> None:
        """The other suites of TLS 1.3, and with them other groups: without a key share of ours
        the server asks for the one that it wants (HelloRetryRequest)."""
        asked = self.questions
        known = asked.picks.get("TLS 1.3", [])
        groups = [one for one in hello.GROUPS if group_level(group_name(one)) != "insufficient"]
        while known and (left := [code for code in suites if code not in known]):
            # What it has accepted stays, at the end, so that a refusal is about the suites.
            groups.sort(key=lambda code: group_name(code) in asked.groups)
            flight, _ = await asked.pick(
                Offer("TLS 1.3", asked.server_name, left, groups), "suites"
            )
            if flight is None or flight.hello.suite not in left:
                return
            known.append(flight.hello.suite)
            asked.groups += [group_name(group)] if (group := flight.hello.group()) else []

    async def _list_12(self, newest: str | None, older: Sequence[str]) -> None:
        """The other suites of older versions, and what can only be asked with some of them."""
        if newest is None:
            return
        for version in (newest, *(older if self.every_suite else ())):
            self.questions.picks[version] += await self._rest(version)
        await asyncio.gather(self._ask_reversed(newest), self._ask_weak_groups(newest))
        if newest == "TLS 1.2":
            await self._ask_weak_signatures()

    async def _rest(self, version: str) -> list[int]:
        """What more is accepted, out of offers with the weakest in front; insufficient last."""
        asked, found = self.questions, list[int]()
        known, counts = set(asked.picks[version]), Counter[bool]()
        left = [code for code in RANKED if version == "TLS 1.2" or code in OLD]
        left = [code for code in left if code not in known]
        while left:
            finite = not any(one.startswith(("dh-", "ffdhe")) for one in asked.groups)
            flight, _ = await asked.pick(
                Offer(version, asked.server_name, left), "suites", whole=finite
            )
            if flight is None or (suite := flight.hello.suite) not in left:
                break
            found.append(suite)
            left.remove(suite)
            asked.groups += [flight.exchange.group] if flight.exchange else []
            left = self._without_what_is_enough(left, counts, suite in WEAK)
        return sorted(found, key=WEAK.__contains__)

    def _without_what_is_enough(
        self, left: list[int], counts: Counter[bool], weak: bool
    ) -> list[int]:
        """Leave out all insufficient suites, or all others, once enough of them were picked."""
        counts[weak] += 1
        if counts[weak] < (EVERY_SUITE if self.every_suite else MOST_SUITES):
            return left
        rest = [code for code in left if (code in WEAK) is not weak]
        self.all_suites &= len(rest) == len(left)
        return rest

    def _accepted(self, version: str, level: str) -> list[int]:
        picks = self.questions.picks[version]
        return [one for one in picks if suite_level(suite_name(one)) == level]

    async def _ask_reversed(self, version: str) -> None:
        """Put what ought to be phased out before what is sufficient: the server must not care."""
        worse = self._accepted(version, "phase_out")
        better = self._accepted(version, "sufficient")
        if not worse or not better:
            return
        # One that it refuses goes in front, so that ChaCha is not what the client asks for first.
        known = set(self.questions.picks[version])
        refused = [one for one in RANKED if one not in WEAK and one not in known]
        plain = [one for one in refused if "CHACHA" not in suite_name(one)]
        suites = [*plain[-1:], *_weakest_first([*worse, *better])]
        offer = Offer(version, self.questions.server_name, suites)
        flight, _ = await self.questions.pick(offer, "order")
        self.reversed_pick = flight.suite if flight else ""

    async def _ask_weak_groups(self, version: str) -> None:
        """Offer only curves that ought not to be used any more."""
        asked = self.questions
        suites = [one for one in asked.picks[version] if "_ECDHE_" in suite_name(one)]
        if not suites:
            return
        offer = Offer(version, asked.server_name, suites, [*WEAK_CURVES, SECP224R1])
        flight, _ = await asked.pick(offer, "groups", whole=True)
        if flight and flight.exchange:
            asked.groups.append(flight.exchange.group)

    async def _ask_weak_signatures(self) -> None:
        """Offer only signatures with hashes that no longer count (TLS 1.2 negotiates them)."""
        names = [suite_name(code) for code in self.questions.picks["TLS 1.2"]]
        signed = [CODE_OF[one] for one in names if "_ECDHE_" in one or "_DHE_" in one]
        if not signed:
            self.weak_signature = ""
            return
        name, weak = self.questions.server_name, hello.WEAK_SIGNATURES
        offer = Offer("TLS 1.2", name, signed, signatures=weak)
        flight, outcome = await self.questions.pick(offer, "signature", whole=True)
        if outcome.outcome != "failed":
            self.weak_signature = flight.exchange.signature if flight and flight.exchange else ""
