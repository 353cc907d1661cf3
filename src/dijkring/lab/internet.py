# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The running practice internet: DNS, websites and mail servers on this machine's loopback."""

import asyncio
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dijkring.lab import changes, rdap, routing
from dijkring.lab.certificates import Certificates
from dijkring.lab.changes import Change
from dijkring.lab.errors import LabError
from dijkring.lab.folder import Folder
from dijkring.lab.hosts import (
    LOOPBACK,
    Street,
    address,
    allot,
    bind_pair,
    hosts_of,
    joined,
)
from dijkring.lab.nameserver import Authoritative, Resolver, Service
from dijkring.lab.nameservers import ALL, DEAF_ON_V6, HEALTHY
from dijkring.lab.policies import Hashes
from dijkring.lab.records import Builder
from dijkring.lab.scenario import Scenario, parse, region
from dijkring.lab.validator import Validator

WATCH_SECONDS = 0.2


class Lab:
    """A practice internet in a folder; `async with Lab(folder, scenario) as lab` runs it.

    `scenario` is a Scenario, plain data for one, or None for the demo region. Changes made in
    the folder by another process take effect within a second.
    """

    def __init__(self, folder: Path, scenario: Scenario | Mapping[str, Any] | None = None) -> None:
        self.folder = Folder(folder)
        if scenario is None:
            scenario = region()
        self.scenario = scenario if isinstance(scenario, Scenario) else parse(dict(scenario))
        self.version = 0
        self._hosts = hosts_of(self.scenario)
        self._planted: dict[str, frozenset[str]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._applying = asyncio.Lock()

    @property
    def resolver(self) -> str:
        """Where the validating resolver listens, as address:port."""
        return joined(LOOPBACK, self._resolver_port)

    @property
    def authoritative(self) -> str:
        """Where the name servers of all domains listen, as address:port."""
        return joined(LOOPBACK, self._authoritative_port)

    @property
    def ca_file(self) -> Path:
        """The root certificate to trust, PEM."""
        return self._certificates.ca_file

    @property
    def address_map(self) -> Path:
        """JSON file from lab address and port to loopback address and port."""
        return self.folder.address_map

    @property
    def roas(self) -> Path:
        """JSON export of the validated ROAs."""
        return self.folder.path / "roas.json"

    @property
    def registries(self) -> Path:
        """JSON file that says which RDAP server answers for which suffix."""
        return self.folder.path / "registries.json"

    @property
    def routes(self) -> Path:
        """Text file of announced prefixes and their origins."""
        return self.folder.path / "routes.txt"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen everywhere and write lab.json; LabError when the folder is in use."""
        self.folder.create()
        self.folder.hold()
        # What a killed lab left behind says nothing about this one.
        (self.folder.path / "lab.json").unlink(missing_ok=True)
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        self.folder.write("scenario.json", dict(self.scenario.source))
        self._certificates = Certificates(self.folder.certificates)
        # Made now, so that the CA file exists also when no server uses it.
        _ = self._certificates.trusted
        self._seed = self.folder.seed()
        self._give_addresses()
        kept = self.folder.read("ports.json")
        self._street = Street(self._certificates, kept.get("hosts", {}))
        self._services = (Service(_no_answer), Service(_no_answer))
        wanted = kept.get("dns", [0, 0])
        self._resolver_port = await self._serve_dns(self._services[0], wanted[0])
        self._authoritative_port = await self._serve_dns(self._services[1], wanted[1])
        self.folder.write(self.registries.name, rdap.bootstrap(self.scenario.organisations))
        await self._street.open_registry(
            rdap.HOST, self._addresses[rdap.HOST], rdap.registry(self._registered)
        )
        await self.refresh()
        self._watch = asyncio.create_task(self._keep_watching())

    async def stop(self) -> None:
        """Stop listening and give the folder free; what was changed stays for the next start."""
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        for service in getattr(self, "_services", ()):
            await service.stop()
        if hasattr(self, "_street"):
            await self._street.close()
        (self.folder.path / "lab.json").unlink(missing_ok=True)
        self.folder.release()

    async def break_name(self, name: str, defect: str) -> Change:
        """Plant a defect and wait until it is in effect; LabError when it cannot be."""
        return await self._changed(changes.break_name(self.folder, self.scenario, name, defect))

    async def mend_name(self, name: str, defect: str) -> Change:
        """Take a defect away and wait until that is in effect."""
        return await self._changed(changes.mend_name(self.folder, self.scenario, name, defect))

    async def publish_txt(self, name: str, value: str) -> Change:
        """Publish a TXT record and wait until it can be asked for."""
        return await self._changed(changes.publish_txt(self.folder, self.scenario, name, value))

    async def _changed(self, change: Change) -> Change:
        await self.refresh()
        return change

    async def refresh(self) -> None:
        """Bring everything in line with the folder's state, and acknowledge its version."""
        async with self._applying:
            state = self.folder.state()
            if state.version == self.version:
                return
            planted = changes.planted(self.scenario, state)
            self._load_zones(planted, state.txt)
            self._announce(planted)
            await self._open_hosts(planted)
            self._planted = planted
            self.version = state.version
            self._write_ports()
            self.folder.write("lab.json", self.info())

    def info(self) -> dict[str, Any]:
        """What a measuring program needs to know, as lab.json has it."""
        return {
            "resolver": self.resolver,
            "ca_file": str(self.ca_file),
            "address_map": str(self.address_map),
            "roas": str(self.roas),
            "routes": str(self.routes),
            "registries": str(self.registries),
            "authoritative": self.authoritative,
            "trust_anchor": self._anchor,
            "pid": os.getpid(),
            "version": self.version,
        }

    def _give_addresses(self) -> None:
        hosts = [host.name for host in self._hosts]
        names = [*HEALTHY, *hosts, *(name for name in ALL if name not in HEALTHY), rdap.HOST]
        numbers = allot(names, self.folder.read("addresses.json"))
        self.folder.write("addresses.json", numbers)
        self._addresses = {name: address(numbers[name]) for name in names}

    async def _serve_dns(self, service: Service, wanted: int) -> int:
        udp, tcp = bind_pair(LOOPBACK, wanted)
        port: int = udp.getsockname()[1]
        await service.start(udp, tcp)
        return port

    def _load_zones(self, planted: changes.Planted, txt: Mapping[str, list[str]]) -> None:
        hashes = Hashes(*self._certificates.key_hashes)
        builder = Builder(self.scenario, planted, txt, self._addresses, self._seed, hashes)
        zones, root = builder.zones()
        if root.signer is None:
            raise LabError("De root is niet ondertekend.", "The root is not signed.")
        self._anchor = f". DS {root.signer.ds.to_text()}"
        validator = Validator(zones.answer, root.signer.ds)
        resolver = Resolver(zones, validator, self.scenario.validates)
        self._services[0].respond = resolver.respond
        self._services[1].respond = Authoritative(zones).respond

    async def _open_hosts(self, planted: changes.Planted) -> None:
        for host in self._hosts:
            now = planted[host.owner.name]
            if self._planted.get(host.owner.name) != now:
                title = self.scenario.organisations[host.owner.domain]
                await self._street.open(host, self._addresses[host.name], now, title)

    def _registered(self, domain: str) -> frozenset[str] | None:
        """What is wrong with a domain; None when nobody registered it."""
        return self._planted.get(domain) if domain in self.scenario.organisations else None

    def _announce(self, planted: changes.Planted) -> None:
        """Write the routes and their ROAs, for who measures RPKI."""
        self.folder.write(self.roas.name, routing.roas(self._addresses, planted))
        self.folder.write_text(self.routes.name, routing.routes(self._addresses))

    def _write_ports(self) -> None:
        own = [self._resolver_port, self._authoritative_port]
        self.folder.write("ports.json", {"dns": own, "hosts": self._street.ports})
        found = ((name, self._addresses[name]) for name in ALL)
        reached = ((at.v4,) if name in DEAF_ON_V6 else (at.v4, at.v6) for name, at in found)
        nameservers = {joined(one, 53): self.authoritative for both in reached for one in both}
        self.folder.write(self.address_map.name, {**nameservers, **self._street.address_map()})

    async def _keep_watching(self) -> None:
        seen = self.folder.state_stamp()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            stamp = self.folder.state_stamp()
            if stamp != seen:
                seen = stamp
                try:
                    await self.refresh()
                except (LabError, OSError) as error:
                    print(f"dijkring lab: {error}", file=sys.stderr)


def _no_answer(wire: bytes, limit: int) -> bytes | None:
    """What DNS says before the zones are loaded."""
    return None
