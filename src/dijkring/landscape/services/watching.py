# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells, in the transaction of a change, that the facts about the landscape are to be looked at."""

from dijkring.core import events

CHANGED = "landscape.changed"


def changed(organisation_id: int) -> None:
    """Let what is recorded about the landscape be looked at again, soon."""
    events.publish(CHANGED, organisation_id=organisation_id)
