# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keep and publish the accessibility statement of an organisation."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.workplace.models import AccessibilityStatement

Status = AccessibilityStatement.Status
# Only an examination by somebody can show that requirements are met, wholly or in part.
EXAMINED = {Status.A, Status.B}


def state(*, actor: Actor, **values: Any) -> AccessibilityStatement:
    """Store the statement; Refused when it claims what its own facts do not bear.

    A: nothing may be excepted. A and B: somebody examined it, on a day. A day to come is refused.
    """
    actor.require("workplace.accessibility")
    _check(values)
    rows = AccessibilityStatement.objects.select_for_update()
    found = rows.filter(organisation_id=actor.organisation_id).first()
    found = found or AccessibilityStatement(organisation_id=actor.organisation_id)
    for name, value in values.items():
        setattr(found, name, value)
    found.changed_at = clock.now()
    found.save()
    return found


def _check(values: dict[str, Any]) -> None:
    status, today = values["status"], clock.today()
    if status in EXAMINED and not (values["tested_on"] and values["tested_by"]):
        words = _("With status A or B, say on which day it was examined and by whom.")
        raise Refused(words, "tested_on")
    if status == Status.A and values["exceptions"]:
        raise Refused(_("With status A there can be no exceptions. Choose B."), "status")
    if status == Status.B and not values["exceptions"]:
        raise Refused(_("With status B, name what does not meet the requirements."), "exceptions")
    for name in ("tested_on", "approved_on"):
        if values[name] and values[name] > today:
            raise Refused(_("This day is still to come."), name)
