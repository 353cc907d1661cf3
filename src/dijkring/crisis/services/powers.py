# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving powers by mandate, agreement or contract; never one that only the law can give."""

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.powers import measures, to_mandate
from dijkring.crisis.rights import KEEP
from dijkring.crisis.services.partners import Values, check_in_use, fill, save

FIELDS = (
    "measure", "holder", "basis", "source", "agreement", "what", "condition", "limit", "until_on",
    "review_on",
)  # fmt: skip


def give(*, actor: Actor, values: Values) -> GivenPower:
    """Record that a partner may do something; Refused where only the law can give that power.

    A mandate needs as `source` the power of the law that is passed on (Awb 10:3); an agreement or
    contract needs the `agreement` in which it is laid down.
    """
    actor.require(KEEP)
    row = GivenPower(organisation_id=actor.organisation_id, added_at=clock.now())
    return _write(row, {"review_on": None, **values})


def change(*, actor: Actor, given: GivenPower, values: Values) -> GivenPower:
    """Change what is kept of a given power."""
    actor.require(KEEP)
    check_in_use(given)
    return _write(given, values)


def _write(row: GivenPower, values: Values) -> GivenPower:
    fill(row, values, FIELDS)
    measure = measures().get(row.measure)
    if measure is None:
        raise Refused(_("Choose from the list."), "measure")
    if not measure.agreed:
        raise Refused(
            _("Only the law gives this power. A mandate or agreement cannot give it to anybody."),
            "measure",
        )
    _check_ground(row)
    save(row)
    return row


def _check_ground(row: GivenPower) -> None:
    if row.basis != GivenPower.Basis.MANDATE:
        row.source = ""
        if row.agreement is None:
            raise Refused(_("Choose the agreement in which this is laid down."), "agreement")
        return
    if row.source not in {one.id for one in to_mandate(row.measure)}:
        raise Refused(_("Choose whose power is passed on for this measure."), "source")
