# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping the levels of the own organisation and of GRIP as they are agreed here."""

import re
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models import Ladder, Level
from dijkring.crisis.rights import KEEP
from dijkring.crisis.selectors.levels import rung
from dijkring.incidents.services import checking


@dataclass(frozen=True, slots=True)
class LevelWanted:
    """A level as somebody wants it; `called` has one function per line."""

    name: str
    place: int
    chair: str = ""
    criteria: str = ""
    called: str = ""
    in_use: bool = True


def keep(*, actor: Actor, ladder: str, key: str, wanted: LevelWanted) -> Level:
    """Keep a level of a ladder; it stands instead of the prepared one. Without a key it is new."""
    actor.require(KEEP)
    name = checking.needed(wanted.name, "name", _("Give it a name."))
    if ladder not in Ladder.values:
        raise Refused(_("Choose a ladder."), "ladder")
    wanted_key = key or slugify(name)[:40]
    if not re.fullmatch(r"[a-z0-9-]{1,40}", wanted_key):
        raise Refused(_("Give it a name with letters or figures."), "name")
    if not key and rung(actor.organisation_id, ladder, wanted_key):
        raise Refused(_("There is a level of that name already."), "name")
    found, _made = Level.objects.update_or_create(
        organisation_id=actor.organisation_id,
        ladder=ladder,
        key=wanted_key,
        defaults={
            "place": wanted.place,
            "name": name[:120],
            "chair": wanted.chair.strip()[:200],
            "criteria": wanted.criteria.strip()[:4000],
            "called": wanted.called.strip()[:4000],
            "in_use": wanted.in_use,
        },
    )
    return found
