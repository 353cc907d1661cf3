# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access
from dijkring.core.access import EVERYONE, Role


def register() -> None:
    """Register rights, lines of the navigation, what is due and what can be found."""
    access.register("suppliers.view", _("See suppliers and contracts"), EVERYONE, writes=False)
    keepers = {Role.CISO, Role.PROCESS_OWNER, Role.SECRETARY}
    access.register("suppliers.keep", _("Keep suppliers and contracts"), keepers)
    access.register("suppliers.review", _("Review a supplier"), {Role.CISO, Role.PROCESS_OWNER})
    access.register("suppliers.decide", _("Decide on levels, limits and countries"), {Role.CISO})
    access.register("suppliers.ask", _("Send questionnaires to suppliers"), keepers)
    share = _("Share answers of suppliers and the procurement calendar")
    access.register("suppliers.share", share, {Role.CISO, Role.SECRETARY})
