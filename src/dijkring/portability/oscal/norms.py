# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The norm as an OSCAL catalog, and what of it applies to an organisation as a profile."""

from collections import defaultdict

from .assessed import Assessment, Node, Norm
from .shapes import (
    Json,
    control_id,
    filled,
    layer_id,
    line,
    metadata,
    props,
    prose,
    resource,
    sealed,
    token,
    uuid,
    whose,
)

_LAYERS = {
    "design": "Opzet: het is vastgelegd.",
    "existence": "Bestaan: het is er.",
    "operation": "Werking: het werkt, ook door de tijd.",
}


def file_name(kind: str, norm: Norm) -> str:
    """Return the name of a document, by which the others refer to it."""
    return f"{kind}-{token(norm.key, norm.version)}.json"


def catalog(assessment: Assessment) -> Json:
    """Return the norm with its numbers and our own words; the text of the publisher is left out."""
    norm = assessment.norm
    below: dict[str | None, list[Node]] = defaultdict(list)
    for node in norm.nodes:
        below[node.parent].append(node)
    groups = [_group(norm, node, below) for node in below[None] if not node.leaf]
    controls = [_control(norm, node, below) for node in below[None] if node.leaf]
    words = "Nummers van de norm met omschrijvingen in eigen woorden; niet de officiële tekst."
    body = {
        "metadata": metadata(norm.title, assessment, words),
        "groups": groups,
        "controls": controls,
        "back-matter": _source(norm),
    }
    return sealed("catalog", filled(body))


def _source(norm: Norm) -> Json:
    if not norm.source.strip():
        return {}
    id = uuid("source", *whose(norm))
    return {"resources": [{"uuid": id, "title": line(norm.issuer), "remarks": prose(norm.source)}]}


def _group(norm: Norm, node: Node, below: dict[str | None, list[Node]]) -> Json:
    """Return a chapter; where leaves and chapters stand side by side, the leaves get a group."""
    groups = [_group(norm, child, below) for child in below[node.ref] if not child.leaf]
    controls = [_control(norm, child, below) for child in below[node.ref] if child.leaf]
    if groups and controls:
        id = f"{token(norm.key, node.ref)}_leaves"
        groups.append({"id": id, "title": line(node.title), "controls": controls})
        controls = []
    return filled(
        {
            "id": token(norm.key, node.ref),
            "title": line(node.title),
            "props": [{"name": "label", "value": line(node.ref)}],
            "groups": groups,
            "controls": controls,
        }
    )


def _control(norm: Norm, node: Node, below: dict[str | None, list[Node]]) -> Json:
    id = control_id(norm, node.ref)
    parts = [{"id": f"{id}_smt", "name": "statement", "prose": prose(node.text or node.title)}]
    parts += [
        {
            "id": layer_id(norm, node.ref, layer),
            "name": "assessment-objective",
            "prose": _LAYERS.get(layer, layer),
        }
        for layer in node.layers
    ]
    outside = props(outside_duty="yes") if node.outside_duty else []
    children = [_control(norm, child, below) for child in below[node.ref]]
    return filled(
        {
            "id": id,
            "title": line(node.title),
            "props": [{"name": "label", "value": line(node.ref)}, *outside],
            "parts": parts,
            "controls": children,
        }
    )


def excluded(assessment: Assessment) -> list[str]:
    """Return the controls that the approved statement of applicability leaves out."""
    return [
        control_id(assessment.norm, leaf.ref)
        for leaf in assessment.leaves
        if leaf.decision and not leaf.decision.applicable and leaf.decision.approved_at
    ]


def profile(assessment: Assessment) -> Json:
    """Return what applies: the whole norm, without what an approved decision leaves out."""
    norm = assessment.norm
    source = uuid("catalog resource", *whose(norm))
    left_out = excluded(assessment)
    taken: Json = {"href": f"#{source}", "include-all": {}}
    if left_out:
        taken["exclude-controls"] = [{"with-ids": left_out}]
    words = "Verklaring van Toepasselijkheid; de redenen staan in de component-definition."
    body = {
        "metadata": metadata(f"{assessment.name}: {norm.title}", assessment, words),
        "imports": [taken],
        "merge": {"as-is": True},
        "back-matter": {"resources": [resource(source, norm.title, file_name("catalog", norm))]},
    }
    return sealed("profile", body)
