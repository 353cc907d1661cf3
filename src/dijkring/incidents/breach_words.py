# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the register of breaches is put in words, on pages and on paper."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dijkring.controls.models import in_language
from dijkring.incidents import breach_content
from dijkring.incidents.forms.clocks import ANSWERS
from dijkring.incidents.models import Breach
from dijkring.incidents.selectors import breaches as selectors
from dijkring.incidents.selectors.breaches import HIGH, RISK, UNLIKELY, Entry
from dijkring.ui import words
from dijkring.ui.states import State

RISKS = {
    "": State(gettext_lazy("not judged yet"), "waiting", "partly"),
    UNLIKELY: State(gettext_lazy("risk unlikely"), "met", "met"),
    RISK: State(pgettext_lazy("breach", "risk"), "warning", "partly"),
    HIGH: State(gettext_lazy("high risk"), "warning", "not-met"),
}
WHOLE = State(gettext_lazy("written down in full"), "met", "met")
NOT_WHOLE = State(gettext_lazy("not complete yet"), "waiting", "partly")
MISSING = {
    "entry": gettext_lazy("everything: nothing was written down yet"),
    "facts": gettext_lazy("the facts"),
    "effects": gettext_lazy("the effects"),
    "measures": gettext_lazy("the measures taken"),
    "persons": gettext_lazy("whose data it is"),
    "data": gettext_lazy("which data it is"),
    "nature": gettext_lazy("the nature of the breach"),
    "risk": gettext_lazy("the judgement of the risk"),
    "told": gettext_lazy("whether the persons concerned were told, or why not"),
}
MARKS = {
    breach_content.SPECIAL: gettext_lazy("special categories (art. 9)"),
    breach_content.CRIMINAL: gettext_lazy("criminal data (art. 10)"),
    breach_content.BSN: gettext_lazy("BSN"),
}


def nature(breach: Breach | None) -> str:
    """Return which of confidentiality, integrity and availability were broken."""
    names = ("confidentiality", "integrity", "availability")
    found = [str(Breach._meta.get_field(one).verbose_name) for one in names  # type: ignore[union-attr]
             if breach and getattr(breach, one)]  # fmt: skip
    return ", ".join(found) or words.NOTHING


def named(part: str, ids: Iterable[str]) -> str:
    """Return the words of kinds of persons or data."""
    known = breach_content.lines(part)
    return ", ".join(in_language(dict(known[id].words)) for id in ids if id in known)


def margin(least: int | None, most: int | None) -> str:
    """Return a number with its margin; what is not known is never nought."""
    if least is None or most is None:
        return _("not known")
    if least == most:
        return number_format(least, force_grouping=True)
    shown = [number_format(one, force_grouping=True) for one in (least, most)]
    return _("%(least)s to %(most)s") % {"least": shown[0], "most": shown[1]}


def marked(breach: Breach) -> str:
    """Return which kinds of data ask for more care by law."""
    found = breach_content.marks(breach.data)
    return ", ".join(str(word) for id, word in MARKS.items() if id in found)


def look(one: Entry) -> State:
    """Return whether an entry is complete."""
    return NOT_WHOLE if selectors.missing(one) else WHOLE


def missing(one: Entry) -> str:
    """Return what is still missing, in words."""
    return ", ".join(str(MISSING[name]) for name in selectors.missing(one))


def authority(one: Entry) -> str:
    """Return whether and when the AP was told, with its reference; or why it need not be."""
    if one.authority is not None:
        told = words.moment_words(one.authority.at)
        reference = one.authority.reference
        return f"{told} ({reference})" if reference else str(told)
    if one.weighing is not None and not one.weighing.report:
        waits = "" if one.weighing.holds else _("waits for a second person")
        return " · ".join(filter(None, [_("need not be told"), waits]))
    return _("not yet")


def persons_told(one: Entry) -> str:
    """Return how many persons were told, or why they are not."""
    if one.letters:
        return _("%(count)s, first on %(at)s") % {
            "count": number_format(one.told, force_grouping=True),
            "at": words.moment_words(one.letters[0].at),
        }
    if one.breach is not None and one.breach.not_told:
        waits = "" if one.level != HIGH or one.breach.spares_subjects else _("not yet")
        return " · ".join(filter(None, [str(one.breach.get_not_told_display()), waits]))
    return _("not yet") if one.level in (HIGH, "") else _("no high risk (art. 34(1))")


def rows(one: Entry) -> list[tuple[Any, Any]]:
    """Return the whole entry with labels, as the AP may ask for it (art. 33(5))."""
    breach = one.breach
    if breach is None:
        return [(_("Still missing"), missing(one))]
    found = [
        (_("Nature of the breach"), nature(breach)),
        (_("Facts"), breach.facts),
        (_("Effects"), breach.effects),
        (_("Measures taken"), breach.measures),
        (_("Whose data"), named("persons", breach.persons)),
        (_("Persons"), margin(breach.persons_least, breach.persons_most)),
        (_("Which data"), named("data", breach.data)),
        (_("With extra care by law"), marked(breach)),
        (_("Records"), margin(breach.records_least, breach.records_most)),
        (_("Own role"), breach.get_own_role_display()),
        *_parties(breach),
        *_judged(one),
        (_("AP told"), authority(one)),
        (_("Persons told"), persons_told(one)),
        (_("The reason of that"), breach.not_told_reason),
        (_("When it was announced in public"), breach.announced_at),
        *_letters(one),
        (_("Still missing"), missing(one)),
    ]
    return [(label, value) for label, value in found if value not in ("", None)]


def _parties(breach: Breach) -> list[tuple[str, Any]]:
    return [
        (_("For whom, or together with whom"), breach.others),
        (_("When they were told"), breach.others_told_at),
        (_("Processor or supplier where it happened"), breach.processor),
        (_("When this processor told you"), breach.processor_told_at),
    ]


def _judged(one: Entry) -> list[tuple[str, Any]]:
    if one.weighing is None:
        return [(_("Risk"), str(RISKS[""].word))]
    who = {
        "who": words.person_words(one.weighing.decided_by),
        "at": words.moment_words(one.weighing.decided_at),
    }
    return [
        (_("Risk"), str(RISKS[one.level].word)),
        (_("Why"), one.weighing.reason),
        (_("Judged"), _("%(at)s by %(who)s") % who),
        (_("In the place of the privacy officer, because:"), one.weighing.standing_in),
        (_("Advice of the FG"), one.risk.advice if one.risk else ""),
        *_criteria(one),
    ]


def _criteria(one: Entry) -> list[tuple[str, Any]]:
    if one.risk is None:
        return [(_("Criteria"), _("weighed without the criteria of the register"))]
    labels, known = dict(ANSWERS), breach_content.lines("criteria")
    answers = one.risk.answers
    said = [
        f"{in_language(dict(line.words))} {labels[answers[id]]}"
        for id, line in known.items()
        if id in answers
    ]
    title = _("Criteria (version %(number)s)") % {"number": one.risk.content_version}
    return [(title, " · ".join(said))]


def _letters(one: Entry) -> list[tuple[str, Any]]:
    return [
        (
            _("Told on %(at)s") % {"at": words.moment_words(row.at)},
            " · ".join(
                filter(None, [number_format(row.count, force_grouping=True), row.how, row.note])
            ),
        )
        for row in one.letters
    ]
