# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where this installation may go to reach identity providers, as declared in `config.env`."""

import ipaddress
import os

from dijkring.core.errors import Refused
from dijkring.identity.oidc.fetch import Reach

NETWORKS, CA_FILE = "IDENTITY_ALLOWED_NETWORKS", "IDENTITY_CA_FILE"


def reach() -> Reach:
    """Return the reach; Refused names the setting that is wrong."""
    texts = [part.strip() for part in os.environ.get(NETWORKS, "").split(",") if part.strip()]
    try:
        networks = tuple(ipaddress.ip_network(text) for text in texts)
    except ValueError as error:
        raise Refused(f"{NETWORKS}: {error}") from None
    return Reach(networks, os.environ.get(CA_FILE, "").strip())
