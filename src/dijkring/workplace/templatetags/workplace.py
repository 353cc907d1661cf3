# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags of the workplace; `{% load workplace %}`."""

from django import template
from django.template.context import Context

from dijkring.core.search import Hit
from dijkring.ui.links import link
from dijkring.workplace import addresses
from dijkring.workplace.look import tokens
from dijkring.workplace.models import Theme

register = template.Library()


@register.simple_tag(takes_context=True)
def hit_address(context: Context, hit: Hit) -> str:
    """Give the address of the page that shows what was found."""
    address = link(context["request"], hit.url_name, *hit.args)
    query = f"?{hit.url_query}" if hit.url_query else ""
    return address + query + (f"#{hit.section}" if hit.section else "")


@register.simple_tag(takes_context=True)
def sealed_list(context: Context) -> str:
    """Seal the address of the list at hand for this person, with its title."""
    request = context["request"]
    return addresses.seal(
        user_id=request.actor.user_id,
        organisation_id=request.actor.organisation_id,
        path=addresses.below(request.organisation.slug, request.path),
        title=str(context["title"]),
    )


@register.filter
def token_words(name: str) -> str:
    """Return the words of a colour: {{ 'frame-text'|token_words }}."""
    known = {**tokens.LABELS, **tokens.FIXED_LABELS}
    return str(known.get(name) or name)


@register.filter
def look_field(name: str) -> str:
    """Return the words of a column of the look, for its history."""
    words = {field.attname: field.verbose_name for field in Theme._meta.fields}
    return str(words.get(name, name))
