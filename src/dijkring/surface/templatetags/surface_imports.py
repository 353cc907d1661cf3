# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words of the pages on what others measured; `{% load surface_imports %}`."""

from django import template
from django.utils.translation import gettext as _

from dijkring.surface.facts import SOURCE
from dijkring.surface.imported_facts import SOURCES
from dijkring.surface.panels.imported import STATUSES

register = template.Library()


@register.filter
def import_status(status: str) -> str:
    """Say what becomes of a line."""
    return str(STATUSES.get(status, status))


@register.filter
def would_status(status: str, kind: str) -> str:
    """Say what would become of a line of a file of a kind."""
    if status == "taken":
        return _("To be registered") if kind == "certificates" else _("To be taken over")
    return import_status(status)


@register.filter
def other_source(source: str) -> str:
    """Name a source that is not our own measurement; nothing for our own."""
    return "" if source == SOURCE else SOURCES.get(source, source)
