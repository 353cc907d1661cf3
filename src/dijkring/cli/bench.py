# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""`dijkring bench NAME`: measures how fast Dijkring is, on a database of its own, as JSON."""

import argparse
import json
import os
import subprocess
import sys

import psycopg

from dijkring.cli import embedded
from dijkring.cli.environment import home, variables

HELP = "measure how fast Dijkring is, on a database of its own"
DATABASE = "dijkring_bench"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the name and the size of the benchmark."""
    parser.add_argument(
        "name",
        choices=[
            "cascade",
            "crisis",
            "findings",
            "incidents",
            "onboarding",
            "registers",
            "rounds",
            "search",
            "sharing",
            "simulation",
            "standings",
            "surface",
        ],
        help="what to measure",
    )
    parser.add_argument("--organisations", type=int, default=742)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--incidents", type=int, default=200_000)
    parser.add_argument("--entries", type=int, default=2_000_000, help="of timelines of incidents")
    parser.add_argument("--names", type=int, help="of rounds (5000) and simulation (500000)")
    parser.add_argument("--days", type=int, default=3, help="of each sort in simulation (3)")


def run(args: argparse.Namespace) -> int:
    """Make the database, fill it, measure, and print the figures; measuring names needs none."""
    if args.name == "surface":
        from dijkring.benchmarks import surface

        print(json.dumps(surface.run(tell), indent=2))
        return 0
    place = embedded.make_home(home())
    running = embedded.attach(place)
    database = running or embedded.ensure(place, tell)
    try:
        _make(database.superuser_url)
        os.environ |= _variables(variables(place, database))
        _prepare()
        print(json.dumps(_measure(args), indent=2))
        _drop(database.superuser_url)
    finally:
        if running is None:
            database.stop()
    return 0


def tell(words: str) -> None:
    """Show progress beside the JSON."""
    print(words, file=sys.stderr, flush=True)


def _drop(superuser_url: str) -> None:
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def _make(superuser_url: str) -> None:
    _drop(superuser_url)
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER dijkring_owner")


def _variables(found: dict[str, str]) -> dict[str, str]:
    urls = {name: _renamed(found[name]) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    return {
        **found,
        **urls,
        "DJANGO_SETTINGS_MODULE": "dijkring.config.settings",
        "ALLOWED_HOSTS": "testserver",
    }


def _renamed(url: str) -> str:
    head, _slash, tail = url.rpartition("/")
    _name, question, query = tail.partition("?")
    return f"{head}/{DATABASE}{question}{query}"


def _prepare() -> None:
    for command in ("migrate", "load_content"):
        tell(command)
        line = [sys.executable, "-m", "django", command]
        subprocess.run(  # noqa: S603
            line,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DIJKRING_AS_OWNER": "1"},
        )


def _measure(args: argparse.Namespace) -> dict[str, object]:
    import django

    django.setup()
    from dijkring.benchmarks import crisis, findings, onboarding, registers, rounds, simulation

    if args.name == "crisis":
        return crisis.run(tell)
    if args.name == "onboarding":
        return onboarding.run(tell)
    if args.name == "findings":
        return findings.run(tell, os.environ["DATABASE_OWNER_URL"])
    if args.name == "registers":
        return registers.run(tell)
    if args.name == "rounds":
        return rounds.run(tell, args.names or 5_000)
    if args.name == "simulation":
        return simulation.run(tell, args.names or 500_000, args.organisations, args.days)
    return _measure_country(args)


def _measure_country(args: argparse.Namespace) -> dict[str, object]:
    """Measure what needs organisations all over the country."""
    from dijkring.benchmarks import cascade, incidents, search, sharing, standings
    from dijkring.benchmarks.world import World
    from dijkring.evidence import kinds

    owner = os.environ["DATABASE_OWNER_URL"]
    if args.name == "cascade":
        return cascade.run(World(owner, args.organisations, 1, {"-": "-"}), tell)
    if args.name == "incidents":
        world = World(owner, args.organisations, 1, {"-": "-"})
        return incidents.run(world, tell, args.incidents, args.entries)
    measured = {
        kind.id: kind.population for kind in kinds.all_kinds() if kind.id.startswith("surface.")
    }
    world = World(owner, args.organisations, args.facts, measured)
    if args.name == "sharing":
        return sharing.run(world, tell)
    world.fill(tell)
    if args.name == "search":
        return search.run(world, tell)
    return standings.run(world, tell)
