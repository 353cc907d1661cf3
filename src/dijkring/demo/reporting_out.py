# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reports of an incident: written by one, reviewed by another, handed in and frozen."""

from collections.abc import Mapping

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.incidents.models import Incident
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.services import reports
from dijkring.incidents.services.clocks import HandedIn


def hand_in(
    actor: Actor, second: Actor, made: Incident, form: str, texts: Mapping[str, str]
) -> None:
    """Write a report, have it reviewed by a second person, and hand it in."""
    draft = reports.start(actor=actor, incident=made, form=form)
    missing = selectors.empty(draft, selectors.needed(draft))
    given = {one["id"]: texts[one["id"]] for one in missing}
    written = reports.write(actor=actor, report=draft, texts=given, version=draft.version)
    reports.review(
        actor=second, report=written, version=written.version, remark="Klopt.", alone=False
    )
    wanted = HandedIn(clock.now(), actor.name, "Meldpunt van het NCSC", "voorbeeld")
    reports.hand_in(actor=actor, incident=made, form=form, wanted=wanted, as_written=True)


def begin(actor: Actor, made: Incident, form: str) -> None:
    """Begin a report, and leave it as a draft."""
    reports.start(actor=actor, incident=made, form=form)
