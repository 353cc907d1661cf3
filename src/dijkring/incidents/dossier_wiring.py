# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the file of an incident tells the rest of the house."""

from dijkring.incidents.panels import touched
from dijkring.incidents.panels.incidents import SLOT
from dijkring.landscape.panels.assets import SLOT as ASSET
from dijkring.ui import panels

# The slot of the page 'what if' of the landscape.
WHAT_IF = "landscape.what_if"


def register() -> None:
    """Hang its panels on the incident, on what it touches, and under 'what if'."""
    panels.extend(SLOT, touched.of_incident)
    panels.extend(ASSET, touched.of_asset)
    panels.extend(WHAT_IF, touched.of_what_if)
