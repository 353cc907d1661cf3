# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast search is while the whole country works in one database: as a page, for some questions.

Beside facts and judgements the organisation that searches gets the actions and comments of a few
years, as many as a large one makes. Then the whole country shares all with one body, that searches
in it.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.test import Client

from dijkring.benchmarks.sharing import agree
from dijkring.benchmarks.world import World
from dijkring.core.access import Role
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member

TIMES, TIMES_SHARED = 20, 5
BUDGET_SHARED = 200
ACTIONS = 3_000
QUESTIONS = {
    "number": "5.14.01",
    "words": "back-up terugzetten",
    "host": "m1.example",
    "everything": "de m e a",
    "nothing": "xyzzy",
}
_ACTION = (
    "organisation_id, title, description, state, priority, origin_kind, responsible, requirements, "
    "opened_at, close_reason, handed_over_by"
)


def run(world: World, tell: Callable[[str], None]) -> dict[str, Any]:
    """Search as a person of one organisation; milliseconds, the median and the worst of some runs.

    The first search after a start reads the words of the norms, and is measured apart.
    """
    organisation = Organisation.objects.get(pk=world.organisations[0])
    _act(world, organisation.pk)
    user = User.objects.create_user("benchmark@example.org", name="Benchmark")
    with transaction_for([organisation.pk]):
        add_member(organisation_id=organisation.pk, user=user, role=Role.CISO)
    client = Client()
    client.force_login(user)
    client.get(f"/o/{organisation.slug}/zoeken/")
    tell("search")
    first = _timed(client, organisation.slug, QUESTIONS["words"])
    shared = _search_shared(world, client, user, tell)
    found = {name: _runs(client, organisation.slug, words) for name, words in QUESTIONS.items()}
    return {
        "organisations": len(world.organisations),
        "facts": world.facts,
        "actions": ACTIONS,
        "first_search_ms": first,
        **{f"search_{name}_ms": statistics.median(times) for name, times in found.items()},
        "search_worst_ms": max(max(times) for times in found.values()),
        **shared,
    }


def _search_shared(
    world: World, client: Client, user: User, tell: Callable[[str], None]
) -> dict[str, Any]:
    """Search in what the whole country shares with one body, in all detail."""
    receiver = Organisation.objects.get(slug="ibd")
    givers = [id for id in world.organisations if id != receiver.pk]
    agree(world, givers, receiver.pk, ("norms", "judgements", "actions", "exposure"), "fact")
    with transaction_for([receiver.pk]):
        add_member(organisation_id=receiver.pk, user=user, role=Role.CISO)
    tell("search in what others share")
    times = {
        name: [_timed(client, receiver.slug, words, shared="1") for _ in range(TIMES_SHARED)]
        for name, words in QUESTIONS.items()
    }
    return {
        "givers": len(givers),
        "budget_shared_ms": BUDGET_SHARED,
        **{f"shared_{name}_ms": statistics.median(found) for name, found in times.items()},
    }


def _runs(client: Client, slug: str, words: str) -> list[float]:
    return [_timed(client, slug, words) for _ in range(TIMES)]


def _timed(client: Client, slug: str, words: str, **more: str) -> float:
    begin = time.perf_counter()
    answer = client.get(f"/o/{slug}/zoeken/", {"q": words, **more})
    if answer.status_code != 200:
        raise RuntimeError(f"search answered {answer.status_code}")
    return round((time.perf_counter() - begin) * 1000, 1)


def _act(world: World, organisation: int) -> None:
    """Put the actions of some years in place with COPY."""

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(ACTIONS):
            yield (
                organisation,
                f"Back-up van server {number} terugzetten",
                "Zet de back-up terug op een proefomgeving en leg vast wat er gebeurt.",
                "open" if number % 3 == 0 else "done",
                "normal",
                "",
                f"Leverancier {number % 40}",
                '["bio2:8.13.04"]',
                world.now - timedelta(hours=number),
                "",
                "",
            )

    with (
        world.connection.cursor() as cursor,
        cursor.copy(f"COPY actions_action ({_ACTION}) FROM STDIN") as copy,
    ):
        for row in rows():
            copy.write_row(row)
    world.connection.execute("VACUUM ANALYZE actions_action")
