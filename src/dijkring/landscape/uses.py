# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What else speaks of a part of the landscape: undoing a file leaves that part where it is."""

from collections.abc import Callable, Collection, Iterable

Find = Callable[[Collection[int]], Iterable[int]]
_finds: list[Find] = []


def register(find: Find) -> None:
    """Let something name the assets it speaks of: it gets ids, and returns those of them."""
    if find not in _finds:
        _finds.append(find)


def spoken_of(assets: Collection[int]) -> set[int]:
    """Return which of some assets a scenario, a contract, an incident or the like speaks of."""
    return {pk for find in _finds for pk in find(assets)}
