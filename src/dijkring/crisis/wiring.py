# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access
from dijkring.crisis import rights


def register() -> None:
    """Register rights, lines of the navigation and what can be found."""
    access.register(rights.VIEW, _("See the crisis room"), rights.READERS, writes=False)
    access.register(rights.WRITE, _("Write in the log of a crisis"), rights.WRITERS)
    lead = _("Lead a crisis: open, escalate, decide, end")
    access.register(rights.LEAD, lead, rights.LEADERS)
    access.register(rights.KEEP, _("Keep what is prepared for a crisis"), rights.KEEPERS)
