# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of partners, agreements and given powers."""

from django.utils.translation import gettext_lazy as _

from dijkring.crisis import partners_words as words
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.powers import GivenPower
from dijkring.ui import tables


class PartnerTable(tables.Table):
    """Who is who, how they are reached, and what is missing."""

    name = tables.LinkColumn("crisis:partner", verbose_name=_("Function or partner"))
    kind = tables.Column(
        accessor="get_kind_display", order_by=("kind", "pk"), verbose_name=_("Kind")
    )
    who = tables.Column(accessor="who", verbose_name=_("Who"), orderable=False)
    phone_day = tables.Column(verbose_name=_("By day"), orderable=False)
    phone_night = tables.Column(verbose_name=_("At night"), orderable=False)
    review_on = tables.DateColumn(verbose_name=_("Review before"))
    look = tables.LookColumn(words.partner_look, verbose_name=_("State"), orderable=False)


class AgreementTable(tables.Table):
    """What was agreed, with whom, until when."""

    title = tables.LinkColumn("crisis:agreement", verbose_name=_("Agreement"))
    kind = tables.Column(accessor="get_kind_display", order_by="kind", verbose_name=_("Kind"))
    partners = tables.Column(accessor="pk", verbose_name=_("With whom"), orderable=False)
    agreed_on = tables.DateColumn(verbose_name=_("Agreed on"))
    ends_on = tables.DateColumn(verbose_name=_("Ends on"))
    review_on = tables.DateColumn(verbose_name=_("Review before"))
    look = tables.LookColumn(words.agreement_look, verbose_name=_("State"), orderable=False)

    def render_partners(self, record: PartnerAgreement) -> str:
        """Name the partners."""
        return ", ".join(str(side.partner) for side in record.sides.all())

    value_partners = render_partners


class GivenTable(tables.Table):
    """What was given to a partner."""

    what = tables.LinkColumn("crisis:power", verbose_name=_("May do"))
    measure = tables.Column(accessor="pk", verbose_name=_("Measure"), orderable=False)
    ground = tables.Column(accessor="pk", verbose_name=_("On the ground of"), orderable=False)
    look = tables.LookColumn(words.given_look, verbose_name=_("State"), orderable=False)

    def render_measure(self, record: GivenPower) -> str:
        """Name the measure."""
        return words.measure(record.measure)

    value_measure = render_measure

    def render_ground(self, record: GivenPower) -> str:
        """Name the ground."""
        return words.ground(record)

    value_ground = render_ground
