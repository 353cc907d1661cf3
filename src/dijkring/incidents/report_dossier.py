# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What fills a report from the rest of the file: the landscape, traces, costs, evidence, breach."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.incidents import breach_words, hints
from dijkring.incidents.models import Breach, Exhibit, Indicator, TouchedAsset
from dijkring.incidents.report_fillers import Known, find, register
from dijkring.incidents.selectors import costs, touched
from dijkring.ui import words


def register_fillers() -> None:
    """Add the fillers of the parts of the file that stand in tables of their own."""
    breaches = gettext_lazy("the register of breaches")
    what = gettext_lazy("the register: what happened, what it touches")
    severity = gettext_lazy("the register, the weighing and the landscape")
    register("what_and_touched", what, _what)
    register("severity_known", severity, _severity)
    register("indicators", gettext_lazy("the indicators that were recorded"), _indicators)
    register("cost", gettext_lazy("the costs that were recorded"), _cost)
    register("evidence", gettext_lazy("the evidence that was secured"), _evidence)
    register("persons", breaches, _persons)
    register("data", breaches, _data)
    register("effects", breaches, _effects)
    register("breach_measures", breaches, _measures)
    register("letters", breaches, _letters)


def _together(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _touched(known: Known) -> list[TouchedAsset]:
    rows = touched.of_incident(known.incident)
    return list(rows.exclude(certainty=TouchedAsset.Certainty.CLEARED))


def _what(known: Known) -> str:
    rows = _touched(known)
    names = ", ".join(f"{one.asset.name} ({one.get_certainty_display()})" for one in rows)
    line = _("Touched: %(names)s.") % {"names": names} if names else ""
    return _together(find("what_happened", known), line)


def _severity(known: Known) -> str:
    found = hints.proposals(known.incident, "cbw") if _touched(known) else {}
    return _together(find("severity", known), found.get("outage", ""), found.get("harm", ""))


def _indicators(known: Known) -> str:
    rows = Indicator.objects.filter(incident=known.incident, struck_at=None)
    return "\n".join(
        " ".join(filter(None, [f"{one.get_kind_display()}: {one.value}", one.note])) for one in rows
    )


def _cost(known: Known) -> str:
    total = costs.total(known.incident)
    if not total.count:
        return ""
    return _("%(certain)s certain, %(estimated)s estimated; not complete yet.") % {
        "certain": costs.euros(total.certain),
        "estimated": costs.euros(total.estimated),
    }


def _evidence(known: Known) -> str:
    rows = Exhibit.objects.filter(incident=known.incident)
    return "\n".join(
        " ".join(filter(None, [str(one), one.sha256 and f"(SHA-256 {one.sha256})"])) for one in rows
    )


def _breach(known: Known) -> Breach | None:
    return Breach.objects.filter(incident=known.incident).first()


def _persons(known: Known) -> str:
    found = _breach(known)
    if found is None or not found.persons:
        return ""
    named = breach_words.named("persons", found.persons)
    count = breach_words.margin(found.persons_least, found.persons_most)
    return _("%(named)s. How many: %(count)s.") % {"named": named, "count": count}


def _data(known: Known) -> str:
    found = _breach(known)
    if found is None or not found.data:
        return ""
    named = breach_words.named("data", found.data)
    count = breach_words.margin(found.records_least, found.records_most)
    return _together(
        _("%(named)s. Records: %(count)s.") % {"named": named, "count": count},
        breach_words.marked(found),
    )


def _effects(known: Known) -> str:
    found = _breach(known)
    return found.effects if found else ""


def _measures(known: Known) -> str:
    found = _breach(known)
    return found.measures if found else ""


def _letters(known: Known) -> str:
    found = _breach(known)
    if found is None:
        return ""
    sent = [
        _("%(at)s: %(count)d persons, %(how)s")
        % {"at": words.moment_words(one.at), "count": one.count, "how": one.how}
        for one in found.letters.all()
    ]
    if sent or not found.not_told:
        return "\n".join(sent)
    why = _("No: %(why)s.") % {"why": found.get_not_told_display()}
    return _together(why, found.not_told_reason)
