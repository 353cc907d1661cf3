# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words of this room for its templates."""

from typing import Any

from django import template

from dijkring.suppliers import words
from dijkring.suppliers.lines import kind_of
from dijkring.suppliers.models import SupplierLine

register = template.Library()


@register.filter
def kind_id(line: SupplierLine) -> str:
    """Return the id of the kind of a line, as it stands in addresses."""
    return kind_of(line).id


@register.filter
def kind_label(line: SupplierLine) -> str:
    """Return what people call the kind of a line."""
    return str(kind_of(line).label)


@register.filter
def in_tongue(texts: dict[str, str]) -> str:
    """Return a text in the language of the reader."""
    return words.in_tongue(texts)


@register.filter
def reply_look(reply: Any) -> Any:
    """Return what a supplier says about a demand, as a state."""
    return words.reply_look(reply)
