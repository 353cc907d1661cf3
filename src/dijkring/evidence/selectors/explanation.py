# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why: from a standing down to source, time, method and person, and what would change it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.controls.catalogue import Catalogue, Rule, catalogue
from dijkring.controls.models import Applicability, Requirement, in_language
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.models import Fact, Judgement, Offer, PopulationMember, Scope
from dijkring.evidence.selectors import lists
from dijkring.evidence.selectors.provisions import Provided, provided_then
from dijkring.evidence.standing import (
    Inputs,
    Layer,
    Line,
    Observed,
    Standing,
    State,
    Verdict,
    rule_verdict,
    standing,
    tally,
)
from dijkring.evidence.standing import Judgement as EngineJudgement
from dijkring.evidence.standing import Rule as EngineRule

SETTLED = {"met", "not_applicable"}
FEW = 3


@dataclass(slots=True)
class Reason:
    """One node of the explanation: what it is, what it says, since when, and what is below it.

    `kind` is standing, scope, layer, rule, judgement, provision, ended (a provision that is over),
    stopped (one that the provider does not carry out any more), applicability, fact or missing.
    """

    kind: str
    label: str
    verdict: str
    since: datetime | None = None
    until: datetime | None = None
    who: str = ""
    method: str = ""
    text: str = ""
    id: int | None = None
    below: list["Reason"] = field(default_factory=list)

    @property
    def settled(self) -> list["Reason"]:
        """The facts below that are as they should be, when they are too many to read."""
        found = [node for node in self.below if node.kind == "fact" and node.verdict in SETTLED]
        return found if len(found) > FEW else []

    @property
    def pressing(self) -> list["Reason"]:
        """What else lies below."""
        settled = {id(node) for node in self.settled}
        return [node for node in self.below if id(node) not in settled]


@dataclass(slots=True)
class Explanation:
    """The whole chain of one leaf at one moment, with what would change it."""

    requirement: Requirement
    at: datetime
    verdict: str
    root: Reason
    changes: list[str]
    lapses_at: datetime | None
    becomes: str


def explain(organisation_id: int, requirement_id: int, at: datetime | None = None) -> Explanation:
    """Explain a leaf at a moment (default now) with the facts, judgements and rules of then."""
    moment = at or clock.now()
    return _Explainer(organisation_id, moment).leaf(requirement_id)


class _Explainer:
    """Reads everything about one moment of one organisation; facts and rules as they were then."""

    def __init__(self, organisation_id: int, at: datetime) -> None:
        self.organisation_id = organisation_id
        self.at = at
        self.known: Catalogue = catalogue(at)

    def leaf(self, id: int) -> Explanation:
        requirement = Requirement.objects.select_related("framework").get(id=id)
        spoken = _Spoken(self, requirement)
        carried = [self.leaf(leaf) for leaf in self._carriers(id)]
        weighed = self._applicability(id)
        applicable = weighed is None or weighed.applicable
        scopes = [spoken.of_scope(scope, applicable, carried) for scope in spoken.scopes()]
        found, root = spoken.of_whole(applicable, carried, scopes)
        root.below += [part.root for part in carried]
        root.below += [node for _scope, _found, node in scopes]
        root.below += [_weighed(weighed)] if weighed else []
        changes = _what_would_change(root)
        lapses_at, becomes = _lapse(found, carried, [one for _scope, one, _node in scopes])
        verdict = found.verdict.value
        return Explanation(requirement, self.at, verdict, root, changes, lapses_at, becomes)

    def _carriers(self, id: int) -> list[int]:
        return [
            leaf
            for source in self.known.carried_by.get(id, ())
            for leaf in self.known.leaves_below(source)
        ]

    def judgements(self, id: int) -> list[Judgement]:
        rows = Judgement.objects.filter(
            Q(superseded_at=None) | Q(superseded_at__gt=self.at),
            organisation_id=self.organisation_id,
            requirement_id=id,
            judged_at__lte=self.at,
        ).select_related("judged_by", "scope")
        return list(rows.prefetch_related("documents__upload"))

    def _applicability(self, id: int) -> Applicability | None:
        rows = Applicability.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=self.at),
            organisation_id=self.organisation_id,
            requirement_id=id,
            approved_at__lte=self.at,
        )
        return rows.select_related("decided_by", "approved_by").order_by("-approved_at").first()

    def facts(self, of_kinds: Iterable[str]) -> list[Any]:
        rows = Fact.objects.filter(
            Q(until=None) | Q(until__gt=self.at),
            organisation_id=self.organisation_id,
            kind__in=list(of_kinds),
            since__lte=self.at,
        ).annotate(round_at=F("round__observed_at"))
        return list(rows.order_by("subject", "kind"))

    def members(self, population: str) -> set[str]:
        rows = PopulationMember.objects.filter(
            Q(until=None) | Q(until__gt=self.at),
            organisation_id=self.organisation_id,
            population=population,
            since__lte=self.at,
        )
        return set(rows.values_list("member", flat=True))


def _lapse(
    found: Standing, carried: list[Explanation], scopes: list[Standing]
) -> tuple[datetime | None, str]:
    """Return when it lapses and what it then becomes; empty when what is below it lapses first."""
    moments = [part.lapses_at for part in carried if part.lapses_at]
    moments += [part.lapses_at for part in scopes if part.lapses_at]
    below = min(moments, default=None)
    if below is not None and (found.lapses_at is None or below < found.lapses_at):
        return below, ""
    return found.lapses_at, found.becomes.value if found.becomes else ""


class _Spoken:
    """What speaks about one leaf at the moment: without a scope, and per scope."""

    def __init__(self, explainer: _Explainer, requirement: Requirement) -> None:
        self.requirement = requirement
        self.at = explainer.at
        self.rules = [
            _Ruled(explainer, rule) for rule in explainer.known.rules.get(requirement.pk, ())
        ]
        self.judgements = explainer.judgements(requirement.pk)
        self.provisions = provided_then(explainer.organisation_id, requirement.pk, explainer.at)
        self.organisation_id = explainer.organisation_id

    def scopes(self) -> list[Scope]:
        offers = Offer.objects.filter(
            Q(until=None) | Q(until__gt=self.at),
            organisation_id=self.organisation_id,
            requirement=self.requirement,
            since__lte=self.at,
        ).select_related("service")
        found = {offer.service for offer in offers}
        found |= {row.scope for row in self.judgements if row.scope}
        found |= {row.scope for row in self.provisions if row.scope}
        current = [one for one in found if one.until is None or one.until > self.at]
        return sorted(current, key=lambda scope: scope.name)

    def of_whole(
        self,
        applicable: bool,
        carried: list[Explanation],
        scopes: list[tuple[Scope, Standing, Reason]],
    ) -> tuple[Standing, Reason]:
        judgements = [row for row in self.judgements if row.scope is None]
        provisions = [row for row in self.provisions if row.scope is None]
        verdicts = tuple((scope.pk, found.verdict) for scope, found, _node in scopes)
        return self._stand(judgements, provisions, applicable, carried, verdicts, "standing")

    def of_scope(
        self, scope: Scope, applicable: bool, carried: list[Explanation]
    ) -> tuple[Scope, Standing, Reason]:
        here = [row for row in self.judgements if row.scope == scope]
        said = {(row.layer, row.line) for row in here}
        general = [row for row in self.judgements if row.scope is None]
        here += [row for row in general if (row.layer, row.line) not in said]
        provisions = [row for row in self.provisions if row.scope in {None, scope}]
        found, node = self._stand(here, provisions, applicable, carried, (), "scope")
        node.label, node.id = f"{scope.get_kind_display()}: {scope}", scope.pk
        return scope, found, node

    def _stand(
        self,
        judgements: list[Judgement],
        provisions: list[Provided],
        applicable: bool,
        carried: list[Explanation],
        scopes: tuple[tuple[int, Verdict], ...],
        kind: str,
    ) -> tuple[Standing, Reason]:
        own_part = ("own_part",) if provisions else ()
        inputs = Inputs(
            layers=tuple(Layer(layer) for layer in (*self.requirement.layers, *own_part)),
            rules=tuple(ruled.engine for ruled in self.rules),
            judgements=tuple(_engine(row) for row in judgements),
            provisions=tuple(row.engine for row in provisions),
            applicable=applicable,
            carried_by=tuple((part.requirement.pk, Verdict(part.verdict)) for part in carried),
            scopes=scopes,
        )
        found = standing(inputs, self.at)
        node = Reason(kind, str(self.requirement), found.verdict.value)
        node.below = [self._layer(part, judgements, provisions) for part in found.layers]
        return found, node

    def _layer(self, part: Any, judgements: list[Judgement], provisions: list[Provided]) -> Reason:
        layer = part.layer.value
        node = Reason("layer", layer, part.verdict.value)
        node.below = [ruled.reason() for ruled in self.rules if ruled.rule.layer == layer]
        node.below += [_judged(row, self.at) for row in judgements if row.layer == layer]
        node.below += [_provided(row, self.at) for row in provisions if row.layer == layer]
        return node


def _provided(row: Provided, at: datetime) -> Reason:
    ended = row.until is not None and row.until <= at
    label = _("carried out by another")
    verdict = "not_measured" if ended else row.verdict
    kind = "ended" if row.provision.until and row.provision.until <= at else "provision"
    if row.is_over(ended):
        kind = "stopped"
    node = Reason(kind, label, verdict, row.since, row.until, id=row.provision.pk)
    node.who = str(row.provision.provider)
    node.method = f"{row.provision.service_name}, {row.provision.document}"
    node.text = row.words(ended)
    return node


class _Ruled:
    """One rule with its facts at the moment."""

    def __init__(self, explainer: _Explainer, rule: Rule) -> None:
        self.rule = rule
        self.at = explainer.at
        self.members = explainer.members(rule.population)
        self.facts = [fact for fact in explainer.facts(rule.kinds) if fact.member in self.members]
        counts = tuple(self._tally(kind) for kind in rule.kinds)
        self.engine = EngineRule(
            rule.id, Layer(rule.layer), rule.decides, counts, rule.tolerance, rule.repair
        )

    def _tally(self, kind: str) -> Any:
        mine = [_observed(fact) for fact in self.facts if fact.kind == kind]
        return tally(mine, self.members, self.at)

    def reason(self) -> Reason:
        found = rule_verdict(self.engine, self.at)
        word = _("decides") if self.rule.decides else _("can only break")
        label = _("rule on measured facts (%(word)s)") % {"word": word}
        # A rule that can only break says nothing as long as nothing fails.
        speaks = self.rule.decides or found.verdict is Verdict.NOT_MET
        node = Reason("rule", label, found.verdict.value if speaks else "", id=self.rule.id)
        node.text = _(
            "%(passed)d met, %(failed)d not met, %(unknown)d not measured, %(out)d not applicable"
        ) % {
            "passed": found.passed,
            "failed": found.failed,
            "unknown": found.not_measured,
            "out": found.not_applicable,
        }
        node.below = [_fact(fact, self.at) for fact in sorted(self.facts, key=_worst_first)]
        node.below += [
            Reason("missing", f"{_label(kind)}: {member}", "not_measured", text=_("never measured"))
            for kind in self.rule.kinds
            for member in sorted(self._silent(kind))
        ]
        return node

    def _silent(self, kind: str) -> set[str]:
        return self.members - {fact.member for fact in self.facts if fact.kind == kind}


def _worst_first(fact: Any) -> tuple[int, str, str]:
    order = ("fail", "not_measured", "pass", "not_applicable")
    return (order.index(fact.state), fact.subject, fact.kind)


def _label(kind: str) -> str:
    return in_language(kinds.get(kind).label)


def confirmed_at(fact: Any) -> datetime:
    """Return when a fact (annotated with round_at) was last confirmed."""
    moment: datetime = fact.round_at or fact.confirmed_at
    return moment


def _observed(fact: Any) -> Observed:
    until = confirmed_at(fact) + fact.validity
    return Observed(
        fact.subject, fact.member, fact.source, State(fact.state), fact.state_since, until
    )


def _fact(fact: Any, at: datetime) -> Reason:
    last = confirmed_at(fact)
    until = last + fact.validity
    verdict = {"pass": "met", "fail": "not_met"}.get(fact.state, fact.state)
    node = Reason("fact", f"{_label(fact.kind)}: {fact.subject}", verdict, fact.since, until)
    words = [lists.reason_of(fact)]
    if until <= at:
        node.verdict = verdict if fact.state == "fail" else "not_measured"
        words.append(_("(unconfirmed: the last observation has lapsed)"))
    node.text = " ".join(filter(None, words))
    node.id, node.who, node.method = fact.id, fact.source, _method(fact, last)
    return node


def _method(fact: Any, last: datetime) -> str:
    moment = last.astimezone(clock.AMSTERDAM).strftime("%d-%m-%Y %H.%M")
    method = fact.detail.get("method")
    seen = (
        ", ".join(f"{key} {value}" for key, value in method.items())
        if isinstance(method, dict)
        else str(method or "")
    )
    return _("last confirmed %(moment)s") % {"moment": moment} + (f"; {seen}" if seen else "")


def _engine(row: Judgement) -> EngineJudgement:
    return EngineJudgement(
        row.pk, Layer(row.layer), Line(row.line), Verdict(row.verdict), row.valid_until
    )


def _judged(row: Judgement, at: datetime) -> Reason:
    ended = row.valid_until is not None and row.valid_until <= at
    node = Reason(
        "judgement",
        row.get_line_display(),
        "show_again" if ended else row.verdict,
        row.judged_at,
        row.valid_until,
    )
    node.who, node.text, node.id = str(row.judged_by or "Dijkring"), row.reason, row.pk
    node.below = [
        Reason("document", str(document.upload), "", id=document.upload_id)
        for document in row.documents.all()
    ]
    return node


def _weighed(row: Applicability) -> Reason:
    word = _("applicable") if row.applicable else _("not applicable")
    node = Reason(
        "applicability",
        _("statement of applicability: %(word)s") % {"word": word},
        "" if row.applicable else "not_applicable",
    )
    node.who, node.text, node.since = str(row.approved_by or ""), row.reason, row.approved_at
    return node


def _what_would_change(root: Reason) -> list[str]:
    open_ones = [node for node in root.below if node.verdict not in SETTLED]
    found = [
        _("Meet what carries it: %(requirement)s.") % {"requirement": node.label}
        for node in open_ones
        if node.kind == "standing"
    ]
    for node in open_ones:
        layers = [node] if node.kind == "layer" else node.below if node.kind == "scope" else []
        for layer in layers:
            found += _of_layer(layer) if layer.verdict not in SETTLED else []
    return list(dict.fromkeys(found))


def _of_layer(layer: Reason) -> list[str]:
    spoken = [node for node in layer.below if node.verdict]
    if not spoken:
        words = _("A judgement on %(layer)s by somebody who may give it.")
        return [words % {"layer": _layer_word(layer.label)}]
    return [words for node in spoken if node.verdict not in SETTLED for words in _advice(node)]


def _layer_word(layer: str) -> str:
    words: dict[str, str | Promise] = {
        "design": _("design"),
        "existence": _("existence"),
        "operation": _("operation"),
        "own_part": _("own part"),
    }
    return str(words[layer])


def _advice(reason: Reason) -> list[str]:
    if reason.kind == "rule":
        return _of_rule(reason) if reason.below else [_("Register what ought to be measured.")]
    if reason.kind == "stopped":
        words = _(
            "%(provider)s does not do this for you any more: end it under 'Carried out by others',"
            " and judge it yourself or let another do it."
        )
        return [words % {"provider": reason.who}]
    if reason.kind == "ended":
        return [_("Judge it yourself, or let another carry it out.")]
    if reason.kind == "provision":
        return [_("%(provider)s has to mend or show it; ask for it.") % {"provider": reason.who}]
    if reason.verdict == "show_again":
        return [_("Renew the judgement of %(who)s, which has ended.") % {"who": reason.who}]
    return [_("A new judgement in the line of %(line)s.") % {"line": reason.label}]


def _of_rule(reason: Reason) -> list[str]:
    failing = sum(node.verdict == "not_met" for node in reason.below)
    unknown = sum(node.verdict == "not_measured" for node in reason.below)
    mend = ngettext("Mend %(n)d fact that fails.", "Mend %(n)d facts that fail.", failing)
    measure = ngettext("Measure %(n)d that is unknown.", "Measure %(n)d that are unknown.", unknown)
    counted = ((mend, failing), (measure, unknown))
    return [words % {"n": number} for words, number in counted if number]
