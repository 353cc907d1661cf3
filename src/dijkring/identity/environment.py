# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where this installation may go, to identity providers and others, as declared in `config.env`."""

import ipaddress
import os

from dijkring.core.errors import Refused
from dijkring.identity.oidc.fetch import Reach

NETWORKS, CA_FILE = "IDENTITY_ALLOWED_NETWORKS", "IDENTITY_CA_FILE"


def reach(networks: str = NETWORKS, ca_file: str = CA_FILE) -> Reach:
    """Return the reach of two settings; Refused names the setting that is wrong."""
    texts = [part.strip() for part in os.environ.get(networks, "").split(",") if part.strip()]
    try:
        allowed = tuple(ipaddress.ip_network(text) for text in texts)
    except ValueError as error:
        raise Refused(f"{networks}: {error}") from None
    return Reach(allowed, os.environ.get(ca_file, "").strip())
