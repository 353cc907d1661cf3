# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast it is known what falls when something falls: a country, and one municipality's pages."""

import functools
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import psycopg
from django.test import Client

from dijkring.benchmarks.landscape_world import FLOORS, HOUR, Country, country
from dijkring.benchmarks.world import World
from dijkring.core.access import Role
from dijkring.core.tenancy import transaction_for
from dijkring.landscape import cascade
from dijkring.landscape.cascade import Dependencies, Graph, Kind
from dijkring.landscape.cascade.graph import NEVER, Ints
from dijkring.landscape.cascade.settling import settle, start
from dijkring.landscape.selectors.graph import landscape
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import add_member

Tell = Callable[[str], None]
ASSETS, DEPENDENCIES = 100_000, 1_000_000
LOCAL_ASSETS, LOCAL_DEPENDENCIES = 2_000, 12_000
HUBS, TIMES = 5, 9
HOWS = {Kind.NEEDS: "needs", Kind.GROUP: "group", Kind.DEGRADED: "degraded"}
_OUT = """
COPY (SELECT d.id, d.dependent_id, d.needed_id,
  CASE d.kind WHEN 'needs' THEN 0 WHEN 'group' THEN 1 ELSE 2 END, coalesce(d.group_id, 0),
  coalesce(g.needed, 0), coalesce(d.delay_hours * 3600, 0)::bigint
FROM landscape_dependency d LEFT JOIN landscape_dependencygroup g ON g.id = d.group_id
WHERE d.ended_at IS NULL ORDER BY d.id) TO STDOUT
"""
_ASSETS_OUT = """
COPY (SELECT id, coalesce((rto_hours * 3600)::bigint, -1), coalesce(residents, 0),
  coalesce(statutory, false)::int FROM landscape_asset WHERE retired_at IS NULL ORDER BY id)
TO STDOUT
"""


def run(world: World, tell: Tell) -> dict[str, Any]:
    """Put a country in the database, read it back, and ask it everything; then one municipality."""
    tell(f"a country of {ASSETS} assets and {DEPENDENCIES} dependencies")
    made = country(ASSETS, DEPENDENCIES, len(world.organisations) - 1)
    began = time.perf_counter()
    _copy(world, made, world.organisations[1:], first=1)
    copied = time.perf_counter() - began
    del made
    _forget_peak()
    tell("reading back")
    began = time.perf_counter()
    assets, told = _read(world.connection)
    read = time.perf_counter() - began
    began = time.perf_counter()
    graph = cascade.build(assets[:, 0], told)
    built = time.perf_counter() - began
    return {
        "assets": len(graph),
        "dependencies": len(told.dependent),
        "organisations": len(world.organisations),
        "copy_in_s": round(copied, 1),
        "read_out_s": round(read, 2),
        "build_s": round(built, 2),
        **_country(graph, assets, tell),
        "municipality": _municipality(world, tell),
    }


def _country(graph: Graph, assets: Ints, tell: Tell) -> dict[str, Any]:
    tell("ranking of everything")
    weights = np.column_stack([np.ones(len(assets), np.int64), assets[:, 2], assets[:, 3]])
    began = time.perf_counter()
    falls = cascade.impact(graph, weights)
    ranked = time.perf_counter() - began
    hubs = np.argsort(-falls[:, 0])[:HUBS]
    tell("what-if")
    asked = [functools.partial(cascade.what_if, graph, graph.assets[[hub]]) for hub in hubs]
    what_if = [_median(one) for one in asked]
    computed = [_median(one, time.process_time) for one in asked]
    began = time.perf_counter()
    clashes = cascade.returns(graph, assets[:, 1]).places()
    clashed = time.perf_counter() - began
    told = cascade.conflicts(graph, assets[:, 1], 1000)
    peak = _peak()
    return {
        "what_if_ms": {"largest": max(what_if), "median": statistics.median(what_if)},
        "what_if_cpu_ms": {"largest": max(computed), "median": statistics.median(computed)},
        "falls_with_largest": int(falls[hubs[0], 0]),
        "ranking_s": round(ranked, 2),
        "conflicts_s": round(clashed, 2),
        "conflicts": len(clashes),
        "conflicts_explained": len(told),
        "peak_mb": peak,
        **_beside_networkx(graph, int(hubs[0]), computed[0], tell),
    }


def _beside_networkx(graph: Graph, hub: int, ours: float, tell: Tell) -> dict[str, Any]:
    """Let networkx find the moments over the plain needs alone, and ours the same.

    Both in time of the CPU, so that a busy machine favours neither. The second ratio lays all that
    ours does (groups, hindrance) beside the little that networkx was asked.
    """
    try:
        import networkx
    except ImportError:
        return {"networkx": "not installed"}
    tell("networkx on the same graph")
    other = networkx.DiGraph()
    other.add_nodes_from(range(len(graph)))
    edges = graph.needs
    # Of two lines between the same assets the quicker one counts, and comes last.
    slow_first = np.argsort(-edges.weight, kind="stable")
    columns = (edges.provider, edges.dependent, edges.weight)
    other.add_weighted_edges_from(zip(*(one[slow_first].tolist() for one in columns), strict=True))
    began = time.process_time()
    lengths = networkx.single_source_dijkstra_path_length(other, hub)
    took = (time.process_time() - began) * 1000
    place = np.array([hub])

    def needs_alone() -> Ints:
        return settle(graph, start(graph, place), place, groups=False)

    alone, same_question = needs_alone(), _median(needs_alone, time.process_time)
    reached = np.flatnonzero(alone < NEVER)
    same = dict(zip(reached.tolist(), alone[reached].tolist(), strict=True)) == lengths
    return {
        "networkx_what_if_cpu_ms": round(took, 1),
        "needs_alone_cpu_ms": same_question,
        "times_networkx": round(took / same_question, 1),
        "times_networkx_with_all_kinds": round(took / ours, 1),
        "same_as_networkx": same,
    }


def _median(work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the median of some runs in milliseconds; by the clock, or of this process's CPU."""
    found = []
    for _number in range(TIMES):
        began = clock()
        work()
        found.append((clock() - began) * 1000)
    return round(statistics.median(found), 1)


def _copy(world: World, made: Country, organisations: list[int], first: int) -> None:
    """Put a country in the tables; what all share belongs to the first organisation."""
    of = [organisations[number] for number in made.organisation.tolist()]
    told = made.dependencies
    owner, needed = _groups(told)
    groups = ((first + group, of[owner[group]], first + owner[group], f"G{group}", needed[group])
              for group in owner)  # fmt: skip
    for table, columns, rows in (
        ("landscape_asset", ASSET, _assets(made, of, first, world)),
        ("landscape_dependencygroup", GROUP, groups),
        ("landscape_dependency", LINE, _lines(told, of, first, world)),
    ):
        world._copy(table, columns, rows)
        world.connection.execute(f"ANALYZE {table}")


def _assets(made: Country, of: list[int], first: int, world: World) -> Iterator[tuple[Any, ...]]:
    kinds = [*(kind for kind, _share in FLOORS), "supplied", "network", "platform"]
    names = [kinds[floor] for floor in made.floor.tolist()]
    columns = (made.promised, made.residents, made.statutory)
    for place, (promised, residents, statutory) in enumerate(
        zip(*(one.tolist() for one in columns), strict=True)
    ):
        hours = None if promised < 0 else promised / HOUR
        yield (
            first + place, of[place], names[place], f"Bedrijfsmiddel {first + place}", "", hours,
            residents, bool(statutory), "", "", "", "in_use", "", "", "", "", world.now,
        )  # fmt: skip


def _groups(told: Dependencies) -> tuple[dict[int, int], dict[int, int]]:
    inside = told.kind == Kind.GROUP
    group = told.group[inside].tolist()
    owner = dict(zip(group, told.dependent[inside].tolist(), strict=True))
    return owner, dict(zip(group, told.required[inside].tolist(), strict=True))


def _lines(
    told: Dependencies, of: list[int], first: int, world: World
) -> Iterator[tuple[Any, ...]]:
    columns = (told.dependent, told.provider, told.kind, told.group, told.seconds)
    for number, (dependent, provider, kind, group, seconds) in enumerate(
        zip(*(one.tolist() for one in columns), strict=True)
    ):
        yield (
            first + number, of[dependent], first + dependent, first + provider, HOWS[Kind(kind)],
            first + group if kind == Kind.GROUP else None, seconds / HOUR, "", "", world.now,
        )  # fmt: skip


def _read(connection: psycopg.Connection[Any]) -> tuple[Ints, Dependencies]:
    lines = _table(connection, _OUT, 7)
    return _table(connection, _ASSETS_OUT, 4), Dependencies(*(lines[:, at] for at in range(1, 7)))


def _table(connection: psycopg.Connection[Any], query: str, width: int) -> Ints:
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        text = b"".join(bytes(part) for part in copy)
    return np.fromstring(text, np.int64, sep=" ").reshape(-1, width)


def _municipality(world: World, tell: Tell) -> dict[str, Any]:
    """Give one organisation a landscape of its own, and open the pages as a person does."""
    tell(f"one municipality of {LOCAL_ASSETS} assets")
    home = world.organisations[0]
    made = country(LOCAL_ASSETS, LOCAL_DEPENDENCIES, 1)
    _copy(world, made, [home], first=10_000_000)
    user = User.objects.create_user("benchmark@example.org", name="Benchmark")
    with transaction_for([home]):
        add_member(organisation_id=home, user=user, role=Role.READER)
    client = Client()
    client.force_login(user)
    slug = Organisation.objects.get(pk=home).slug

    def read() -> Any:
        with transaction_for([home]):
            return landscape(home)

    known = read()
    falls = cascade.impact(known.graph, known.weights)[:, 0]
    hub = list(known.nodes)[int(np.argmax(falls))]
    base = f"/o/{slug}/landschap"
    ask = functools.partial(_open, client, f"{base}/wat-als/?asset={hub}")
    return {
        "assets": len(known.nodes),
        "dependencies": len(known.lines),
        "falls": int(falls.max()),
        "read_ms": _median(read),
        "what_if_page_ms": _median(ask),
        "what_if_page_cpu_ms": _median(ask, time.process_time),
        "single_points_page_ms": _median(lambda: _open(client, f"{base}/enkele-punten/")),
        "conflicts_page_ms": _median(lambda: _open(client, f"{base}/hersteltijden/")),
        "concentration_page_ms": _median(lambda: _open(client, f"{base}/concentratie/")),
    }


def _open(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _forget_peak() -> None:
    """Let the kernel forget the peak of memory so far, where it can."""
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        return


def _peak() -> int:
    """Return the peak of memory of this process in MB."""
    with open("/proc/self/status") as file:
        found = next(line for line in file if line.startswith("VmHWM"))
    return int(found.split()[1]) // 1024


ASSET = (
    "id, organisation_id, kind, name, description, rto_hours, residents, statutory, law, "
    "personal_data, algorithm, lifecycle, jurisdiction, place, reference, source, added_at"
)
GROUP = "id, organisation_id, asset_id, name, needed"
LINE = (
    "id, organisation_id, dependent_id, needed_id, kind, group_id, delay_hours, source, note, "
    "added_at"
)
