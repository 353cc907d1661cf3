# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where findings, scores and certificates hang into the other rooms; called when the room opens."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import due, navigation
from dijkring.surface import doors, keeping, told  # noqa: F401
from dijkring.surface.selectors import certificates
from dijkring.surface.services import systems


def register() -> None:
    """Register the pages, what is due and what people are told."""
    navigation.add("house", _("Findings"), "surface:findings", "surface.view", group="internet")
    words = _("Certificate that ends")
    due.register("certificate", words, certificates.due, "surface.view", keeper=systems.RIGHT)
    told.register()
