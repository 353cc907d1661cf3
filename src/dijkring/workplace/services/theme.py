# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Change the look of an organisation: colours that can be read, a typeface, a logo."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.workplace.look import png, sheet, tokens
from dijkring.workplace.models import Theme

KEEP = object()
Colours = Mapping[str, str]


def change(
    *, actor: Actor, light: Colours, dark: Colours, typeface: str = "", logo: Any = KEEP
) -> Theme:
    """Give an organisation its own look; `logo` is bytes, None for none, or KEEP.

    Raises Refused when two colours that meet cannot be read together, naming the pair and its
    ratio, or when the logo is no picture that we take. Nothing changes then.
    """
    actor.require("workplace.theme")
    if typeface not in tokens.TYPEFACES:
        raise Refused(_("Choose one of the typefaces."), "typeface")
    light, dark = sheet.differing("light", light), sheet.differing("dark", dark)
    _refuse_faint(light, dark)
    found = _find(actor)
    found.light, found.dark, found.typeface = light, dark, typeface
    if logo is not KEEP:
        found.logo, found.logo_hash = _clean_logo(logo)
    return _store(actor, found)


def reset(*, actor: Actor) -> None:
    """Go back to the neutral look; the history stays."""
    actor.require("workplace.theme")
    found = _find(actor)
    if found.pk:
        found.light, found.dark, found.typeface = {}, {}, ""
        found.logo, found.logo_hash = None, ""
        _store(actor, found)


def _find(actor: Actor) -> Theme:
    rows = Theme.objects.select_for_update().filter(organisation_id=actor.organisation_id)
    return rows.first() or Theme(organisation_id=actor.organisation_id)


def _store(actor: Actor, found: Theme) -> Theme:
    found.stamp = sheet.stamp(found.light, found.dark, found.typeface, found.logo_hash)
    found.changed_at, found.changed_by_id = clock.now(), actor.user_id
    found.save()
    return found


def _refuse_faint(light: Colours, dark: Colours) -> None:
    faint = sheet.too_faint(light, dark)
    if faint:
        raise Refused(" ".join(faint_words(one) for one in faint[:5]))


def faint_words(meeting: sheet.Meeting) -> str:
    """Say which two colours cannot be read together, and by how much."""
    mode = _("light") if meeting.mode == "light" else _("dark")
    return _(
        "%(one)s on %(other)s (%(mode)s): the contrast is %(ratio)s : 1 and must be at least "
        "%(least)s : 1."
    ) % {
        "one": token_words(meeting.foreground),
        "other": token_words(meeting.background),
        "mode": mode,
        "ratio": _number(meeting.ratio),
        "least": _number(meeting.least),
    }


def _number(value: float) -> str:
    # Rounding down: 4,49 must not read as 4,5.
    return formats.localize(Decimal(int(value * 100)) / 100)


def token_words(name: str) -> str:
    """Return the words of a colour, between quotes."""
    known = {**tokens.LABELS, **tokens.FIXED_LABELS}
    return f"“{known.get(name) or name}”"


def _clean_logo(content: bytes | None) -> tuple[bytes | None, str]:
    if not content:
        return None, ""
    try:
        picture = png.clean(content)
    except png.BadPicture as error:
        raise Refused(_logo_words(error.code), "logo") from error
    return picture.content, hashlib.sha256(picture.content).hexdigest()


def _logo_words(code: str) -> str:
    words = {
        "too_large": _("The logo may be at most 200 kB."),
        "no_png": _("The logo must be a PNG picture; other kinds cannot be used."),
        "size": _("The logo must be between 16 and 1200 pixels wide and high."),
        "interlaced": _("Save the logo without interlacing, and choose it again."),
    }
    return words.get(code, _("This picture is damaged. Save it as PNG again, and choose it again."))
