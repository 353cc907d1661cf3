# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Actions of somebody who leaves go to the successor, or stay without an owner."""

from django.utils.translation import ngettext

from dijkring.actions.models import Action
from dijkring.core.leaving import Leaving


def hand_over(leaving: Leaving) -> list[str]:
    """Give the open actions of somebody who leaves another owner."""
    owned = Action.objects.filter(
        organisation_id=leaving.organisation_id,
        owner_id=leaving.user_id,
        state=Action.State.OPEN,
    )
    moved = owned.update(owner_id=leaving.successor_id)
    if leaving.successor_id is None:
        text = ngettext(
            "%(count)d action has no owner now", "%(count)d actions have no owner now", moved
        )
    else:
        text = ngettext("%(count)d action handed over", "%(count)d actions handed over", moved)
    return [text % {"count": moved}] if moved else []
