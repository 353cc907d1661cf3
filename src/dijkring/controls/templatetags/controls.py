# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template filters of controls; `{% load controls %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language

register = template.Library()
register.filter("in_language", in_language)

KINDS = {
    "group": _("chapters"),
    "theme": _("themes"),
    "control": _("controls"),
    "measure": _("measures"),
    "no_measure": _("controls without a measure"),
    "article": _("articles"),
    "letter": _("letters"),
    "duty": _("duties"),
    "clause": _("clauses"),
    "moved": _("moved numbers"),
    "lapsed": _("lapsed numbers"),
    "reference": _("references"),
    "mapping": _("mappings"),
    "rule": _("evidence rules"),
    "was_becomes": _("lines of the was-becomes list"),
}


@register.filter
def kind_words(kind: str) -> Any:
    """Return what a kind of part is called."""
    return KINDS.get(kind, kind)


@register.filter
def of(states: Mapping[int, Any], id: int) -> Any:
    """Return what a mapping holds under an id, or None."""
    return states.get(id)
