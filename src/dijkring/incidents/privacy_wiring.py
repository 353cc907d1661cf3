# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the privacy side and the figures of incidents tell the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, navigation
from dijkring.core.access import Role
from dijkring.incidents import together_doors  # noqa: F401
from dijkring.incidents.panels import breaches
from dijkring.incidents.panels.incidents import REPORTS, slot
from dijkring.incidents.services.breaches import KEEP
from dijkring.incidents.services.judging import JUDGE, OWN
from dijkring.ui import panels


def register() -> None:
    """Register rights, lines of the navigation and panels."""
    keep = _("Keep the register of personal data breaches")
    access.register(KEEP, keep, {Role.PRIVACY_OFFICER, Role.CISO})
    judge = _("Judge the risk of a personal data breach")
    # The CISO stands in when the privacy officer cannot be reached: 72 hours do not wait.
    access.register(JUDGE, judge, {Role.PRIVACY_OFFICER, Role.CISO})
    own = _("Judge a breach in one's own right; who lacks this stands in, and says why")
    access.register(OWN, own, {Role.PRIVACY_OFFICER})
    navigation.add(
        "house", _("Personal data breaches"), "incidents:breaches", KEEP, group="incidents"
    )
    access.register("incidents.aims", _("Set targets for incidents"), {Role.CISO})
    navigation.add(
        "house", _("Figures of incidents"), "incidents:figures", "incidents.view", group="incidents"
    )
    panels.extend(slot(REPORTS), breaches.of_incident)
