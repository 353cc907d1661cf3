# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Breaches made by the real services, for the tests that visit every page."""

from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident
from dijkring.incidents.services import breaches
from dijkring.incidents.services.breaches import Wanted

ENTRY = Wanted(
    confidentiality=True,
    facts="Een brief met een besluit ging naar een ander adres.",
    effects="Een vreemde kent het inkomen van deze mensen.",
    measures="De brief is teruggehaald.",
    persons=["clients"],
    persons_least=2,
    persons_most=4,
    data=["names", "bsn", "money"],
)


def make(actor: Actor, incident: Incident, n: int) -> dict[str, dict[str, Any]]:
    """Put the breach of an incident in the register, and one that is no incident otherwise."""
    breaches.write(actor=actor, incident=incident, wanted=ENTRY, version=None)
    title = f"Brief verkeerd bezorgd {n}"
    only = breaches.add(actor=actor, title=title, noticed_at=clock.now(), facts=ENTRY.facts)
    pages = ("breach", "breach_risk", "breach_letter")
    return {
        **{f"incidents:{page}": {"pk": incident.pk} for page in pages},
        "incidents:also_incident": {"pk": only.incident_id},
        "incidents:breach_file": {"kind": "html"},
    }
