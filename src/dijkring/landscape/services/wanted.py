# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody says of an asset or a dependency, and what can be wrong with it by itself."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.errors import Refused
from dijkring.landscape.countries import NAMES
from dijkring.landscape.models import MOST_HOURS, MOST_IN_A_GROUP, Asset, Dependency
from dijkring.landscape.words import field_word

MOST_RESIDENTS = 2_000_000_000
LEVELS = ("availability", "integrity", "confidentiality")
TIMES = ("mtpd_hours", "rto_hours", "rpo_hours")
_TEXTS = ("name", "law", "place", "reference", "source")


@dataclass(frozen=True, slots=True)
class AssetWanted:
    """What is said of an asset; `party` is the name of who delivers it. None means unknown."""

    name: str
    kind: str
    description: str = ""
    owner_id: int | None = None
    availability: int | None = None
    integrity: int | None = None
    confidentiality: int | None = None
    mtpd_hours: Decimal | None = None
    rto_hours: Decimal | None = None
    rpo_hours: Decimal | None = None
    residents: int | None = None
    statutory: bool | None = None
    law: str = ""
    personal_data: str = ""
    algorithm: str = ""
    lifecycle: str = Asset.Lifecycle.IN_USE
    party: str = ""
    jurisdiction: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reference: str = ""
    source: str = ""
    confirmed_on: date | None = None


ASSET_FIELDS = tuple(one.name for one in fields(AssetWanted))


@dataclass(frozen=True, slots=True)
class DependencyWanted:
    """What is said of a dependency, apart from what lies at its ends.

    `group` is the name of a group of the dependent, of which `least` must work.
    """

    kind: str = Dependency.Kind.NEEDS
    group: str = ""
    least: int | None = None
    delay_hours: Decimal | None = None
    since: date | None = None
    source: str = ""
    note: str = ""
    confirmed_on: date | None = None


def check_asset(wanted: AssetWanted, levels: int) -> None:
    """Refuse what cannot be said of an asset, with the field; `levels` is how many there are."""
    if not wanted.name.strip():
        raise Refused(_("Give it a name."), "name")
    _check_length(wanted, Asset, (*_TEXTS, "description"))
    for field, choices in (
        ("kind", Asset.Kind.values),
        ("lifecycle", Asset.Lifecycle.values),
        ("personal_data", ["", *Asset.Personal.values]),
        ("algorithm", ["", *Asset.Algorithm.values]),
        ("jurisdiction", ["", *NAMES]),
    ):
        _check(getattr(wanted, field) in choices, _("Choose from the list."), field)
    for field in TIMES:
        check_hours(getattr(wanted, field), field)
    for field in LEVELS:
        level = getattr(wanted, field)
        words = _("Choose a level from 1 to %(most)d.") % {"most": levels}
        _check(level is None or 1 <= level <= levels, words, field)
    _check_numbers(wanted)


def _check_numbers(wanted: AssetWanted) -> None:
    residents, words = wanted.residents, _("Give a number of residents, or nothing.")
    _check(residents is None or 0 <= residents <= MOST_RESIDENTS, words, "residents")
    place = (wanted.latitude, wanted.longitude)
    if place != (None, None):
        known = wanted.latitude is not None and wanted.longitude is not None
        _check(known, _("Give both the latitude and the longitude, or neither."), "latitude")
        words = _("Give a latitude from -90 to 90.")
        _check(-90 <= (wanted.latitude or 0) <= 90, words, "latitude")
        words = _("Give a longitude from -180 to 180.")
        _check(-180 <= (wanted.longitude or 0) <= 180, words, "longitude")
    words = _("Choose today or a day in the past.")
    _check(
        wanted.confirmed_on is None or wanted.confirmed_on <= clock.today(), words, "confirmed_on"
    )


def check_dependency(wanted: DependencyWanted) -> None:
    """Refuse what cannot be said of a dependency, with the field."""
    _check(wanted.kind in Dependency.Kind.values, _("Choose from the list."), "kind")
    check_hours(wanted.delay_hours, "delay_hours")
    _check_length(wanted, Dependency, ("source", "note"))
    grouped = wanted.kind == Dependency.Kind.GROUP
    _check(not grouped or bool(wanted.group.strip()), _("Name the group."), "group")
    words = _("Only one of a group stands in a group.")
    _check(grouped or not wanted.group.strip(), words, "group")
    if wanted.least is not None:
        check_least(wanted.least)
    for field in ("since", "confirmed_on"):
        day = getattr(wanted, field)
        words = _("Choose today or a day in the past.")
        _check(day is None or day <= clock.today(), words, field)


def check_least(least: int) -> None:
    """Refuse a number of which no group can need as many."""
    words = _("Give a number from 1 to %(most)d.") % {"most": MOST_IN_A_GROUP}
    _check(1 <= least <= MOST_IN_A_GROUP, words, "least")


def check_hours(hours: Decimal | None, field: str) -> None:
    """Refuse a time that cannot be: below zero, above a hundred years, or no number."""
    if hours is not None:
        words = _("Give a number of hours, zero or more, or nothing.")
        _check(hours.is_finite() and 0 <= hours <= MOST_HOURS, words, field)


def _check_length(wanted: Any, model: Any, names: tuple[str, ...]) -> None:
    for field in names:
        most = model._meta.get_field(field).max_length
        words = _("Write at most %(most)d characters.") % {"most": most}
        _check(len(getattr(wanted, field)) <= most, words, field)


def _check(right: bool, words: str, field: str) -> None:
    if not right:
        raise Refused(words, field)


def explained(refused: Refused) -> str:
    """Return a refusal with the name of its field, for where the field is not beside it."""
    word = field_word(refused.field)
    return f"{word}: {refused.message}" if word else refused.message


def tidied(wanted: AssetWanted) -> dict[str, Any]:
    """Return the columns of an asset that follow from what was said, with plain spaces."""
    values = {name: getattr(wanted, name) for name in ASSET_FIELDS if name != "party"}
    values |= {name: " ".join(values[name].split()) for name in _TEXTS}
    values["description"] = values["description"].strip()
    for name in TIMES:
        values[name] = rounded(values[name])
    return values


def rounded(hours: Decimal | None) -> Decimal | None:
    """Return hours as the database keeps them, in hundredths."""
    return None if hours is None else hours.quantize(Decimal("0.01"))
