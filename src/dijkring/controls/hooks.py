# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where higher rooms hang what must happen inside the same transaction, or show on our pages."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from django.http import HttpRequest

from dijkring.controls.models import Framework

Change = Callable[[int, Collection[int]], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class LeafState:
    """How one leaf stands, as a state of the page kit, and the page that says why."""

    state: str
    url: str


States = Callable[[HttpRequest, Framework], dict[int, LeafState]]

# Entered before the applicability of some requirements of an organisation changes, left after it.
on_applicability_changed: list[Change] = []
# Say how the leaves of a framework stand, for the tree.
states_of_leaves: list[States] = []


@contextmanager
def changing_applicability(organisation_id: int, requirements: Collection[int]) -> Iterator[None]:
    """Let higher rooms prepare, do the change, and let them carry its effect through at once."""
    with ExitStack() as stack:
        for change in on_applicability_changed:
            stack.enter_context(change(organisation_id, requirements))
        yield


def leaf_states(request: HttpRequest, framework: Framework) -> dict[int, LeafState]:
    """Return how the leaves of a framework stand; empty when no room knows."""
    found: dict[int, LeafState] = {}
    for states in states_of_leaves:
        found.update(states(request, framework))
    return found
