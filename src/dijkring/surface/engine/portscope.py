# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which hosts ports may be tried; who asks decides, and the engine tries no other."""

from collections.abc import Iterable
from dataclasses import dataclass

from dijkring.surface.engine.addresses import Network, parse_address


@dataclass(frozen=True)
class PortScope:
    """Names of hosts that are ours, names below them that are not, and networks that are not.

    Of the names in either set the one that lies nearest above a host decides.
    """

    names: frozenset[str] = frozenset()
    not_names: frozenset[str] = frozenset()
    not_networks: tuple[Network, ...] = ()

    def barred(self, address: str, hosts: Iterable[str]) -> str:
        """What makes an address not ours: a host at it, or itself; "" when nothing does."""
        found = parse_address(address)
        if any(found in network for network in self.not_networks):
            return address
        return next((host for host in hosts if not self._is_ours(host)), "")

    def _is_ours(self, host: str) -> bool:
        name = host.lower().rstrip(".")
        while name and name not in self.names and name not in self.not_names:
            name = name.partition(".")[2]
        return name in self.names and name not in self.not_names
