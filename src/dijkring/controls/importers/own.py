# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own pack YAML: one framework with its requirements, mappings, rules and was-becomes list."""

import re

from dijkring.documents.reading.problems import Problems

from .fields import Fields
from .limits import MAX_ISSUER, MAX_REF, MAX_SOURCE, MAX_TITLE, MAX_VERSION
from .pack import (
    KINDS,
    LAYERS,
    MAPPING_KINDS,
    STATUSES,
    Mapping,
    Pack,
    Place,
    Requirement,
    Rule,
    Text,
    WasBecomes,
)
from .tree import Branch

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_HEAD = ("id", "version", "title", "issuer", "published", "source", "licence", "official")
_HEAD_EXTRA = ("locale", "is_law", "names_versions")
_REQUIREMENT = ("ref", "parent", "kind", "title", "text", "leaf", "status", "moved_to", "layers")
_REQUIREMENT_EXTRA = ("order", "outside_duty", "link")
_MAPPING = ("source", "target", "kind", "reason", "origin", "official")
_RULE = ("requirement", "layer", "decides", "kinds", "population", "tolerance", "repair_days")


def recognises(root: Branch) -> bool:
    """Say whether this tree is a pack of our own."""
    return "pack" in root


def read(root: Branch, problems: Problems) -> Pack:
    """Read a pack; what is wrong goes to problems, what is right into the pack."""
    top = Fields(root, "", problems)
    top.only("pack", "requirements", "mappings", "rules", "was_becomes")
    head = top.inner("pack")
    head.only(*_HEAD, *_HEAD_EXTRA)
    framework = _framework_id(head)
    locale = head.word("locale", 5) or "nl"
    return Pack(
        framework_id=framework,
        version=_required(head, "version", MAX_VERSION),
        title=_title(head, locale, framework),
        issuer=head.word("issuer", MAX_ISSUER),
        published=head.day("published"),
        source=head.word("source", MAX_SOURCE),
        licence=head.word("licence", MAX_SOURCE),
        official=head.flag("official", False),
        locale=locale,
        requirements=_requirements(top, locale),
        mappings=_mappings(top, framework, locale),
        rules=_rules(top, framework, locale),
        was_becomes=_was_becomes(top, framework, locale),
        is_law=head.flag("is_law", False),
        names_versions=_names_versions(head.inner("names_versions")),
    )


def _framework_id(head: Fields) -> str:
    value = head.ref("id")
    if not _ID.fullmatch(value):
        head.refuse(
            "id", "Een kader heeft een kort nummer van kleine letters, cijfers en streepjes.",
            "A framework id is lower-case letters, digits and dashes, at most 60.",
        )  # fmt: skip
    return value


def _required(fields: Fields, key: str, limit: int = MAX_TITLE) -> str:
    value = fields.word(key, limit)
    if not value and not fields.branch.get(key):
        fields.refuse(key, "Dit veld is leeg.", "This field is empty.")
    return value


def _title(fields: Fields, locale: str, fallback: str) -> Text:
    return fields.text("title", locale, MAX_TITLE) or {"nl": fallback, "en": fallback}


def _names_versions(fields: Fields) -> dict[str, str]:
    return {key: fields.word(key, MAX_VERSION) for key in fields.branch}


def _requirements(top: Fields, locale: str) -> tuple[Requirement, ...]:
    listed = list(top.branches("requirements"))
    parents = {branch.get("parent") for _, branch in listed if _is_word(branch.get("parent"))}
    found = (_requirement(top, *item, parents, locale) for item in listed)
    return tuple(requirement for requirement in found if requirement is not None)


def _is_word(value: object) -> bool:
    return isinstance(value, str)


def _requirement(
    top: Fields, order: int, branch: Branch, parents: set[object], locale: str
) -> Requirement | None:
    fields = Fields(branch, f"requirements[{order + 1}]", top.problems)
    ref = _required(fields, "ref", MAX_REF) and fields.ref("ref")
    if not ref:
        return None
    fields.where = ref
    fields.only(*_REQUIREMENT, *_REQUIREMENT_EXTRA)
    status = fields.choice("status", STATUSES, "active")
    leaf = fields.flag("leaf", status == "active" and ref not in parents)
    return Requirement(
        ref=ref,
        parent=fields.ref("parent") or None,
        kind=fields.choice("kind", KINDS, "control" if leaf else "group"),
        title=_title(fields, locale, ref),
        text=fields.text("text", locale),
        leaf=leaf,
        status=status,
        moved_to=fields.ref("moved_to") or None,
        layers=_layers(fields, leaf),
        order=order,
        source_line=branch.line,
        outside_duty=fields.flag("outside_duty", False),
        link=fields.word("link", MAX_SOURCE),
    )


def _layers(fields: Fields, leaf: bool) -> tuple[str, ...]:
    if fields.branch.get("layers") is None:
        return LAYERS if leaf else ()
    layers = fields.words("layers")
    if set(layers) - set(LAYERS):
        allowed = ", ".join(LAYERS)
        fields.refuse("layers", f"Kies uit: {allowed}.", f"Must be among: {allowed}.")
    return tuple(layer for layer in LAYERS if layer in layers)


def _mappings(top: Fields, framework: str, locale: str) -> tuple[Mapping, ...]:
    found = []
    for number, branch in top.branches("mappings"):
        fields = Fields(branch, f"mappings[{number + 1}]", top.problems)
        fields.only(*_MAPPING)
        ends = _end(fields, "source", framework), _end(fields, "target", framework)
        if all(ref for _, ref in ends):
            found.append(_mapping(fields, *ends, locale))
    return tuple(found)


def _end(fields: Fields, key: str, framework: str) -> Place:
    return _place(_required(fields, key, 2 * MAX_REF), framework)


def _place(words: str, framework: str) -> Place:
    """Read `bio2:5.24`; a bare ref belongs to the pack's own framework."""
    before, colon, after = words.partition(":")
    return (before.strip(), after.strip()) if colon else (framework, words)


def _mapping(fields: Fields, source: Place, target: Place, locale: str) -> Mapping:
    return Mapping(
        source=source,
        target=target,
        kind=fields.choice("kind", MAPPING_KINDS, "contributes"),
        reason=fields.text("reason", locale),
        origin=fields.word("origin", 300),
        official=fields.flag("official", False),
        source_line=fields.line,
    )


def _rules(top: Fields, framework: str, locale: str) -> tuple[Rule, ...]:
    return tuple(
        _rule(Fields(branch, f"rules[{number + 1}]", top.problems), framework, locale)
        for number, branch in top.branches("rules")
    )


def _rule(fields: Fields, framework: str, locale: str) -> Rule:
    fields.only(*_RULE, "reason")
    for key in ("kinds", "layer"):
        if not fields.branch.get(key):
            fields.refuse(key, "Dit veld is leeg.", "This field is empty.")
    return Rule(
        requirement=_end(fields, "requirement", framework),
        layer=fields.choice("layer", LAYERS, "operation"),
        decides=fields.flag("decides", False),
        kinds=fields.words("kinds", 80),
        population=_required(fields, "population", 60),
        tolerance=fields.number("tolerance") or 0,
        repair_days=fields.number("repair_days"),
        reason=fields.text("reason", locale),
        source_line=fields.line,
    )


def _was_becomes(top: Fields, framework: str, locale: str) -> tuple[WasBecomes, ...]:
    found = []
    for number, branch in top.branches("was_becomes"):
        fields = Fields(branch, f"was_becomes[{number + 1}]", top.problems)
        fields.only("was", "becomes", "note")
        becomes = tuple(_place(words, framework) for words in fields.words("becomes", 2 * MAX_REF))
        was = _end(fields, "was", framework)
        found.append(WasBecomes(was, becomes, fields.text("note", locale)))
    return tuple(found)
