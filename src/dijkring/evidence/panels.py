# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of evidence show: profiles, the why, facts and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dijkring.controls.catalogue import catalogue, judged_frameworks
from dijkring.controls.models import Framework, Mapping, Requirement, in_language
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.kinds import FactKind
from dijkring.evidence.models import LAYERS, Deviation, Fact
from dijkring.evidence.selectors import lists
from dijkring.evidence.selectors import standings as select
from dijkring.evidence.selectors.explanation import Explanation
from dijkring.evidence.selectors.lists import LeafRow
from dijkring.evidence.selectors.provisions import asks_own_part
from dijkring.evidence.selectors.standings import VERDICT_ORDER, Profile
from dijkring.ui import charts
from dijkring.ui.dutch import Language
from dijkring.ui.panels import ChartPanel, Facts, Markup, Moment, Panel, Timeline, for_slot
from dijkring.ui.states import state_of
from dijkring.ui.words import date_words

SLOT = "evidence.requirement"
FACT_SLOT = "evidence.fact"
FROM_GOOD_TO_BAD = (
    "met",
    "partly",
    "not_met",
    "show_again",
    "not_measured",
    "not_assessed",
    "not_applicable",
)


def profile_chart(profile: Profile, title: str) -> Any:
    """Draw a profile as one bar of states; unknown stays in it, and so does what is not shown."""
    parts = tuple(
        charts.Part(verdict, profile.counts[verdict], str(state_of(verdict).word))  # type: ignore[arg-type]
        for verdict in FROM_GOOD_TO_BAD
        if profile.counts.get(verdict)
    )
    hidden = profile.total - sum(profile.counts.values())
    rest = (charts.Part("not_assessed", hidden, _("not shown")),) if hidden > 0 else ()
    language: Language = "en" if get_language() == "en" else "nl"
    return charts.StackedBar(
        title=title, description=profile_words(profile), language=language, parts=(*parts, *rest)
    )


def profile_words(profile: Profile) -> str:
    """Say a profile in words: '31 of 38 shown, 2 not met, 5 not assessed'."""
    words = [
        _("%(shown)d of %(total)d shown") % {"shown": profile.shown, "total": profile.applicable}
    ]
    for verdict in VERDICT_ORDER:
        if verdict != "met" and profile.counts.get(verdict):
            words.append(f"{profile.counts[verdict]} {state_of(verdict).word}")
    return ", ".join(words)


def overview(framework: Framework | None, rows: Sequence[LeafRow]) -> dict[str, Any]:
    """Return what stands above the list of standings: the chart and the choice of framework."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.verdict] = counts.get(row.verdict, 0) + 1
    profile = Profile(counts, len(rows), ())
    chart = profile_chart(profile, _("Requirements by standing")) if rows else None
    frameworks = judged_frameworks()
    return {
        "framework": framework,
        "frameworks": frameworks,
        "chart": chart,
        "words": profile_words(profile),
    }


# --- one requirement ----------------------------------------------------------------------------


def of_leaf(request: HttpRequest, found: Requirement, explanation: Explanation) -> list[Panel]:
    """Return the panels of a leaf: layers with their why, what it counts for, deviations."""
    context = {"explanation": explanation, "requirement": found}
    return [
        Markup(_("Where it stands"), "evidence/layers.html", context),
        *_lapse(explanation),
        *_counts_for(request, found),
        *_deviating(found),
        *_judged(request, found),
        *for_slot(SLOT, request, found),
    ]


def why(explanation: Explanation) -> Panel:
    """Return the whole chain as a tree."""
    return Markup(
        _("The chain, down to the source"), "evidence/why.html", {"explanation": explanation}
    )


def _lapse(explanation: Explanation) -> list[Panel]:
    if explanation.lapses_at is None or explanation.becomes == explanation.verdict:
        return []
    rows: list[tuple[str, Any]] = [(_("Holds until"), explanation.lapses_at)]
    if explanation.becomes:
        rows.append((_("Then becomes"), state_of(explanation.becomes).word))
    return [Facts(_("If nothing happens"), rows)]


def _counts_for(request: Any, found: Requirement) -> list[Panel]:
    lines = [
        {"requirement": target, "words": profile_words(profile), "kind": kind, "official": official}
        for target, kind, official, profile in _targets(request.actor.organisation_id, found)
    ]
    return (
        [Markup(_("This also counts for"), "evidence/counts_for.html", {"lines": lines})]
        if lines
        else []
    )


def _targets(
    organisation_id: int, found: Requirement
) -> list[tuple[Requirement, str, bool, Profile]]:
    sources = [found.pk]
    known = catalogue(clock.now())
    while (parent := known.nodes[sources[-1]].parent) is not None:
        sources.append(parent)
    mappings = Mapping.objects.filter(source_id__in=sources, valid_until=None).select_related(
        "target__framework"
    )
    stood = select.of_leaves(organisation_id)
    return [
        (m.target, m.kind, m.official, select.profile(known.leaves_behind(m.target_id), stood))
        for m in mappings.order_by("target__position")
    ]


def _deviating(found: Requirement) -> list[Panel]:
    rows = Deviation.objects.filter(requirement=found, ended_at=None, ends_at__gt=clock.now())
    lines = [
        (_("until %(day)s") % {"day": date_words(row.ends_at)}, f"{row.reason} ({row.accepted_by})")
        for row in rows.select_related("accepted_by")
    ]
    return [Facts(_("Accepted deviations"), lines)] if lines else []


def _judged(request: Any, found: Requirement) -> list[Panel]:
    organisation_id = request.actor.organisation_id
    rows = lists.judgements_of(organisation_id, found.pk)
    # A judgement on one's own part stays, but counts only as long as another carries it out.
    idle = any(row.layer == "own_part" for row in rows) and not asks_own_part(
        organisation_id, found.pk, None
    )
    context = {"rows": rows, "own_part_idle": idle}
    return [Markup(_("Judgements"), "evidence/judgements.html", context)] if rows else []


def timeline(organisation_id: int, found: Requirement) -> Timeline:
    """Return how the standing changed, dated at the change."""
    moments = [
        Moment(change.at, _layers(change.layers), state=change.verdict)
        for change in select.history(organisation_id, found.pk)
    ]
    return Timeline(
        _("How the standing changed"), moments, _("Nothing has been said about this yet.")
    )


def _layers(layers: dict[str, str]) -> str:
    said = [(word, layers[layer]) for layer, word in LAYERS if layer in layers]
    return ", ".join(f"{word} {state_of(verdict).word}" for word, verdict in said)


def of_profile(request: Any, found: Requirement) -> list[Panel]:
    """Return the panels of a chapter or law article: a profile, never a verdict."""
    organisation_id = request.actor.organisation_id
    leaves = catalogue(clock.now()).leaves_behind(found.pk)
    stood = select.of_leaves(organisation_id, leaves)
    profile = select.profile(leaves, stood)
    known = lists.refs(leaves)
    rows = [
        (known[leaf], stood[leaf].verdict if leaf in stood else "not_assessed")
        for leaf in leaves
        if leaf in known
    ]
    rows.sort(key=lambda row: VERDICT_ORDER.index(row[1]))
    explanation = (
        _("A law article has no verdict of its own: this shows what carries it.")
        if found.framework.is_law
        else ""
    )
    return [
        ChartPanel(_("Profile"), profile_chart(profile, profile_words(profile)), explanation),
        Markup(
            _("What carries it, the most urgent first"),
            "evidence/carriers.html",
            {"rows": rows, "link": found.link},
        ),
    ]


# --- deviations ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """One accepted deviation, in words."""

    pk: int
    about: str
    reason: str
    accepted_by: Any
    accepted_at: Any
    ends_at: Any
    end_label: str


def deviation_rows(request: Any) -> list[DeviationRow]:
    """Return the accepted deviations that run now."""
    label = _("End it") if request.can("evidence.deviate") else ""
    return [
        DeviationRow(
            row.pk,
            str(row.requirement)
            if row.requirement
            else f"{lists.kind_label(row.kind)}: {row.subject}",
            row.reason,
            row.accepted_by,
            row.accepted_at,
            row.ends_at,
            label,
        )
        for row in select.deviations(request.actor.organisation_id)
    ]


# --- one fact -----------------------------------------------------------------------------------


def of_fact(request: Any, fact: Fact) -> list[Panel]:
    """Return the panels of a fact: what was seen, what it means and how to mend it."""
    names = {"text": _("In words"), "seen": _("Seen"), "method": _("Method"), "reason": _("Cause")}
    seen = [(names.get(key, key), shown(value)) for key, value in fact.detail.items()]
    means = _meaning(kinds.get(fact.kind))
    speaks_about = catalogue(clock.now()).by_kind.get(fact.kind, ())
    helps = Requirement.objects.filter(pk__in=speaks_about).select_related("framework")
    panels: list[Panel] = [Facts(_("What was observed"), [*_observed(fact), *_ended(fact)])]
    panels += [Facts(_("What it means"), means)] if means else []
    panels += [Facts(_("What was seen"), seen)] if seen else []
    if helps:
        about = {"requirements": helps}
        panels.append(Markup(_("It speaks about"), "evidence/helps.html", about))
    return [*panels, *for_slot(FACT_SLOT, request, fact)]


def _meaning(kind: FactKind) -> list[tuple[str, str]]:
    words = ((_("What"), kind.what), (_("Why"), kind.why), (_("How to mend"), kind.mend))
    return [(label, in_language(text)) for label, text in words if text]


def _observed(fact: Fact) -> list[tuple[str, Any]]:
    confirmed: Any = fact.round.observed_at if fact.round else fact.confirmed_at
    return [
        (_("About"), fact.subject),
        (_("Source"), fact.source),
        (_("In this state since"), fact.state_since),
        (_("Last confirmed"), confirmed),
        (_("Holds until"), confirmed + fact.validity),
        (_("Recorded"), fact.recorded_at),
        (_("Recorded by"), fact.recorded_by),
    ]


def _ended(fact: Fact) -> list[tuple[str, Any]]:
    if fact.until is None:
        return []
    rows = [(_("Ended"), fact.until), (_("Because"), fact.end_reason or _("observed differently"))]
    withdrawal = getattr(fact, "withdrawal", None)
    if withdrawal is not None:
        rows.append((_("Withdrawn by"), withdrawal.withdrawn_by))
        rows.append((_("Reason"), withdrawal.reason))
    return rows


def shown(value: Any) -> str:
    """Return a value of a fact's detail in words."""
    if isinstance(value, dict):
        if set(value) <= {"nl", "en"} and value:
            return in_language(value)
        return "; ".join(f"{key}: {shown(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(shown(part) for part in value)
    return str(value)


def fact_timeline(fact: Fact) -> Timeline:
    """Return every row about the same subject; gaps stay visible."""
    moments = [moment for row in lists.fact_history(fact) for moment in _moments(row)]
    return Timeline(_("History of this fact"), moments)


def _moments(row: Any) -> list[Moment]:
    """Return what a row adds to the history, the newest first."""
    lapsed = row.confirmed + row.validity
    began = Moment(
        row.since, lists.reason_of(row), row.recorded_by, row.end_reason, state=row.state
    )
    if lapsed > (row.until or clock.now()):
        return [began]
    then = "not_met" if row.state == "fail" else "not_measured"
    return [Moment(lapsed, _("not confirmed any more"), state=then), began]
