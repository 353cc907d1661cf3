# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a form showed of what is stored, so that nobody overwrites unseen what another saved."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm, Field, PasswordInput
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dijkring.ui import words

NAME = "as_shown"
LONGEST = 300


def marks(form: BaseForm) -> dict[str, str]:
    """Return a mark of every value that a form begins with; call it before a draft is put back."""
    return {
        name: mark(form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
        if not isinstance(field.widget, PasswordInput)
    }


def mark(value: Any) -> str:
    """Return a mark of one value, the same for the same value."""
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:12]


def write(found: Mapping[str, str]) -> str:
    """Return marks as they stand in the page."""
    return json.dumps(found)


def read(text: str) -> dict[str, str]:
    """Return marks as they came back; none from what is no list of marks."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def refuse_what_changed(form: BaseForm, shown: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Say at each field what another saved since the form was shown; tells whether there is any.

    Where the same was typed as is stored by now nothing is lost.
    """
    changed = {name for name, mark in now.items() if shown.get(name, mark) != mark}
    lost = [name for name in form.changed_data if name in changed]
    for name in lost:
        form.add_error(name, _line(form, name))
    return bool(lost)


def _line(form: BaseForm, name: str) -> str:
    field = form.fields[name]
    value = _words(field, form.get_initial_for_field(field, name))
    return _(
        "Somebody else changed this while you had it open; it now says: %(value)s. What you typed"
        " is still here; save again to put it in its place."
    ) % {"value": value}


def _words(field: Field, value: Any) -> str:
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    parts = _plain(value) if _is_many(value) else [value]
    said = ", ".join(labels.get(str(one)) or _bare(words.shown(one)) for one in parts)
    return said[:LONGEST] or words.NOTHING


def _bare(said: Any) -> str:
    return strip_tags(said) if isinstance(said, SafeString) else str(said)


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if _is_many(value) else str(value)


def _is_many(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
