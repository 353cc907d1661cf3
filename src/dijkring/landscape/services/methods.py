# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the organisation classifies (BIO2 5.12.01)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.landscape.models import MOST_LEVELS, USUAL_MOST, Asset, Method
from dijkring.landscape.services import watching
from dijkring.landscape.services.wanted import LEVELS

RIGHT = "landscape.publish"


def adopt(
    *,
    actor: Actor,
    name: str,
    levels: Sequence[str],
    adopted_on: date | None = None,
    document: str = "",
    most_on_one: int = USUAL_MOST,
) -> Method:
    """Lay down how the organisation classifies: two to six levels, the lowest first.

    Refused with fewer levels than are in use: the assets would lose what was said of them.
    """
    actor.require(RIGHT)
    words = [" ".join(one.split()) for one in levels if one.strip()]
    _check(actor, name, words, adopted_on)
    if not 1 <= most_on_one <= 100:
        raise Refused(_("Give a number from 1 to %(most)d.") % {"most": 100}, "most_on_one")
    made, _new = Method.objects.update_or_create(
        organisation_id=actor.organisation_id,
        defaults={
            "name": " ".join(name.split()),
            "levels": words,
            "adopted_on": adopted_on,
            "document": document.strip(),
            "most_on_one": most_on_one,
        },
    )
    watching.changed(actor.organisation_id)
    return made


def _check(actor: Actor, name: str, words: Sequence[str], adopted_on: date | None) -> None:
    if not name.strip():
        raise Refused(_("Give it a name."), "name")
    if not 2 <= len(words) <= MOST_LEVELS or len({one.casefold() for one in words}) < len(words):
        told = _("Give two to %(most)d different levels, the lowest first.")
        raise Refused(told % {"most": MOST_LEVELS}, "levels")
    if any(len(one) > 40 for one in words):
        raise Refused(_("Write at most %(most)d characters.") % {"most": 40}, "levels")
    if adopted_on is not None and adopted_on > clock.today():
        raise Refused(_("Choose today or a day in the past."), "adopted_on")
    if len(words) < (used := _highest(actor.organisation_id)):
        told = _("Level %(used)d is in use. Change those assets first.")
        raise Refused(told % {"used": used}, "levels")


def _highest(organisation_id: int) -> int:
    rows = Asset.objects.filter(organisation_id=organisation_id, retired_at=None)
    highest = rows.annotate(top=Greatest(*(F(one) for one in LEVELS)))
    return max((one or 0 for one in highest.values_list("top", flat=True)), default=0)
