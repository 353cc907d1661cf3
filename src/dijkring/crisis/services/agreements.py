# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping what was agreed with partners."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.crisis.models.agreements import PartnerAgreement, PartnerAgreementSide
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.rights import KEEP
from dijkring.crisis.services.partners import Values, check_in_use, fill, save

FIELDS = (
    "title", "kind", "text", "reference", "upload", "sharing", "agreed_on", "ends_on", "review_on",
)  # fmt: skip


def add(*, actor: Actor, values: Values) -> PartnerAgreement:
    """Record an agreement with the `partners` it is with; Refused for what is wrong."""
    actor.require(KEEP)
    row = PartnerAgreement(organisation_id=actor.organisation_id, added_at=clock.now())
    return _write(row, {"review_on": None, **values})


def change(*, actor: Actor, agreement: PartnerAgreement, values: Values) -> PartnerAgreement:
    """Change what is kept of an agreement."""
    actor.require(KEEP)
    check_in_use(agreement)
    return _write(agreement, values)


def _write(row: PartnerAgreement, values: Values) -> PartnerAgreement:
    fill(row, {name: value for name, value in values.items() if name != "text"}, FIELDS)
    row.text = str(values.get("text", row.text)).strip()
    if row.agreed_on and row.ends_on and row.ends_on < row.agreed_on:
        raise Refused(_("The end comes before the beginning."), "ends_on")
    partners = list(values.get("partners", ()))
    if not partners and "partners" in values:
        raise Refused(_("Choose with whom this was agreed."), "partners")
    save(row)
    if partners:
        _sides(row, partners)
    return row


def _sides(row: PartnerAgreement, partners: Iterable[Partner]) -> None:
    wanted = {one.pk for one in partners}
    there = set(row.sides.values_list("partner_id", flat=True))
    row.sides.filter(partner_id__in=there - wanted).delete()
    PartnerAgreementSide.objects.bulk_create(
        PartnerAgreementSide(organisation_id=row.organisation_id, agreement=row, partner_id=one)
        for one in sorted(wanted - there)
    )
