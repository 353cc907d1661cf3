# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the register of partners tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import due, leaving, navigation, search
from dijkring.crisis import partners_search as found
from dijkring.crisis import rights
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.services import partners as services


def register() -> None:
    """Register lines of the navigation, what is due, what can be found, and a leave."""
    for words, page in (
        (_("Partners and powers"), "crisis:partners"),
        (_("Who may do what"), "crisis:who_may"),
        (_("Role cards"), "crisis:cards"),
    ):
        navigation.add("disruption", words, page, rights.VIEW)
    words = _("Partners and powers")
    due.register(selectors.KIND, words, selectors.due, rights.VIEW, keeper=rights.KEEP)
    search.add("partners", _("Partners"), rights.VIEW, found.partners, order=38)
    words = _("Agreements with partners")
    search.add("partner_agreements", words, rights.VIEW, found.agreements, order=39)
    leaving.register(services.leave)
