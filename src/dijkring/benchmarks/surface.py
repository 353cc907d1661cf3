# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How fast the engine measures websites and mail servers of the practice internet.

Three processes: the lab, so that what its servers compute is not counted; the engine, so that its
memory is its own, taking turns with a bare loop that makes the same connections; and sslyze over
the same servers in the same run, as a peer.
"""

import asyncio
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml

from dijkring.benchmarks import bare_loop, sslyze_peer
from dijkring.surface.engine import Options
from dijkring.surface.engine.addressmap import read_address_map, split_endpoint
from dijkring.surface.engine.dial import Dialer
from dijkring.surface.engine.judge import judge
from dijkring.surface.engine.observe import look_at_domain, run_loop
from dijkring.surface.engine.run import Run, prepare

SITES, MAIL_SERVERS, LONG_RUN = 50, 5, 5_000
START_SECONDS = 60
AT_ONCE = 10
# Each is measured this often, by turns; the middle one is told.
ROUNDS = 5
ENVIRONMENT = "DIJKRING_SSLYZE"
Tell = Callable[[str], None]
T = TypeVar("T")


def run(tell: Tell, long_run: int = LONG_RUN) -> dict[str, Any]:
    """Measure the lab with the engine and with sslyze.

    A host is one address. Times in seconds or milliseconds, memory in MiB; the ratios are ours to
    sslyze's in CPU and in hosts a second, and what ours costs for each unit of a bare loop.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with _lab(folder):
            tell("websites and mail servers by the engine")
            own = _in_own_process(folder, long_run)
            tell("the same servers by sslyze")
            addresses = own.pop("addresses")
            return {**own, "sslyze": _peer(folder, own, addresses)}


def domains(sites: int = SITES, servers: int = MAIL_SERVERS) -> dict[str, Any]:
    """The scenario: each domain a signed zone of its own, with a website or with a mail server."""
    web = {f"site{number}.example": {"mail": "none"} for number in range(sites)}
    mail = {f"post{number}.example": {"web": False} for number in range(servers)}
    return {"domains": web | mail}


@contextlib.contextmanager
def _lab(folder: Path) -> Iterator[None]:
    scenario = folder / "scenario.yaml"
    scenario.write_text(yaml.safe_dump(domains()))
    line = [sys.executable, "-m", "dijkring.lab.command", "serve"]
    line += ["--folder", str(folder / "lab"), "--scenario", str(scenario)]
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        until = time.monotonic() + START_SECONDS
        while not (folder / "lab" / "lab.json").exists():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the practice internet does not start")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _in_own_process(folder: Path, long_run: int) -> dict[str, Any]:
    line = [sys.executable, "-m", "dijkring.benchmarks.surface", str(folder / "lab"), str(long_run)]
    told = subprocess.run(line, check=True, stdout=subprocess.PIPE)  # noqa: S603
    found: dict[str, Any] = json.loads(told.stdout)
    return found


@dataclass
class CountingDialer(Dialer):
    """A dialer that counts the connections per address."""

    opened: Counter[str] = field(default_factory=Counter)

    def target(self, address: str, port: int) -> tuple[str, int]:
        """Where a connection really goes; each is about to be made."""
        found = super().target(address, port)
        self.opened[address] += 1
        return found


def _options(lab: Path) -> Options:
    told = json.loads((lab / "lab.json").read_text())
    address, port = split_endpoint(told["resolver"])
    known = read_address_map(Path(told["address_map"]).read_text())
    return Options(resolver=(address, port or 53), ca_file=told["ca_file"], address_map=known)


@dataclass
class Round:
    """What one round cost, and what it did: connections by name and address, and questions."""

    cost: dict[str, Any]
    visited: dict[tuple[str, str], int]
    questions: list[tuple[str, str]]

    @property
    def cpu(self) -> float:
        """Milliseconds of CPU for each host."""
        return float(self.cost["cpu_ms_per_host"])


async def _measure(lab: Path, names: list[str]) -> Round:
    """Measure names, and judge them, as a round does: everything is looked at once."""
    run, opened = _counting(_options(lab))
    turns, states = asyncio.Semaphore(AT_ONCE), Counter[str]()
    visited: dict[tuple[str, str], int] = {}
    began, cpu = time.perf_counter(), time.process_time()

    async def one(name: str) -> None:
        async with turns:
            seen = await look_at_domain(run, name)
        measured = [*(one.address for one in seen.web), *(one.address for one in seen.mail_servers)]
        visited.update({(name, address): opened[address] for address in measured})
        states.update(result.state for result in judge(seen))

    await asyncio.gather(*map(one, names))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    hosts = len(visited)
    cost = {
        "hosts": hosts,
        "seconds": round(seconds, 2),
        "hosts_per_second": round(hosts / seconds, 1),
        "cpu_ms_per_host": round(cpu / hosts * 1000, 2),
        "connections_per_host": round(sum(visited.values()) / hosts, 1),
        "results": dict(states),
    }
    return Round(cost, visited, run.resolver.questions)


def _counting(options: Options) -> tuple[Run, Counter[str]]:
    made = prepare(options)
    counting = CountingDialer(options.address_map)
    made.dialer = counting
    return made, counting.opened


def _memory() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def engine(lab: Path, long_run: int) -> dict[str, Any]:
    """Everything that the engine is measured on, in this process.

    The long run measures the same sites over and over, each time as if anew, to see whether
    memory stays what it was.
    """
    sites = [name for name in domains()["domains"] if name.startswith("site")]
    mail = [name for name in domains()["domains"] if name.startswith("post")]
    run_loop(_measure(lab, [*sites[:2], *mail[:1]]))
    web: list[Round] = []
    bare: list[Mapping[str, Any]] = []
    for _ in range(ROUNDS):
        web.append(run_loop(_measure(lab, sites)))
        bare.append(run_loop(_bare(lab, web[-1])))
    middle = _middle(web, _cpu)
    found: dict[str, Any] = {
        "addresses": [address for _, address in middle.visited],
        "web": middle.cost,
        "mail": _middle([run_loop(_measure(lab, mail)) for _ in range(ROUNDS)], _cpu).cost,
        "bare_loop": _beside(middle, _middle(bare, lambda one: one["cpu_ms_per_host"])),
        "peak_memory_mb": _memory(),
    }
    hosts = 0
    while hosts < long_run:
        hosts += run_loop(_measure(lab, sites)).cost["hosts"]
    found["long_run"] = {"hosts": hosts, "peak_memory_mb": _memory()}
    return found


def _cpu(one: Round) -> float:
    return one.cpu


def _middle(rounds: Sequence[T], cost: Callable[[T], float]) -> T:
    """The round of median cost: others use the machine too."""
    return sorted(rounds, key=cost)[len(rounds) // 2]


async def _bare(lab: Path, done: Round) -> Mapping[str, Any]:
    """Make the connections of a round and ask its questions, and nothing more."""
    options = _options(lab)
    dialer = Dialer(options.address_map)
    sites = [
        bare_loop.Site(name, dialer.target(address, 443), dialer.target(address, 80), count)
        for (name, address), count in done.visited.items()
    ]
    if options.resolver is None or options.ca_file is None:
        raise RuntimeError("the practice internet tells too little")
    return await bare_loop.visit(sites, options.resolver, done.questions, options.ca_file, AT_ONCE)


def _beside(own: Round, bare: Mapping[str, Any]) -> dict[str, Any]:
    return {**bare, "ratio_cpu": round(own.cpu / bare["cpu_ms_per_host"], 2)}


def _peer(folder: Path, own: dict[str, Any], addresses: list[str]) -> dict[str, Any]:
    """What sslyze needs for the websites; why there is no ratio where it cannot be had."""
    place = Path(os.environ.get(ENVIRONMENT) or folder / "sslyze")
    if (wrong := sslyze_peer.install(place)) is not None:
        return {"not_measured": wrong}
    told = json.loads((folder / "lab" / "lab.json").read_text())
    cost = sslyze_peer.scan(place, told["ca_file"], servers(folder / "lab", addresses))["cost"]
    rate, cpu = cost["hosts"] / cost["seconds"], cost["cpu_seconds"] / cost["hosts"] * 1000
    return {
        "version": cost["version"],
        "hosts": cost["hosts"],
        "hosts_per_second": round(rate, 1),
        "cpu_ms_per_host": round(cpu, 1),
        "peak_memory_mb": cost["peak_memory_mb"],
        "ratio_hosts_per_second": round(own["web"]["hosts_per_second"] / rate, 1),
        "ratio_cpu": round(cpu / own["web"]["cpu_ms_per_host"], 1),
    }


def servers(lab: Path, wanted: Container[str]) -> list[dict[str, Any]]:
    """The websites at these addresses, each under a name of its own, as sslyze wants them."""
    told = json.loads((lab / "lab.json").read_text())
    mapped = json.loads(Path(told["address_map"]).read_text())
    found = []
    for number, (at, here) in enumerate(mapped.items()):
        address, port = split_endpoint(here)
        if at.endswith(":443") and split_endpoint(at)[0] in wanted:
            name = f"host{number}.example"
            found.append({"name": name, "address": address, "port": port, "mail": False})
    return found


if __name__ == "__main__":
    print(json.dumps(engine(Path(sys.argv[1]), int(sys.argv[2]))))
