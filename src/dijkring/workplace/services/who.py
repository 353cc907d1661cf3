# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who keeps something for themselves: a person, never a token or Dijkring itself."""

from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden


def person(actor: Actor) -> int:
    """Return the user behind an actor; Forbidden when there is none or the right is lacking."""
    actor.require("workplace.own")
    if actor.user_id is None:
        raise Forbidden("workplace.own")
    return actor.user_id
