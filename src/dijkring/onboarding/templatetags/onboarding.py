# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words of the pages of this room; `{% load onboarding %}`."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def status_words(status: str) -> str:
    """Say what becomes of a line."""
    words = {
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "left_out": _("Left out"),
        "refused": _("Refused"),
    }
    return words.get(status, status)
