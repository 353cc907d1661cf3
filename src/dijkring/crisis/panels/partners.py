# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The panels of a partner, an agreement and a given power; an answer to who may do what."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.crisis import partners_words as words
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner, Reviewed
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.powers import Power, powers
from dijkring.crisis.selectors import partners as selectors
from dijkring.crisis.selectors.powers import Answer
from dijkring.crisis.tables.partners import AgreementTable, GivenTable
from dijkring.ui import words as ui_words
from dijkring.ui.panels import Facts, Markup, Panel, RelatedTable

Rows = list[tuple[Any, Any]]


def of_partner(request: Any, found: Partner) -> list[Panel]:
    """Return the panels of a partner."""
    organisation_id = found.organisation_id
    given = selectors.given(organisation_id).filter(holder=found)
    agreed = selectors.agreements(organisation_id).filter(sides__partner=found)
    by_law = [one for one in powers().values() if one.holder == found.function]
    return [
        Facts(_("How to reach"), _reach(found)),
        Markup(_("May do by law"), "crisis/by_law.html", {"powers": [_drawn(p) for p in by_law]}),
        RelatedTable(
            _("Given by mandate, agreement or contract"),
            GivenTable(given, request=request, orderable=False),
            _("Nothing was given."),
        ),
        RelatedTable(
            _("What was agreed"),
            AgreementTable(agreed, request=request, orderable=False, exclude=("partners",)),
            _("Nothing was agreed."),
        ),
        Facts(_("Looked at"), _looked(found)),
    ]


def _reach(found: Partner) -> Rows:
    return [
        (_("Colleague"), ui_words.person_words(found.holder) if found.holder else ""),
        (_("Contact person"), found.person),
        (_("Deputy"), found.deputy),
        (_("By day"), found.phone_day),
        (_("At night"), found.phone_night),
        (_("E-mail address"), found.email),
        (_("When phone and mail are down"), found.other_way),
        (_("Supplier in the landscape"), found.party),
        (_("Organisation in Dijkring"), found.body),
    ]


def _looked(found: Reviewed) -> Rows:
    return [
        (_("Last reviewed"), found.reviewed_on),
        (_("By"), found.reviewed_by),
        (_("Review it again before"), found.review_on),
    ]


def of_agreement(request: Any, found: PartnerAgreement) -> list[Panel]:
    """Return the panels of an agreement."""
    rows: Rows = [
        (_("Kind"), found.get_kind_display()),
        (_("What was agreed"), found.text),
        (_("Number and place"), found.reference),
        (_("Agreed on"), found.agreed_on),
        (_("Ends on"), found.ends_on),
    ]
    given = selectors.given(found.organisation_id).filter(agreement=found)
    papers = {"agreement": found, "sides": [side.partner for side in found.sides.all()]}
    return [
        Facts(_("About this agreement"), rows),
        Markup(_("With whom, and the document"), "crisis/papers.html", papers),
        RelatedTable(
            _("Powers laid down in it"),
            GivenTable(given, request=request, orderable=False),
            _("None."),
        ),
        Facts(_("Looked at"), _looked(found)),
    ]


def of_given(request: Any, found: GivenPower) -> Panel:
    """Return the panel of a given power."""
    rows: Rows = [
        (_("Measure"), words.measure(found.measure)),
        (_("Who may"), f"{found.holder}: {words.contact_words(found.holder)}"),
        (_("On the ground of"), words.ground(found)),
        (_("Under which condition"), found.condition),
        (_("With which limit"), found.limit),
        (_("Until"), found.until_on),
        *_looked(found),
    ]
    return Facts(_("About this power"), rows)


def answer(found: Answer) -> dict[str, Any]:
    """Return an answer as the page shows it."""
    return {
        "title": words.said(found.measure.words),
        "lawful": [
            {**_drawn(held.power), "partners": [_partner(one) for one in held.holders]}
            for held in found.lawful
        ],
        "given": [
            {"row": row, "ground": words.ground(row), "partner": _partner(row.holder)}
            for row in found.given
        ],
        "not_law": [_drawn(power) for power in found.not_law],
        "nobody": found.nobody,
        "agreed": found.measure.agreed,
        "measure": found.measure.id,
    }


def _partner(found: Partner) -> dict[str, Any]:
    return {"row": found, "contact": words.contact_words(found)}


def _drawn(power: Power) -> dict[str, Any]:
    return {
        "holder": words.holder_words(power),
        "what": words.said(power.what),
        "condition": words.said(power.condition),
        "limit": words.said(power.limit),
        "article": words.article(power),
        "link": power.link,
        "not_law": power.status in words.STATUSES,
        "badge": words.STATUSES.get(power.status),
    }
