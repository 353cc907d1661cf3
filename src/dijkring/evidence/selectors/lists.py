# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rows of the pages: leaves with their standing, current facts, documents."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Framework, Requirement, in_language
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.models import Fact, Judgement, Upload
from dijkring.evidence.selectors import standings
from dijkring.evidence.selectors.standings import LeafStanding, Profile

WANTING = {"not_assessed", "show_again"}
# What failed goes on failing until somebody sees otherwise.
LAPSING = ["pass", "not_applicable"]


@dataclass(frozen=True, slots=True)
class LeafRow:
    """One line of the list of standings."""

    pk: int
    ref: str
    title: str
    verdict: str
    design: str
    existence: str
    operation: str
    since: datetime | None
    lapses_at: datetime | None
    outside_duty: bool

    @property
    def since_day(self) -> date | None:
        """The day in the Netherlands since when it is so."""
        return clock.day_of(self.since) if self.since else None


def leaf_rows(organisation_id: int, framework: Framework) -> list[LeafRow]:
    """Return every leaf of a framework with its standing, in the order of the norm."""
    leaves = list(
        Requirement.objects.filter(framework=framework, leaf=True, status="active").order_by(
            "position"
        )
    )
    found = standings.of_leaves(organisation_id, [leaf.pk for leaf in leaves])
    return [_row(leaf, found.get(leaf.pk)) for leaf in leaves]


def _row(leaf: Requirement, found: LeafStanding | None) -> LeafRow:
    layers = {part["layer"]: part["verdict"] for part in found.layers} if found else {}
    asked = {
        layer: layers.get(layer, "not_assessed") if layer in leaf.layers else ""
        for layer in ("design", "existence", "operation")
    }
    return LeafRow(
        leaf.pk,
        leaf.ref,
        leaf.label,
        found.verdict if found else "not_assessed",
        asked["design"],
        asked["existence"],
        asked["operation"],
        found.since if found else None,
        found.lapses_at if found else None,
        leaf.outside_duty,
    )


def profile_of(organisation_id: int, requirement: Requirement) -> Profile:
    """Return the profile of what carries a requirement that has no verdict of its own."""
    leaves = catalogue(clock.now()).leaves_behind(requirement.pk)
    return standings.profile(leaves, standings.of_leaves(organisation_id, leaves))


def facts(organisation_id: int) -> QuerySet[Fact]:
    """Return the current facts: when confirmed, how long that holds, and `held`: what holds now."""
    confirmed = Coalesce("confirmed_at", "round__observed_at")
    until = ExpressionWrapper(F("confirmed") + F("validity"), output_field=DateTimeField())
    lapsed = When(valid_until__lte=clock.now(), state__in=LAPSING, then=Value("not_measured"))
    rows = Fact.objects.filter(organisation_id=organisation_id, until=None)
    return (
        rows.annotate(confirmed=confirmed)
        .annotate(valid_until=until)
        .annotate(held=Case(lapsed, default="state"))
        .order_by("kind", "subject")
    )


def held(fact: Fact) -> str | None:
    """Return what a fact says now; what lapsed is not measured, what was withdrawn says nothing.

    One that ended keeps what it said then.
    """
    if hasattr(fact, "withdrawal"):
        return None
    confirmed = fact.round.observed_at if fact.round else fact.confirmed_at
    over = confirmed is not None and confirmed + fact.validity <= clock.now()
    return "not_measured" if fact.until is None and over and fact.state in LAPSING else fact.state


def fact_history(fact: Fact) -> QuerySet[Fact]:
    """Return every row about the same kind, subject and source, the newest first."""
    rows = Fact.objects.filter(
        organisation_id=fact.organisation_id,
        kind=fact.kind,
        subject=fact.subject,
        source=fact.source,
    )
    return rows.annotate(confirmed=Coalesce("confirmed_at", "round__observed_at")).order_by(
        "-since", "-id"
    )


def reason_of(fact: Fact) -> str:
    """Return in words why a fact is what it is; empty when nobody said so."""
    return reason_in(fact.detail)


def reason_in(detail: dict[str, Any]) -> str:
    """Return the reason that stands in the detail of a fact, in words."""
    text = detail.get("text")
    return in_language(text) if isinstance(text, dict) else str(text or detail.get("reason", ""))


def kind_label(kind: str) -> str:
    """Return the words of a kind of fact."""
    return in_language(kinds.get(kind).label)


def ending_judgements(organisation_id: int, until: datetime) -> list[Judgement]:
    """Return the current judgements whose validity ends before a moment, or has ended."""
    rows = Judgement.objects.filter(
        organisation_id=organisation_id, superseded_at=None, valid_until__lt=until
    )
    return list(rows.select_related("requirement", "judged_by").order_by("valid_until"))


def judgements_of(organisation_id: int, requirement_id: int) -> list[Judgement]:
    """Return all judgements on a requirement, the newest first."""
    rows = Judgement.objects.filter(organisation_id=organisation_id, requirement_id=requirement_id)
    return list(rows.select_related("judged_by", "scope").prefetch_related("documents__upload"))


def layer_to_judge(organisation_id: int, requirement_id: int, scope: int | None) -> str | None:
    """Return the first layer that wants a judgement: none is there, or it has to be shown again."""
    if scope is None:
        found: LeafStanding | None = standings.of_leaf(organisation_id, requirement_id)
    else:
        found = standings.of_scopes(organisation_id, requirement_id).get(scope)
    parts = found.layers if found else ()
    return next((one["layer"] for one in parts if one["verdict"] in WANTING), None)


def uploads(organisation_id: int) -> QuerySet[Upload]:
    """Return the documents of an organisation."""
    return Upload.objects.filter(organisation_id=organisation_id).select_related("uploaded_by")


def refs(ids: Collection[int]) -> dict[int, Any]:
    """Return requirements by id, for words beside ids."""
    return Requirement.objects.select_related("framework").in_bulk(list(ids))
