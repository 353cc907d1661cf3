# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags of the workplace; `{% load workplace %}`."""

from django import template
from django.template.context import Context

from dijkring.core.search import Hit
from dijkring.ui.links import link

register = template.Library()


@register.simple_tag(takes_context=True)
def hit_address(context: Context, hit: Hit) -> str:
    """Give the address of the page that shows what was found."""
    address = link(context["request"], hit.url_name, *hit.args)
    return f"{address}?{hit.url_query}" if hit.url_query else address
