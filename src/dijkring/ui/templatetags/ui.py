# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Template tags of the page kit; `{% load ui %}`."""

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from django import template
from django.contrib.messages.storage.base import Message
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dijkring.core import header
from dijkring.core.access import ROLE_LABELS
from dijkring.ui import assets, charts, icons, links, states, words

register = template.Library()

for filter_ in (
    words.date_words,
    words.time_words,
    words.moment_words,
    words.time_tag,
    words.deadline_words,
    words.deadline_tag,
    words.deadline_tone,
    words.person_words,
    words.shown,
    words.said,
    words.language_of,
):
    register.filter(filter_.__name__, filter_)


@register.simple_tag(takes_context=True)
def link(context: Context, name: str, *args: Any) -> str:
    """Give the address of a page of this organisation: {% link 'surface:domains' %}."""
    return links.link(context["request"], name, *args)


@register.simple_tag(takes_context=True)
def frame_parts(context: Context, place: str) -> SafeString:
    """Draw what rooms have hung in one place of the frame: {% frame_parts 'tools' %}."""
    drawn = []
    parts: dict[str, list[header.Part]] = context.get("header") or {}
    for part in parts.get(place, []):
        found = part.context(context["request"])
        if found is not None:
            engine = context.template.engine  # type: ignore[union-attr]  # bound while drawing
            with context.push(**found):
                drawn.append(engine.get_template(part.template).render(context))
    return mark_safe("".join(drawn))  # noqa: S308 -- drawn by templates, which escape


@register.simple_block_tag
def drawn_once(content: str) -> str:
    """Keep what stands at two places: {% drawn_once as lines %}…{% enddrawn_once %}{{ lines }}."""
    return content


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; the word beside it must say the same."""
    return icons.icon(name)


@register.simple_tag
def state_badge(value: Any, note: Any = "", large: bool = False) -> SafeString:
    """Draw a state as a word with its icon: {% state_badge verdict note='2 in repair' %}."""
    return states.badge(value, str(note or ""), large)


@register.inclusion_tag("ui/parts/figure.html")
def figure(value: Any, label: Any, url: str, of: Any = None) -> dict[str, Any]:
    """Draw a number as a link to its facts: {% figure 71 'met' url of=156 %}."""
    return {"value": value, "label": label, "url": url, "of": of}


@register.inclusion_tag("ui/parts/chart.html")
def chart(chart: Any, caption: str = "") -> dict[str, Any]:
    """Draw a chart of `ui.charts` with its data as a table that opens."""
    header, rows = charts.data_table(chart)
    title = caption or chart.title
    drawn = {"svg": charts.svg(chart, mode="page"), "legend": charts.legend(chart)}
    return {**drawn, "caption": title, "header": header, "rows": rows}


@register.simple_block_tag
def explain(content: str, label: str = "") -> SafeString:
    """Fold an explanation under 'Why?': {% explain %}…{% endexplain %}."""
    return _folded(content, label)


def _folded(content: str, label: str) -> SafeString:
    from django.utils.translation import gettext

    return format_html(
        '<details class="why"><summary>{}</summary><div class="why__body">{}</div></details>',
        label or gettext("Why?"),
        content,
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """Draw a panel with a heading: {% panel 'Facts' %}…{% endpanel %}."""
    return format_html('<section class="panel"><h2>{}</h2>{}</section>', title, content)


NOTICES = {"info": "info", "success": "met", "warning": "warning", "error": "not-met"}


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """Draw a notice: {% notice 'warning' %}…{% endnotice %}; info, success, warning or error."""
    return format_html(
        '<div class="notice notice--{}">{}<div class="notice__text">{}</div></div>',
        kind,
        icons.icon(NOTICES[kind]),
        content,
    )


@register.filter
def notice_kind(message: Message) -> str:
    """Return the kind of notice of a Django message; debug and unknown ones are info."""
    return message.level_tag if message.level_tag in NOTICES else "info"


@register.filter
def role_words(role: str) -> Any:
    """Return the name of a role."""
    labels = {str(key): label for key, label in ROLE_LABELS.items()}
    return labels.get(str(role), role)


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    """Link every style sheet of the kit, the organisation's own look last."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in assets.STYLESHEETS)
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Give the address bar's query with changes; None takes a key out, a new order starts at 1."""
    params: QueryDict = context["request"].GET.copy()
    params.pop("export", None)
    for key, value in changes.items():
        params.pop(key, None)
        if value is not None:
            params[key] = str(value)
    return f"?{params.urlencode()}"


@register.filter
def cells(row: Any) -> SafeString:
    """Draw the cells of a row of a table."""
    return cast("SafeString", row.table.cells(row))


@register.filter
def order_of(column: Any) -> str:
    """Return how a column is sorted now, in the words of aria-sort."""
    if not column.is_ordered:
        return ""
    return "descending" if column.order_by_alias.is_descending else "ascending"


@register.filter
def wrong_fields(form: Any) -> Iterator[Any]:
    """Return the fields of a form that have an error, for the summary on top."""
    return (field for field in form if field.errors)


@register.filter
def is_check(field: Any) -> bool:
    """Tell whether a field is one tick box, which stands before its label."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.filter
def page_numbers(table: Any) -> list[Any]:
    """Return the page numbers to show, with the paginator's ellipsis between."""
    return list(table.paginator.get_elided_page_range(table.page.number, on_each_side=1, on_ends=1))
