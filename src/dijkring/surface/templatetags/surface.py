# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags of the domain pages; `{% load surface %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.controls.models import in_language
from dijkring.evidence.panels import shown
from dijkring.surface.facts import SOURCE, WEB
from dijkring.surface.panels.domains import CATEGORIES, LEVELS
from dijkring.surface.scoring import PartScore

register = template.Library()

# What the engine calls what it saw, in words.
SEEN = {
    "about": gettext_lazy("about"),
    "addresses": gettext_lazy("addresses"),
    "bad": gettext_lazy("outdated"),
    "code": gettext_lazy("code"),
    "complete": gettext_lazy("everything seen"),
    "cookies": gettext_lazy("cookies"),
    "count": gettext_lazy("how many"),
    "four": gettext_lazy("status on IPv4"),
    "good": gettext_lazy("good"),
    "hashes": gettext_lazy("signature algorithms"),
    "header": gettext_lazy("header"),
    "headers": gettext_lazy("headers"),
    "hosts": gettext_lazy("names"),
    "http_status": gettext_lazy("HTTP status"),
    "issuer": gettext_lazy("issuer"),
    "keys": gettext_lazy("keys"),
    "location": gettext_lazy("sends on to"),
    "lookups": gettext_lazy("DNS lookups"),
    "message": gettext_lazy("message"),
    "mode": gettext_lazy("mode"),
    "name": gettext_lazy("name"),
    "names": gettext_lazy("names"),
    "note": gettext_lazy("note"),
    "policy": gettext_lazy("policy"),
    "port": gettext_lazy("port"),
    "problems": gettext_lazy("problems"),
    "record": gettext_lazy("record"),
    "records": gettext_lazy("records"),
    "routes": gettext_lazy("routes"),
    "seconds": gettext_lazy("seconds"),
    "six": gettext_lazy("status on IPv6"),
    "status": gettext_lazy("HTTP status"),
    "subject": gettext_lazy("subject"),
    "until": gettext_lazy("valid until"),
    "url": gettext_lazy("address"),
    "value": gettext_lazy("value"),
    "versions": gettext_lazy("versions"),
    "weak": gettext_lazy("too weak"),
    "wrong": gettext_lazy("wrong"),
}
SCORES = {
    "web": gettext_lazy("Score of websites: %(percent)s %%"),
    "mail": gettext_lazy("Score of mail: %(percent)s %%"),
}


@register.simple_tag
def in_words(texts: dict[str, str]) -> str:
    """Give a text of content in the language of the page."""
    return in_language(texts)


@register.simple_tag
def seen(value: Any) -> str:
    """Write what was seen."""
    return shown(value)


@register.simple_tag
def seen_label(key: str) -> str:
    """Give the word for something that was seen; a key without one as it is."""
    return str(SEEN.get(key, key))


@register.simple_tag
def category(key: str) -> str:
    """Give the words of a category of checks."""
    return str(CATEGORIES[key])


@register.simple_tag
def score_words(score: PartScore) -> str:
    """Say a score in one breath; that something could not be measured is part of it."""
    words = SCORES[score.part] % {"percent": score.percent}
    return words if score.complete else f"{words} {_('(not everything could be measured)')}"


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
