# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading partners, agreements and given powers; what is missing and what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.due import DueItem
from dijkring.crisis.models.agreements import PartnerAgreement, PartnerAgreementSide
from dijkring.crisis.models.partners import Partner, Reviewed
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.partners import Function, functions
from dijkring.organisations.models import Membership

KIND = "crisis.partners"
PAGES: dict[Any, str] = {
    Partner: "crisis:partner",
    PartnerAgreement: "crisis:agreement",
    GivenPower: "crisis:power",
}


def partners(organisation_id: int) -> QuerySet[Partner]:
    """Return every partner, own functions first, with its colleague."""
    rows = Partner.objects.filter(organisation_id=organisation_id)
    return rows.select_related("holder", "party", "body", "reviewed_by").order_by("kind", "pk")


def in_use(organisation_id: int) -> QuerySet[Partner]:
    """Return the partners that were not taken out."""
    return partners(organisation_id).filter(retired_at=None)


def agreements(organisation_id: int) -> QuerySet[PartnerAgreement]:
    """Return every agreement with whom it is."""
    sides = PartnerAgreementSide.objects.select_related("partner")
    rows = PartnerAgreement.objects.filter(organisation_id=organisation_id)
    rows = rows.select_related("upload", "sharing", "reviewed_by")
    return rows.prefetch_related(Prefetch("sides", sides)).order_by("title", "pk")


def given(organisation_id: int) -> QuerySet[GivenPower]:
    """Return every power that the organisation gave, with who holds it."""
    rows = GivenPower.objects.filter(organisation_id=organisation_id)
    return rows.select_related("holder__holder", "agreement", "reviewed_by").order_by("pk")


def colleagues(organisation_id: int) -> QuerySet[Membership, int]:
    """Return the ids of who has access now."""
    rows = Membership.objects.filter(organisation_id=organisation_id, until=None)
    return rows.values_list("user_id", flat=True)


def running(today: date) -> Q:
    """Return the condition that a given power holds on a day."""
    ends = Q(until_on=None) | Q(until_on__gte=today)
    laid_down = Q(agreement=None) | Q(agreement__retired_at=None) & (
        Q(agreement__ends_on=None) | Q(agreement__ends_on__gte=today)
    )
    return Q(retired_at=None, holder__retired_at=None) & ends & laid_down


def function_of(partner: Partner) -> Function | None:
    """Return what the content says of the function of a partner."""
    return functions().get(partner.function)


def missing(partner: Partner) -> list[str]:
    """Return what is missing of one partner, in words; asks the database nothing."""
    function = function_of(partner)
    night = function is None or function.night
    found = [
        (partner.kind == Partner.Kind.OWN and not partner.who, _("nobody is named")),
        (not partner.phone_day, _("no number by day")),
        (night and not partner.phone_night, _("no number at night")),
        (partner.review_on < clock.today(), _("needs review")),
    ]
    return [words for lacks, words in found if lacks]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, and the page on which it can be mended."""

    words: str
    url_name: str
    args: tuple[Any, ...] = ()


def gaps(organisation_id: int) -> list[Gap]:
    """Return what the register lacks; four queries, whatever its size."""
    rows = list(in_use(organisation_id))
    every = list(agreements(organisation_id).filter(retired_at=None))
    return [*_of_functions(rows), *_of_partners(rows, every), *_of_grounds(organisation_id, every)]


def _of_functions(rows: Sequence[Partner]) -> Iterable[Gap]:
    """Name the holders of powers of the law that nobody put in the register."""
    there = {one.function for one in rows}
    for one in functions().values() if rows else ():
        if one.id not in there:
            name = in_language(dict(one.words))
            yield Gap(_("%(name)s: not in the register") % {"name": name}, "crisis:partners")


def _of_partners(rows: Sequence[Partner], every: Sequence[PartnerAgreement]) -> Iterable[Gap]:
    agreed = {side.partner_id for one in every for side in one.sides.all()}
    for row in rows:
        lacks = missing(row)
        function = function_of(row)
        if function and function.agreement and row.pk not in agreed:
            lacks.append(_("no agreement"))
        if lacks:
            yield Gap(f"{row}: {', '.join(lacks)}", "crisis:partner", (row.pk,))


def _of_grounds(organisation_id: int, every: Sequence[PartnerAgreement]) -> Iterable[Gap]:
    today = clock.today()
    for one in every:
        if one.ends_on and one.ends_on < today:
            yield Gap(_("%(title)s: has ended") % {"title": one}, "crisis:agreement", (one.pk,))
        elif one.review_on < today:
            words = _("%(title)s: must be looked at again") % {"title": one}
            yield Gap(words, "crisis:agreement", (one.pk,))
    rows = given(organisation_id).filter(retired_at=None).exclude(running(today))
    for row in rows:
        yield Gap(_("%(what)s: no longer holds") % {"what": row}, "crisis:power", (row.pk,))


def due(organisation_id: int, until: datetime) -> list[DueItem]:
    """Return what of the register must be looked at again or ends before a moment."""
    last = clock.day_of(until)
    found: list[DueItem] = []
    for model, page in PAGES.items():
        rows = model.objects.filter(
            organisation_id=organisation_id, retired_at=None, review_on__lte=last
        )
        words = _("%(name)s: look at it again")
        found += [_due(row.review_on, words, row, page) for row in rows]
    ending = PartnerAgreement.objects.filter(
        organisation_id=organisation_id, retired_at=None, ends_on__lte=last
    )
    words = _("%(name)s ends")
    found += [_due(row.ends_on, words, row, "crisis:agreement") for row in ending if row.ends_on]
    return found


def _due(at: date, words: str, row: Reviewed, page: str) -> DueItem:
    return DueItem(at, words % {"name": row}, page, (row.pk,), KIND)
