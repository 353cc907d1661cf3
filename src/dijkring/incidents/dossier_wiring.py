# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the file of an incident tells the rest of the house."""

from django.utils.translation import gettext_lazy as _

from dijkring.core import access, due, leaving
from dijkring.core.access import Role
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import dossier, playbooks, touched
from dijkring.incidents.panels.incidents import FILE, IMPACT, SLOT, slot
from dijkring.incidents.selectors import playbooks as selectors
from dijkring.incidents.selectors import touched as touched_assets
from dijkring.incidents.services import keeping
from dijkring.incidents.services import playbooks as services
from dijkring.landscape import uses
from dijkring.landscape.panels.assets import SLOT as ASSET
from dijkring.ui import panels

# The slot of the page 'what if' of the landscape.
WHAT_IF = "landscape.what_if"


def register() -> None:
    """Register rights and what is due, and hang its panels on the incident and the landscape."""
    access.register(services.RIGHT, _("Keep playbooks for incidents"), {Role.CISO})
    remove = _("Delete incidents after their term, with a second person")
    access.register(keeping.RIGHT, remove, {Role.CISO, Role.SECRETARY, Role.PRIVACY_OFFICER})
    words = _("Task of an incident")
    due.register("incident_task", words, selectors.due, "incidents.view", keeper=HANDLE)
    leaving.register(services.leave)
    panels.extend(SLOT, playbooks.of_incident)
    panels.extend(slot(IMPACT), touched.of_incident)
    panels.extend(slot(FILE), dossier.of_incident)
    panels.extend(ASSET, touched.of_asset)
    panels.extend(WHAT_IF, touched.of_what_if)
    uses.register(touched_assets.ever_touched)
