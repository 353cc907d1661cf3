# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an organisation does about each requirement, as an OSCAL component definition."""

from collections import defaultdict

from .assessed import Assessment, Given, Leaf
from .norms import file_name
from .shapes import (
    Json,
    control_id,
    filled,
    layer_id,
    line,
    metadata,
    moment,
    party,
    prop,
    props,
    prose,
    resource,
    sealed,
    uuid,
    whose,
)

# OSCAL has words for these only; the others would say more than is known.
IMPLEMENTED = {"met": "implemented", "partly": "partial", "not_applicable": "not-applicable"}


def component(assessment: Assessment) -> str:
    """Return the UUID of the organisation as the one component that carries everything out."""
    return uuid("component", assessment.slug)


def component_definition(assessment: Assessment) -> Json:
    """Return per leaf the decision on applicability, the verdicts and the reasons of people."""
    norm = assessment.norm
    source = uuid("profile resource", assessment.slug, *whose(norm))
    said: dict[str, list[Given]] = defaultdict(list)
    for given in assessment.judgements:
        said[given.ref].append(given)
    implementation = {
        "uuid": uuid("implementation", assessment.slug, *whose(norm)),
        "source": f"#{source}",
        "description": line(norm.title),
        "implemented-requirements": [
            _requirement(assessment, leaf, said[leaf.ref]) for leaf in assessment.leaves
        ],
    }
    one = {
        "uuid": component(assessment),
        "type": "organisation",
        "title": line(assessment.name),
        "description": "De organisatie, met alles wat zij doet en laat doen.",
        "responsible-roles": [{"role-id": "assessed", "party-uuids": [party(assessment)]}],
        "control-implementations": [implementation] if assessment.leaves else [],
    }
    words = "Toepasselijkheid en uitvoering per maatregel. Zie de eigen eigenschappen (ns)."
    title = f"{assessment.name}: {norm.title}"
    back = {"resources": [resource(source, norm.title, file_name("profile", norm))]}
    body = {
        "metadata": metadata(title, assessment, words),
        "components": [filled(one)],
        "back-matter": back,
    }
    return sealed("component-definition", body)


def _requirement(assessment: Assessment, leaf: Leaf, said: list[Given]) -> Json:
    norm = assessment.norm
    known = IMPLEMENTED.get(leaf.verdict)
    status = [{"name": "implementation-status", "value": known}] if known else []
    reasons = [f"{given.layer} ({given.line}): {given.reason}" for given in said]
    by_layer = [_statement(assessment, leaf, layer) for layer in sorted(leaf.layers)]
    return filled(
        {
            "uuid": uuid("requirement", assessment.slug, *whose(norm), leaf.ref),
            "control-id": control_id(norm, leaf.ref),
            "description": prose("\n\n".join(reasons)),
            "props": [*status, prop("verdict", leaf.verdict), *decided(leaf)],
            "statements": by_layer,
        }
    )


def decided(leaf: Leaf) -> list[Json]:
    """Return the decision on applicability as properties; none when nobody decided."""
    decision = leaf.decision
    if decision is None:
        return []
    word = "yes" if decision.applicable else "no"
    approved = moment(decision.approved_at) if decision.approved_at else ""
    return [
        prop("applicable", word, decision.reason),
        *props(
            control_owner=decision.owner,
            decided_by=decision.decided_by,
            approved_by=decision.approved_by,
            approved_at=approved,
        ),
    ]


def _statement(assessment: Assessment, leaf: Leaf, layer: str) -> Json:
    norm = assessment.norm
    return {
        "statement-id": layer_id(norm, leaf.ref, layer),
        "uuid": uuid("statement", assessment.slug, *whose(norm), leaf.ref, layer),
        "description": line(layer),
        "props": [prop("layer", layer), prop("verdict", leaf.layers[layer])],
    }
