# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Gathers what the OSCAL documents tell about one organisation and one norm."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db.models import F

from dijkring.controls.catalogue import catalogue
from dijkring.controls.models import Applicability, Framework, Requirement, in_language
from dijkring.core import clock
from dijkring.evidence import kinds
from dijkring.evidence.models import Deviation, Fact, Judgement
from dijkring.evidence.selectors import lists, standings
from dijkring.evidence.selectors.explanation import confirmed_at
from dijkring.organisations.models import Organisation
from dijkring.portability.oscal.assessed import (
    Accepted,
    Assessment,
    Decision,
    Document,
    Given,
    Leaf,
    Node,
    Norm,
    Seen,
)

Speaks = dict[str, list[tuple[str, str]]]


def gather(organisation_id: int, framework: Framework) -> Assessment:
    """Return where an organisation stands on one norm now, with everything it rests on."""
    now = clock.now()
    organisation = Organisation.objects.get(id=organisation_id)
    rows = list(
        Requirement.objects.filter(framework=framework, status="active")
        .select_related("parent")
        .order_by("position")
    )
    leaves = {row.pk: row for row in rows if row.leaf}
    speaks = _speaks(leaves, now)
    return Assessment(
        slug=organisation.slug,
        name=organisation.name,
        at=now,
        norm=_norm(framework, rows),
        leaves=_leaves(organisation_id, leaves),
        judgements=_judgements(organisation_id, leaves),
        facts=_facts(organisation_id, speaks),
        deviations=_deviations(organisation_id, leaves, speaks),
    )


def _norm(framework: Framework, rows: list[Requirement]) -> Norm:
    owner = framework.organisation
    active = {row.ref for row in rows}
    nodes = tuple(
        Node(
            row.ref,
            row.parent.ref if row.parent and row.parent.ref in active else None,
            in_language(row.title),
            in_language(row.text),
            row.leaf,
            tuple(row.layers),
            row.outside_duty,
        )
        for row in rows
    )
    title = in_language(framework.title)
    slug = owner.slug if owner else ""
    return Norm(
        framework.key, framework.version, title, framework.issuer, framework.source, slug, nodes
    )


def _leaves(organisation_id: int, leaves: dict[int, Requirement]) -> tuple[Leaf, ...]:
    found = standings.of_leaves(organisation_id, leaves)
    decided = {
        row.requirement_id: row
        for row in Applicability.objects.filter(
            organisation_id=organisation_id, requirement_id__in=leaves, valid_until=None
        ).select_related("owner", "decided_by", "approved_by")
    }
    return tuple(_leaf(row, found.get(id), decided.get(id)) for id, row in leaves.items())


def _leaf(row: Requirement, found: Any, decided: Applicability | None) -> Leaf:
    said = {part["layer"]: part["verdict"] for part in found.layers} if found else {}
    return Leaf(
        row.ref,
        found.verdict if found else "not_assessed",
        {layer: said.get(layer, "not_assessed") for layer in row.layers},
        found.since if found else None,
        found.lapses_at if found else None,
        _decision(decided) if decided else None,
    )


def _decision(row: Applicability) -> Decision:
    return Decision(
        applicable=row.applicable,
        reason=row.reason,
        owner=str(row.owner or ""),
        decided_by=str(row.decided_by or ""),
        approved_by=str(row.approved_by or ""),
        approved_at=row.approved_at,
    )


def _judgements(organisation_id: int, leaves: dict[int, Requirement]) -> tuple[Given, ...]:
    rows = Judgement.objects.filter(
        organisation_id=organisation_id, requirement_id__in=leaves, superseded_at=None
    ).select_related("judged_by", "scope")
    return tuple(
        _given(row, leaves[row.requirement_id].ref)
        for row in rows.prefetch_related("documents__upload").order_by("id")
    )


def _given(row: Judgement, ref: str) -> Given:
    documents = tuple(
        Document(one.upload.name, one.upload.media_type, one.upload.sha256)
        for one in row.documents.all()
    )
    scope = row.scope.name if row.scope else ""
    return Given(
        row.pk, ref, scope, row.layer, row.line, row.verdict, row.reason,
        str(row.judged_by or "Dijkring"), row.judged_at, row.valid_until, documents,
    )  # fmt: skip


def _speaks(leaves: dict[int, Requirement], now: datetime) -> Speaks:
    """Return per kind of fact the layers of leaves for which a rule lets it speak."""
    found: Speaks = defaultdict(list)
    rules = catalogue(now).rules
    for id, row in leaves.items():
        for rule in rules.get(id, ()):
            for kind in rule.kinds:
                found[kind].append((row.ref, rule.layer))
    return found


def _facts(organisation_id: int, speaks: Speaks) -> tuple[Seen, ...]:
    rows = (
        Fact.objects.filter(organisation_id=organisation_id, kind__in=list(speaks), until=None)
        .annotate(round_at=F("round__observed_at"))
        .order_by("id")
    )
    return tuple(_seen(row, speaks) for row in rows)


def _seen(row: Fact, speaks: Speaks) -> Seen:
    last = confirmed_at(row)
    return Seen(
        row.pk, row.kind, in_language(kinds.get(row.kind).label), row.subject, row.source,
        row.state, lists.reason_of(row), row.since, last, last + row.validity,
        tuple(dict.fromkeys(speaks[row.kind])),
    )  # fmt: skip


def _deviations(
    organisation_id: int, leaves: dict[int, Requirement], speaks: Speaks
) -> tuple[Accepted, ...]:
    rows = Deviation.objects.filter(
        organisation_id=organisation_id, ended_at=None, ends_at__gt=clock.now()
    ).select_related("accepted_by")
    return tuple(
        Accepted(
            row.pk,
            leaves[row.requirement_id].ref if row.requirement_id else "",
            row.kind,
            row.subject,
            row.reason,
            str(row.accepted_by or "Dijkring"),
            row.accepted_at,
            row.ends_at,
        )
        for row in rows.order_by("id")
        if row.requirement_id in leaves or row.kind in speaks
    )
