# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""CISO Assistant library YAML: a framework with requirement nodes, and mapping sets."""

import re
from collections.abc import Iterator

from dijkring.documents.reading.problems import Problems

from .fields import Fields
from .limits import MAX_ISSUER, MAX_REF, MAX_SOURCE, MAX_TEXT, MAX_TITLE, MAX_VERSION
from .pack import LAYERS, Mapping, Pack, Requirement, Text
from .tree import Branch
from .words import shortened, slug

_NAMED_VERSION = re.compile(r"(?:\bv|\bversion |\bversie )(\d+(?:\.\d+)+)", re.IGNORECASE)
_KINDS = {
    "equal": "carries",
    "superset": "carries",
    "subset": "contributes",
    "intersect": "contributes",
}
_MEANING: dict[str, Text] = {
    "equal": {"nl": "Vraagt hetzelfde.", "en": "Asks the same."},
    "superset": {"nl": "Vraagt dit en meer.", "en": "Asks this and more."},
    "subset": {"nl": "Vraagt een deel hiervan.", "en": "Asks a part of this."},
    "intersect": {"nl": "Overlapt voor een deel.", "en": "Overlaps in part."},
}


def recognises(root: Branch) -> bool:
    """Say whether this tree is a CISO Assistant library."""
    return isinstance(root.get("objects"), Branch) and "urn" in root


def read(root: Branch, problems: Problems) -> Pack:
    """Read the framework and the mapping sets of a library.

    Tree after parent_urn; assessable nodes are leaves; implementation groups are not read. The
    version is the one that the name or description gives to the standard itself ('v1.2'),
    because a library's own number counts editions of the library; that number is the fallback.
    """
    library = Fields(root, "", problems)
    objects = library.inner("objects")
    head = objects.inner("framework")
    sets = list(_mapping_sets(objects))
    if not head.branch:
        head = next(iter(sets), head)
    locale = library.word("locale", 5) or "en"
    framework = _tail(head.word("urn")) or slug(library.word("ref_id"))
    if not framework:
        library.refuse("urn", "Het kader heeft geen nummer.", "The framework has no id.")
    nodes = _nodes(head)
    refs = _refs(nodes)
    return Pack(
        framework_id=framework,
        version=_version(library, head),
        title=_translated(head, "name", locale) or {locale: framework},
        issuer=library.word("provider", MAX_ISSUER),
        published=library.day("publication_date"),
        source=library.word("urn", MAX_SOURCE),
        licence=shortened(library.word("copyright", MAX_TEXT), MAX_SOURCE),
        official=False,
        locale=locale,
        requirements=_requirements(nodes, refs, locale),
        mappings=tuple(mapping for one in sets for mapping in _mappings(one, refs, library)),
    )


def _tail(urn: str) -> str:
    return slug(urn.rpartition(":")[2])


def _version(library: Fields, head: Fields) -> str:
    edition = library.word("version", MAX_VERSION)
    for words in (head.word("name", MAX_TITLE), head.word("description", MAX_TEXT)):
        if match := _NAMED_VERSION.search(words):
            return match[1][:MAX_VERSION]
    if not edition:
        library.refuse("version", "De versie ontbreekt.", "The version is missing.")
    return edition


def _translated(fields: Fields, key: str, locale: str, limit: int = MAX_TITLE) -> Text:
    words = {locale: fields.word(key, limit)}
    translations = fields.inner("translations")
    for language in translations.branch:
        words.setdefault(language[:5], translations.inner(language).word(key, limit))
    return {language: word for language, word in words.items() if word}


def _nodes(head: Fields) -> list[Fields]:
    return [
        Fields(branch, f"requirement_nodes[{number + 1}]", head.problems)
        for number, branch in head.branches("requirement_nodes")
    ]


def _requirements(
    nodes: list[Fields], refs: dict[str, str], locale: str
) -> tuple[Requirement, ...]:
    found = (_requirement(node, order, refs, locale) for order, node in enumerate(nodes))
    return tuple(requirement for requirement in found if requirement is not None)


def _refs(nodes: list[Fields]) -> dict[str, str]:
    """Give each urn its ref: the ref_id, else the urn after the framework's name."""
    refs: dict[str, str] = {}
    for node in nodes:
        urn = node.word("urn", 500)
        if not urn:
            node.refuse("urn", "De urn ontbreekt.", "The urn is missing.")
        elif urn not in refs:
            refs[urn] = node.ref("ref_id") or urn_ref(urn)
    return refs


def urn_ref(urn: str) -> str:
    """Give what follows the framework's name in `urn:packager:risk:req_node:framework:rest`."""
    parts = urn.split(":", 5)
    return (parts[5] if len(parts) == 6 else parts[-1])[:MAX_REF]


def _requirement(node: Fields, order: int, refs: dict[str, str], locale: str) -> Requirement | None:
    ref = refs.get(node.word("urn", 500))
    if not ref:
        return None
    node.where = ref
    parent = node.word("parent_urn", 500)
    leaf = node.flag("assessable", False)
    return Requirement(
        ref=ref,
        parent=refs.get(parent, parent) or None,
        kind="control" if leaf else "group",
        title=_translated(node, "name", locale) or {"nl": ref, "en": ref},
        text=_node_text(node, locale),
        leaf=leaf,
        status="active",
        moved_to=None,
        layers=LAYERS if leaf else (),
        order=order,
        source_line=node.line,
    )


def _node_text(node: Fields, locale: str) -> Text:
    text = _translated(node, "description", locale, MAX_TEXT)
    notes = _translated(node, "annotation", locale, MAX_TEXT)
    languages = [*text, *(language for language in notes if language not in text)]
    return {
        language: "\n\n".join(filter(None, [text.get(language), notes.get(language)]))
        for language in languages
    }


def _mapping_sets(objects: Fields) -> Iterator[Fields]:
    for key in ("requirement_mapping_set", "requirement_mapping_sets"):
        if isinstance(objects.branch.get(key), Branch):
            yield objects.inner(key)
        elif objects.branch.get(key) is not None:
            for number, branch in objects.branches(key):
                yield Fields(branch, f"{key}[{number + 1}]", objects.problems)


def _mappings(one: Fields, refs: dict[str, str], library: Fields) -> Iterator[Mapping]:
    """Yield the mappings of a set.

    When the source asks the same or more (equal, superset), meeting it means meeting the
    target, so it carries. When it asks less or only overlaps (subset, intersect), a part of the
    target stays unproved, so it contributes. 'not_related' says that there is no mapping.
    """
    origin = library.word("urn", 300)
    for number, branch in one.branches("requirement_mappings"):
        place = f"{one.where} requirement_mappings[{number + 1}]"
        fields = Fields(branch, place, one.problems)
        relationship = fields.choice("relationship", (*_KINDS, "not_related"), "intersect")
        source, target = (_end(one, fields, side, refs) for side in ("source", "target"))
        if relationship in _KINDS and source[1] and target[1]:
            reason = _reason(fields, relationship, library)
            kind = _KINDS[relationship]
            yield Mapping(source, target, kind, reason, origin, False, fields.line)


def _end(one: Fields, fields: Fields, side: str, refs: dict[str, str]) -> tuple[str, str]:
    urn = fields.word(f"{side}_requirement_urn", 500)
    if not urn:
        fields.refuse(side, "De koppeling wijst nergens heen.", "The mapping points nowhere.")
    framework = _tail(one.word(f"{side}_framework_urn")) or slug(":".join(urn.split(":")[4:5]))
    return framework, refs.get(urn) or urn_ref(urn)


def _reason(fields: Fields, relationship: str, library: Fields) -> Text:
    given = fields.word("rationale", MAX_TEXT)
    # CISO Assistant also uses this field for its word list (syntactic, semantic, functional).
    if given and given not in ("syntactic", "semantic", "functional"):
        return {library.word("locale", 5) or "en": given}
    return dict(_MEANING[relationship])
