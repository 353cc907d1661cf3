# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where an organisation stands, with the evidence, as OSCAL assessment results.

OSCAL knows two states of a target, satisfied and not satisfied. Only 'met' becomes satisfied; what
is not known, or does not apply, is not satisfied with the reason 'other'. The verdict itself stands
beside it as a property of our namespace, so that nothing is lost and silence never counts as good.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from .assessed import Accepted, Assessment, Given, Leaf, Seen
from .components import component, decided
from .norms import excluded, file_name
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

STATUS = {
    "met": ("satisfied", "pass"),
    "not_met": ("not-satisfied", "fail"),
    "partly": ("not-satisfied", "fail"),
    "show_again": ("not-satisfied", "other"),
    "not_measured": ("not-satisfied", "other"),
    "not_assessed": ("not-satisfied", "other"),
    "not_applicable": ("not-satisfied", "other"),
}


def assessment_results(assessment: Assessment) -> Json:
    """Return the standings as findings, resting on facts and judgements as observations."""
    norm = assessment.norm
    plan = uuid("plan resource", assessment.slug, *whose(norm))
    words = (
        "Standen per maatregel en per laag (opzet, bestaan, werking). De eigenschap 'verdict' geeft"
        " het oordeel; 'not-satisfied' met reden 'other' betekent: niet bekend, of niet van"
        " toepassing."
    )
    body = {
        "metadata": metadata(f"{assessment.name}: {norm.title}", assessment, words),
        "import-ap": {"href": f"#{plan}", "remarks": "Doorlopende beoordeling, zonder los plan."},
        "results": [_result(assessment)],
        "back-matter": {"resources": [_plan(plan, assessment), *_documents(assessment)]},
    }
    return sealed("assessment-results", body)


def _plan(id: str, assessment: Assessment) -> Json:
    norm = assessment.norm
    href = file_name("component-definition", norm)
    return resource(id, norm.title, href, "De maatregelen waarover de regels en oordelen gaan.")


def _documents(assessment: Assessment) -> list[Json]:
    found = {
        document.sha256: document for one in assessment.judgements for document in one.documents
    }
    return [
        {
            "uuid": uuid("document", assessment.slug, one.sha256),
            "title": line(one.name),
            "rlinks": [
                {
                    "href": f"uploads/{one.sha256}",
                    "media-type": line(one.media_type),
                    "hashes": [{"algorithm": "SHA-256", "value": one.sha256}],
                }
            ],
        }
        for one in found.values()
    ]


def _result(assessment: Assessment) -> Json:
    facts = {fact.id: _observed(assessment, fact) for fact in assessment.facts}
    said = {given.id: _examined(assessment, given) for given in assessment.judgements}
    rests = _rests_on(assessment, facts, said)
    risks = [_risk(assessment, one) for one in assessment.deviations]
    return filled(
        {
            "uuid": uuid("result", assessment.slug, *whose(assessment.norm)),
            "title": line(assessment.norm.title),
            "description": line(f"De stand van {assessment.name} op {moment(assessment.at)}."),
            "start": moment(_start(assessment)),
            "end": moment(assessment.at),
            "local-definitions": _local(assessment),
            "reviewed-controls": {"control-selections": [_reviewed(assessment)]},
            "observations": [*facts.values(), *said.values()],
            "risks": risks,
            "findings": [
                one for leaf in assessment.leaves for one in _findings(assessment, leaf, rests)
            ],
        }
    )  # fmt: skip


def _start(assessment: Assessment) -> datetime:
    seen = [fact.since for fact in assessment.facts]
    return min([*seen, *(given.at for given in assessment.judgements), assessment.at])


def _reviewed(assessment: Assessment) -> Json:
    left_out = [{"control-id": id} for id in excluded(assessment)]
    return filled({"include-all": {}, "exclude-controls": left_out}) | {"include-all": {}}


def _subject(assessment: Assessment, name: str) -> str:
    return uuid("subject", assessment.slug, name)


def _local(assessment: Assessment) -> Json:
    organisation = {
        "uuid": component(assessment),
        "type": "organisation",
        "title": line(assessment.name),
        "description": "De organisatie waarover de oordelen gaan.",
        "status": {"state": "operational"},
    }
    names = dict.fromkeys(fact.subject for fact in assessment.facts)
    items = [
        {
            "uuid": _subject(assessment, name),
            "description": line(name),
            "props": [prop("subject", name)],
        }
        for name in names
    ]
    return filled({"components": [organisation], "inventory-items": items})


def _observed(assessment: Assessment, fact: Seen) -> Json:
    return filled(
        {
            "uuid": uuid("fact", assessment.slug, fact.id),
            "title": line(fact.label),
            "description": prose(f"{fact.label}: {fact.subject}. {fact.reason}"),
            "props": [
                prop("state", fact.state, fact.reason),
                *props(kind=fact.kind, source=fact.source, since=moment(fact.since)),
            ],
            "methods": ["TEST"],
            "types": ["control-objective"],
            "subjects": [
                {"subject-uuid": _subject(assessment, fact.subject), "type": "inventory-item"}
            ],
            "collected": moment(fact.confirmed_at),
            "expires": moment(fact.expires_at),
        }
    )


def _examined(assessment: Assessment, given: Given) -> Json:
    evidence = [
        {"href": f"#{uuid('document', assessment.slug, one.sha256)}", "description": line(one.name)}
        for one in given.documents
    ]
    return filled(
        {
            "uuid": uuid("judgement", assessment.slug, given.id),
            "title": line(f"{given.ref} {given.layer}"),
            "description": prose(given.reason),
            "props": [
                prop("verdict", given.verdict),
                *props(layer=given.layer, line=given.line, judged_by=given.by, scope=given.scope),
            ],
            "methods": ["EXAMINE"],
            "types": ["control-objective"],
            "origins": [{"actors": [{"type": "party", "actor-uuid": party(assessment)}]}],
            "subjects": [{"subject-uuid": component(assessment), "type": "component"}],
            "relevant-evidence": evidence,
            "collected": moment(given.at),
            "expires": moment(given.valid_until) if given.valid_until else None,
        }
    )


Rests = dict[tuple[str, str], list[Json]]


def _rests_on(assessment: Assessment, facts: dict[int, Json], said: dict[int, Json]) -> Rests:
    found: Rests = defaultdict(list)
    for fact in assessment.facts:
        for place in fact.speaks_for:
            found[place].append({"observation-uuid": facts[fact.id]["uuid"]})
    for given in assessment.judgements:
        found[given.ref, given.layer].append({"observation-uuid": said[given.id]["uuid"]})
    return found


def _findings(assessment: Assessment, leaf: Leaf, rests: Rests) -> Iterable[Json]:
    norm = assessment.norm
    id = control_id(norm, leaf.ref)
    all_of_it = [one for layer in leaf.layers for one in rests.get((leaf.ref, layer), ())]
    risks = [
        {"risk-uuid": uuid("risk", assessment.slug, one.id)}
        for one in assessment.deviations
        if one.ref == leaf.ref
    ]
    more = {
        "props": [*_dated(leaf), *decided(leaf)],
        "related-observations": _once(all_of_it),
        "related-risks": risks,
    }
    whole = _finding(assessment, leaf.ref, "", leaf.verdict, f"{id}_smt")
    yield filled({**whole, **more, "props": [*whole["props"], *more["props"]]})
    for layer, verdict in sorted(leaf.layers.items()):
        part = _finding(assessment, leaf.ref, layer, verdict, layer_id(norm, leaf.ref, layer))
        yield filled({**part, "related-observations": _once(rests.get((leaf.ref, layer), []))})


def _once(found: list[Json]) -> list[Json]:
    return list({one["observation-uuid"]: one for one in found}.values())


def _dated(leaf: Leaf) -> list[Json]:
    since = moment(leaf.since) if leaf.since else ""
    lapses = moment(leaf.lapses_at) if leaf.lapses_at else ""
    return props(since=since, lapses_at=lapses)


def _finding(assessment: Assessment, ref: str, layer: str, verdict: str, target: str) -> Json:
    state, reason = STATUS[verdict]
    status = {"state": state, "reason": reason}
    aimed: Json = {
        "type": "objective-id" if layer else "statement-id",
        "target-id": target,
        "props": [prop("verdict", verdict)],
        "status": status,
    }
    if verdict == "not_applicable":
        aimed["implementation-status"] = {"state": "not-applicable"}
    return {
        "uuid": uuid("finding", assessment.slug, *whose(assessment.norm), ref, layer),
        "title": line(f"{ref} {layer}"),
        "description": line(f"{ref} {layer}: {verdict}"),
        "props": [prop("requirement", ref), *props(layer=layer)],
        "target": aimed,
    }


def _risk(assessment: Assessment, one: Accepted) -> Json:
    about = one.ref or f"{one.kind} {one.subject}"
    return {
        "uuid": uuid("risk", assessment.slug, one.id),
        "title": line(f"Aanvaarde afwijking: {about}"),
        "description": prose(one.reason),
        "statement": prose(one.reason),
        "props": props(
            requirement=one.ref, kind=one.kind, subject=one.subject, accepted_by=one.by,
            accepted_at=moment(one.at),
        ),
        "status": "deviation-approved",
        "deadline": moment(one.ends_at),
    }  # fmt: skip
