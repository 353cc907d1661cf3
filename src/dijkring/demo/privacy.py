# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A letter that went astray: a breach that is no incident, judged, told and written down."""

from datetime import timedelta

from dijkring.core import clock
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.demo.incidents import content
from dijkring.incidents.guides import NO, YES
from dijkring.incidents.services import breaches, clocks, counting
from dijkring.incidents.services.breaches import Wanted
from dijkring.incidents.services.clocks import HandedIn

HOUR = timedelta(hours=1)
LETTERS = 3
ENTRY = Wanted(
    confidentiality=True,
    facts="Drie besluiten over bijzondere bijstand gingen naar een ander adres in dezelfde straat.",
    effects="De ontvanger kent het inkomen van drie huishoudens en heeft hun burgerservicenummer.",
    measures="De brieven zijn ongelezen teruggehaald; het adres wordt nu door een tweede gelezen.",
    persons=["clients"],
    persons_least=LETTERS,
    persons_most=6,
    data=["names", "bsn", "money"],
    records_least=LETTERS,
    records_most=LETTERS,
)
HEAVY = ("kind", "sensitive", "identify", "vulnerable", "position")
LIGHT = ("consequences", "receiver", "lasting", "number")


def letter_astray() -> None:
    """Write it down as the privacy officer, and tell the AP and who it is about."""
    actor = region.in_role(content()["organisation"], "privacy_officer")
    began = clock.now()
    with transaction_for([actor.organisation_id], actor):
        row = breaches.add(
            actor=actor,
            title="Besluiten naar een verkeerd adres",
            noticed_at=began - HOUR,
            facts=ENTRY.facts,
        )
        made = row.incident
        with clock.moved_to(began + HOUR):
            breaches.write(actor=actor, incident=made, wanted=ENTRY, version=row.version)
            breaches.judge(
                actor=actor,
                incident=made,
                answers={**dict.fromkeys(HEAVY, YES), **dict.fromkeys(LIGHT, NO)},
                level="high",
                reason="Gevoelige gegevens van kwetsbare mensen, gelezen door een buurtgenoot.",
            )
        with clock.moved_to(began + 26 * HOUR):
            given = HandedIn(clock.now(), actor.name, "Meldformulier van de AP", "AP-2026-31877")
            clocks.hand_in(actor=actor, incident=made, obligation="avg.authority", wanted=given)
            breaches.told(
                actor=actor, incident=made, at=clock.now(), count=LETTERS, how="bezoek en brief"
            )


def aims() -> None:
    """Set targets of one's own for incidents, as the CISO."""
    actor = region.in_role(content()["organisation"], "ciso")
    with transaction_for([actor.organisation_id], actor):
        counting.aim(
            actor=actor,
            wanted={"detect_hours": 24, "contain_hours": 8, "recover_hours": 48, "avoidable": 2},
        )
