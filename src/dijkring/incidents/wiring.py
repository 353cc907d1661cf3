# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access
from dijkring.core.access import EVERYONE, Role

HANDLERS = {Role.CISO, Role.SECRETARY, Role.PRIVACY_OFFICER}
READERS = EVERYONE - {Role.READER}


def register() -> None:
    """Register rights, lines of the navigation, what is due and what can be found."""
    access.register("incidents.report", _("Report an incident"), EVERYONE)
    access.register("incidents.view", _("See incidents"), READERS, writes=False)
    access.register("incidents.handle", _("Handle incidents"), HANDLERS)
    access.register(
        "incidents.decide",
        _("Decide on reporting and close incidents"),
        HANDLERS | {Role.BOARD},
    )
