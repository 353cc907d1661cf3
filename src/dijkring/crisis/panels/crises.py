# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an incident's page shows of the crises that were opened from it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from dijkring.crisis import look
from dijkring.crisis.rights import LEAD, VIEW
from dijkring.crisis.selectors.crises import of_incident
from dijkring.incidents.models import Incident
from dijkring.ui.panels import Markup, Panel


def on_incident(request: Any, incident: Incident) -> Iterable[Panel]:
    """Hang the crises of an incident on its page, and the way to open one."""
    if not request.can(VIEW):
        return
    rows = [(one, look.crisis_look(one)) for one in of_incident(incident)]
    may = request.can(LEAD) and incident.is_open
    if rows or may:
        context = {"rows": rows, "incident": incident, "may": may}
        yield Markup(_("Crisis"), "crisis/on_incident.html", context)
