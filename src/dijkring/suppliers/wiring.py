# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, events, leaving, navigation, search
from dijkring.core.access import EVERYONE, Role
from dijkring.landscape import uses
from dijkring.landscape.panels.assets import SLOT as ASSET
from dijkring.landscape.services.watching import CHANGED as LANDSCAPE_CHANGED
from dijkring.notices import kinds
from dijkring.sharing.services.endings import on_end
from dijkring.suppliers import doors, facts  # noqa: F401
from dijkring.suppliers import search as found
from dijkring.suppliers.panels import elsewhere
from dijkring.suppliers.selectors import register as register_of
from dijkring.suppliers.selectors.due import KIND
from dijkring.suppliers.selectors.due import due as find_due
from dijkring.suppliers.services import handing_over, inquiries, suppliers, watching

VIEW = "suppliers.view"
PARTY = "landscape.party"


def register() -> None:
    """Register rights, lines of the navigation, what is due, what can be found, what reacts."""
    _rights()
    for words, page in (
        (_("Suppliers"), "suppliers:suppliers"),
        (_("Contracts"), "suppliers:contracts"),
        (_("Digital autonomy"), "suppliers:autonomy"),
    ):
        navigation.add("house", words, page, VIEW, group="landscape")
    due.register(KIND, _("Supplier"), find_due, VIEW, keeper=suppliers.RIGHT)
    search.add("suppliers", _("Suppliers"), VIEW, found.suppliers, order=35)
    search.add("contracts", _("Contracts"), VIEW, found.contracts, order=36)
    leaving.register(suppliers.leave)
    events.subscribe(watching.CHANGED, watching.reckon)
    events.subscribe(LANDSCAPE_CHANGED, watching.reckon)
    on_end(watching.on_agreement_end)
    words = _("%(who)s answered the questionnaire: %(title)s")
    kinds.register(inquiries.ANSWERED, _("Questionnaire"), words)
    handing_over.register()
    elsewhere.hang(PARTY, ASSET)
    uses.register(register_of.delivered)


def _rights() -> None:
    keepers = {Role.CISO, Role.PROCESS_OWNER, Role.SECRETARY, Role.BUYER}
    access.register(VIEW, _("See suppliers and contracts"), EVERYONE, writes=False)
    access.register(suppliers.RIGHT, _("Keep suppliers and contracts"), keepers)
    access.register("suppliers.review", _("Review a supplier"), {Role.CISO, Role.PROCESS_OWNER})
    decide = _("Decide on levels and countries")
    access.register(suppliers.DECIDE, decide, {Role.CISO})
    access.register(inquiries.RIGHT, _("Send questionnaires to suppliers"), keepers)
    share = _("Share answers of suppliers and the procurement calendar")
    access.register(inquiries.SHARE, share, {Role.CISO, Role.SECRETARY, Role.BUYER})
