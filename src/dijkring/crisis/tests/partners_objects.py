# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Partners, an agreement and a mandate by the real services, for the tests of every page."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.services import agreements, partners, powers

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make a set of partners with what was agreed and given; returns the arguments of each page."""
    duty = officer(actor, n)
    agreed = decision(actor, duty, n)
    power = mandate(actor, duty, agreed)
    return {
        **{f"crisis:{page}": {"pk": duty.pk} for page in ("partner", "change_partner")},
        **{f"crisis:{page}": {"pk": agreed.pk} for page in ("agreement", "change_agreement")},
        **{f"crisis:{page}": {"pk": power.pk} for page in ("power", "change_power")},
        "crisis:review": {"of": "afspraak", "pk": agreed.pk},
        "crisis:retire": {"of": "bevoegdheid", "pk": power.pk},
        "crisis:bring_back": {"of": "bevoegdheid", "pk": power.pk},
        "crisis:card": {"function": "it_piket"},
        "crisis:card_file": {"function": "it_piket", "kind": "html"},
        "crisis:cards_file": {"kind": "html"},
    }


def officer(actor: Actor, n: int = 1, **more: Any) -> Partner:
    """Put an IT duty officer in the register."""
    values = {"kind": "own", "function": "it_piket", "name": f"IT-piket {n}", "phone_day": "010 1"}
    return partners.add(actor=actor, values={**values, **more})


def decision(actor: Actor, partner: Partner, n: int = 1, **more: Any) -> PartnerAgreement:
    """Record a mandate decision with a partner."""
    day = clock.today() - timedelta(days=30)
    values = {
        "title": f"Mandaatbesluit {n}",
        "kind": "mandate",
        "agreed_on": day,
        "reference": "Z1",
    }
    return agreements.add(actor=actor, values={**values, "partners": [partner], **more})


def mandate(actor: Actor, partner: Partner, agreed: PartnerAgreement) -> GivenPower:
    """Give a partner the power to disconnect."""
    values = {
        "measure": "disconnect",
        "holder": partner,
        "basis": "mandate",
        "source": "college.disconnect",
        "agreement": agreed,
        "what": "Sluit ’s nachts een netwerkdeel af.",
        "limit": "Alleen bij kans op verspreiding.",
    }
    return powers.give(actor=actor, values=values)
