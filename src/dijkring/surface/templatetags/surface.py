# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags of the domain pages; `{% load surface %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.evidence.panels import shown
from dijkring.evidence.services.follow_up import reason_of
from dijkring.surface.facts import SOURCE, WEB
from dijkring.surface.panels import LEVELS

register = template.Library()


@register.simple_tag
def in_words(texts: dict[str, str]) -> str:
    """Give a text of content in the language of the page."""
    return in_language(texts)


@register.simple_tag
def explanation(fact: Any) -> str:
    """Say in a sentence why a fact is what it is."""
    return reason_of(fact)


@register.simple_tag
def seen(value: Any) -> str:
    """Write what was seen."""
    return shown(value)


@register.simple_tag
def level(key: str) -> str:
    """Give the word of a level: mandatory, advice, for information."""
    return str(LEVELS[key])


@register.simple_tag
def population(key: str) -> str:
    """Give the word of a population of this room."""
    return _("website") if key == WEB else _("mail")


@register.simple_tag
def method(fact: Any) -> str:
    """Say how a fact was measured: by which prober, resolver and address, or by whom."""
    found = fact.detail.get("method")
    if fact.source != SOURCE or not isinstance(found, dict):
        return str(fact.source)
    parts = [str(found.get("prober", "Dijkring"))]
    if found.get("resolver"):
        parts.append(_("resolver %(address)s") % {"address": found["resolver"]})
    if found.get("address"):
        parts.append(_("address %(address)s") % {"address": found["address"]})
    return ", ".join(parts)
