# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small set of icons, drawn on 20 by 20 in the colour of the text beside them.

They are written into the page itself: no request, no style attribute, right in print as well.
An icon never stands alone: the word beside it says the same.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_CIRCLE = '<circle cx="10" cy="10" r="7.5"/>'
_DRAWINGS = {
    "met": _CIRCLE + '<path d="m6.5 10.3 2.4 2.4 4.6-5"/>',
    "partly": _CIRCLE + '<path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/>',
    "not-met": _CIRCLE + '<path d="m7 7 6 6m0-6-6 6"/>',
    "show-again": '<path d="M16.6 6.5A7.5 7.5 0 1 0 17.5 10M17 2.8v3.9h-3.9M10 6v4.3l2.7 1.7"/>',
    "not-measured": '<circle cx="10" cy="10" r="7.5" stroke-dasharray="3 2.6"/>'
    '<path d="M7.9 8a2.1 2.1 0 1 1 3.3 1.7c-.8.5-1.2.9-1.2 1.7M10 13.9v.2"/>',
    "not-assessed": '<circle cx="10" cy="10" r="7.5" stroke-dasharray="3 2.6"/>',
    "not-applicable": _CIRCLE + '<path d="M6.5 10h7"/>',
    "busy": '<path d="M10 2.5v3m0 9v3m7.5-7.5h-3m-9 0h-3M15.3 4.7l-2.1 2.1m-6.4 6.4-2.1 2.1m10.6 0'
    '-2.1-2.1M6.8 6.8 4.7 4.7"/>',
    "waiting": _CIRCLE + '<path d="M10 5.8V10l2.8 1.8"/>',
    "info": _CIRCLE + '<path d="M10 9v5m0-8.2V6"/>',
    "warning": '<path d="M10 2.8 18 17H2zM10 8v4.2m0 2.3v.2"/>',
    "down": '<path d="m5 7.5 5 5 5-5"/>',
    "up": '<path d="m5 12.5 5-5 5 5"/>',
    "right": '<path d="m7.5 5 5 5-5 5"/>',
    "download": '<path d="M10 3v9.5m-4-4 4 4 4-4M3.5 17h13"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "person": '<circle cx="10" cy="6.5" r="3.2"/><path d="M3.5 17c.6-3.6 3.2-5.3 6.5-5.3s5.9 1.7'
    ' 6.5 5.3"/>',
    "measure": '<path d="M2.5 13.5a7.5 7.5 0 1 1 15 0M10 13.5l3.5-5"/>',
    "document": '<path d="M5 2.5h6.5L15.5 6.5v11H5zM11 2.8V7h4M8 10.5h5M8 13.5h5"/>',
    "edit": '<path d="m3.5 16.5.8-3.6 9-9 2.8 2.8-9 9zM11.5 5.7l2.8 2.8"/>',
    "lock": '<rect x="4" y="9" width="12" height="8.5" rx="1.5"/><path d="M6.8 9V6.5a3.2'
    ' 3.2 0 0 1 6.4 0V9"/>',
    "calendar": '<rect x="3" y="4.5" width="14" height="12.5" rx="1.5"/><path d="M3 8.5h14'
    'M6.8 2.5v3.5m6.4-3.5v3.5"/>',
    "better": '<path d="M10 16V4.5m-5 5 5-5 5 5"/>',
    "worse": '<path d="M10 4v11.5m-5-5 5 5 5-5"/>',
}
NAMES = frozenset(_DRAWINGS)


def icon(name: str) -> SafeString:
    """Draw an icon as inline SVG, hidden from screen readers; KeyError for an unknown name."""
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none"'
        ' stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_DRAWINGS[name]),  # noqa: S308 (our own constant)
    )
