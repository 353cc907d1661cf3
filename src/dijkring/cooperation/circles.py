# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether bodies take part in themselves, directly or through others; plain Python."""

from collections.abc import Callable, Iterable

Found = Callable[[Iterable[int]], Iterable[tuple[int, int]]]


def closes_circle(body: int, participant: int, participants_of: Found) -> bool:
    """Tell whether a new participation would make a body take part in itself.

    `participants_of` gives (participant, body) of some bodies. Ends also where there is a circle.
    """
    if body == participant:
        return True
    seen: set[int] = set()
    waiting = {participant}
    while waiting:
        inside = {one for one, _body in participants_of(waiting)}
        if body in inside:
            return True
        seen |= waiting
        waiting = inside - seen
    return False
