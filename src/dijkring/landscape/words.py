# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of the landscape in words: hours, levels, where the law of a country reaches."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dijkring.landscape.countries import name_of
from dijkring.landscape.models import Asset, Dependency

# Without a method of its own an organisation classifies in these three.
USUAL_LEVELS = (gettext_lazy("low"), gettext_lazy("middle"), gettext_lazy("high"))


def hours_words(hours: Decimal | None) -> str:
    """Say a time: minutes below an hour, days from two days on; nothing for unknown."""
    if hours is None:
        return ""
    if hours >= 48 and hours % 24 == 0:
        return _("%(n)d days") % {"n": hours / 24}
    if 0 < hours < 1:
        minutes = round(hours * 60)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if hours == 1:
        return _("1 hour")
    return _("%(hours)s hours") % {"hours": number_format(hours.normalize())}


def level_words(level: int | None, levels: Sequence[Any]) -> str:
    """Say a level in the words of the method; nothing for unknown."""
    if level is None:
        return ""
    return str(levels[level - 1]) if level <= len(levels) else str(level)


def jurisdiction_words(asset: Asset) -> str:
    """Say under which country's law an asset falls: its own, or that of its supplier."""
    code = asset.jurisdiction or (asset.party.jurisdiction if asset.party else "")
    return name_of(code) if code else ""


def within_words(asset: Asset) -> str:
    """Say that what lies below is another's; nothing for what is ours."""
    return _("within %(provider)s") % {"provider": asset.provider} if asset.provider else ""


_WORDS = {"least": gettext_lazy("needed of the group"), "party": gettext_lazy("supplier")}


def field_word(field: str | None) -> str:
    """Return how people call a field of an asset or a dependency; nothing for an unknown one."""
    if field in _WORDS:
        return str(_WORDS[field])
    for model in (Asset, Dependency):
        for one in model._meta.get_fields():
            if one.name == (field or "").removesuffix("_id"):
                return str(getattr(one, "verbose_name", ""))
    return ""
