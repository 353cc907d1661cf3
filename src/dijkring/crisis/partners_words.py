# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How partners, agreements and powers are put in words, and how they look."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.crisis.cards import Lines
from dijkring.crisis.models.agreements import PartnerAgreement
from dijkring.crisis.models.partners import Partner
from dijkring.crisis.models.powers import GivenPower
from dijkring.crisis.partners import functions
from dijkring.crisis.powers import Power, Status, measures, powers
from dijkring.crisis.selectors.partners import missing
from dijkring.incidents.obligations import Obligation
from dijkring.ui import words
from dijkring.ui.states import State

COMPLETE = State(_("complete"), "met", "met")
OUT = State(_("taken out"), "not-applicable", "not-applicable")
ENDED = State(_("has ended"), "not-met", "not-met")
AGAIN = State(_("needs review"), "show-again", "show-again")
HOLDS = State(_("holds"), "met", "met")
STATUSES: Mapping[Status, State] = {
    Status.BILL: State(_("bill, not law"), "not-met", "not-met"),
    Status.ANNULLED: State(_("struck down by the court, not law"), "not-met", "not-met"),
}
LAWS = {"cbw": "Cbw", "cbw_others": "Cbw"}


def said(text: Mapping[str, str]) -> str:
    """Return a text of the content in the language of the reader."""
    return in_language(dict(text))


def lines(text: Lines) -> Sequence[str]:
    """Return lines of the content in the language of the reader."""
    return text.get(words.language()) or text["nl"]


def partner_look(partner: Partner) -> State:
    """Return how complete a partner is."""
    if partner.retired_at:
        return OUT
    lacks = missing(partner)
    return State(", ".join(lacks), "warning", "not-met") if lacks else COMPLETE


def agreement_look(agreement: PartnerAgreement) -> State:
    """Return how an agreement stands."""
    today = clock.today()
    if agreement.retired_at:
        return OUT
    if agreement.ends_on and agreement.ends_on < today:
        return ENDED
    return AGAIN if agreement.review_on < today else HOLDS


def given_look(given: GivenPower) -> State:
    """Return how a given power stands; it falls with its holder and its agreement."""
    today, ground = clock.today(), given.agreement
    if given.retired_at:
        return OUT
    over = [one for one in (given.until_on, ground.ends_on if ground else None) if one]
    if any(one < today for one in over) or (ground and ground.retired_at):
        return ENDED
    if given.holder.retired_at:
        return ENDED
    return AGAIN if given.review_on < today else HOLDS


def measure(id: str) -> str:
    """Return the words of a measure."""
    found = measures().get(id)
    return said(found.words) if found else id


def measure_choices(*, agreed: bool = False) -> list[tuple[str, str]]:
    """Return the measures to choose from; with `agreed` those that can be given to somebody."""
    return [(one.id, said(one.words)) for one in measures().values() if one.agreed or not agreed]


def function_choices() -> list[tuple[str, str]]:
    """Return the functions and kinds of party of the national list."""
    return [(one.id, said(one.words)) for one in functions().values()]


def article(power: Power) -> str:
    """Return the law and article of a power: Gemeentewet, art. 175."""
    return gettext("%(law)s, art. %(article)s") % {
        "law": said(power.law),
        "article": power.article,
    }


def short_article(power: Power) -> str:
    """Return law and article as they fit on a card: Wvr 39."""
    return f"{power.short} {power.article}"


def ground(given: GivenPower) -> str:
    """Return on which ground a power was given."""
    parts = [str(given.get_basis_display())]
    source = powers().get(given.source)
    if source:
        holder = said(functions()[source.holder].words)
        parts.append(gettext("of %(holder)s (%(article)s; Awb, art. 10:3)")
                     % {"holder": holder, "article": article(source)})  # fmt: skip
    if given.agreement:
        parts.append(str(given.agreement))
    return ", ".join(parts)


def holder_words(power: Power) -> str:
    """Return the function that holds a power of the law."""
    return said(functions()[power.holder].words)


def clock_words(obligation: Obligation) -> str:
    """Return a deadline in a few words: what, within what, on which article."""
    law = LAWS.get(obligation.regime, gettext("GDPR"))
    terms = {
        "hours": gettext("at most %(n)d hours"),
        "months": gettext("at most a month after the notification"),
    }
    term = gettext("without delay")
    if obligation.duration:
        term = terms[obligation.duration.unit] % {"n": obligation.duration.number}
    return f"{said(obligation.title)}: {term} ({law} {obligation.article})"


def number_words(partner: Partner) -> str:
    """Return who it is and both numbers; one that serves day and night stands once."""
    day, night = partner.phone_day, partner.phone_night
    if day and day == night:
        return " · ".join(part for part in (partner.who, day) if part)
    parts = [
        partner.who,
        gettext("day %(phone)s") % {"phone": day} if day else "",
        gettext("night %(phone)s") % {"phone": night} if night else "",
    ]
    return " · ".join(part for part in parts if part)


def contact_words(partner: Partner) -> str:
    """Return how a partner is reached, in one line."""
    parts = [
        number_words(partner),
        gettext("else %(person)s") % {"person": partner.deputy} if partner.deputy else "",
        partner.other_way,
    ]
    return " · ".join(part for part in parts if part) or gettext("no contact filled in")
