# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What taking over from others tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access
from dijkring.core.access import Role
from dijkring.surface import (
    imported_facts,
    imported_tasks,  # noqa: F401 -- its job must be known
)
from dijkring.surface.services import import_files


def register() -> None:
    """Register the kinds of fact of others, and who may take over what they say."""
    imported_facts.add()
    words = _("Take over what others measured of our domains")
    access.register(import_files.RIGHT, words, {Role.CISO, Role.PROCESS_OWNER})
