# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold across a whole pack, whatever format it came from."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from dijkring.documents.reading.problems import Problems

from .limits import MAX_REQUIREMENTS, MAX_TREE_DEPTH
from .pack import Mapping, Pack, Place, Requirement


def check(pack: Pack, problems: Problems) -> None:
    """Refuse duplicates, loose parents, circles, and mappings or rules to nowhere.

    An end of a mapping in another framework cannot be looked up in the file: it is warned about
    here and looked up when the pack is written.
    """
    if not (pack.requirements or pack.mappings or pack.rules or pack.was_becomes):
        problems.refuse("", "Er staan geen eisen in.", "No requirements found.")
    if len(pack.requirements) > MAX_REQUIREMENTS:
        problems.refuse("", "Er staan te veel eisen in.", "Too many requirements.")
        return
    _check_duplicates(pack.requirements, problems)
    _check_tree(pack.requirements, problems)
    _check_moves(pack, problems)
    _check_mapping_ends(pack, problems)
    _check_circles(pack.mappings, problems)
    _check_rules(pack, problems)


def _check_duplicates(requirements: Iterable[Requirement], problems: Problems) -> None:
    first: dict[str, int | None] = {}
    for requirement in requirements:
        ref = requirement.ref
        if ref in first:
            at = first[ref] or "?"
            problems.refuse(
                ref, f"Dit nummer staat er al (regel {at}).", f"Duplicate id (line {at}).",
                requirement.source_line,
            )  # fmt: skip
        else:
            first[ref] = requirement.source_line


def _check_tree(requirements: tuple[Requirement, ...], problems: Problems) -> None:
    by_ref: dict[str, Requirement] = {}
    for requirement in requirements:
        by_ref.setdefault(requirement.ref, requirement)
    depth = _depths(by_ref)
    for requirement in by_ref.values():
        parent, line = requirement.parent, requirement.source_line
        if parent is not None and parent not in by_ref:
            problems.refuse(
                requirement.ref, f"De ouder {parent} bestaat niet.",
                f"Parent {parent} does not exist.", line,
            )  # fmt: skip
        elif requirement.ref not in depth:
            problems.refuse(
                requirement.ref, f"De ouder {parent} loopt in een kring of hangt zelf los.",
                f"Parent {parent} runs in a circle or hangs loose.", line,
            )  # fmt: skip
        elif depth[requirement.ref] > MAX_TREE_DEPTH:
            problems.refuse(requirement.ref, "De boom is te diep.", "Tree too deep.", line)


def _depths(by_ref: dict[str, Requirement]) -> dict[str, int]:
    """Give the depth of everything that hangs on a root; what is missing hangs on none."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for ref, requirement in by_ref.items():
        children[requirement.parent].append(ref)
    depth: dict[str, int] = {}
    level, reached = children[None], 1
    while level:
        depth.update(dict.fromkeys(level, reached))
        level, reached = [child for ref in level for child in children[ref]], reached + 1
    return depth


def _check_moves(pack: Pack, problems: Problems) -> None:
    known = {requirement.ref.casefold() for requirement in pack.requirements}
    for requirement in pack.requirements:
        target = requirement.moved_to
        if target is not None and target.casefold() not in known:
            problems.warn(
                requirement.ref, f"Verwijst naar {target}, maar dat staat niet in deze versie.",
                f"Refers to {target}, which is not in this version.", requirement.source_line,
            )  # fmt: skip


def _check_mapping_ends(pack: Pack, problems: Problems) -> None:
    known = {requirement.ref.casefold() for requirement in pack.requirements}
    elsewhere: Counter[str] = Counter()
    for mapping in pack.mappings:
        for framework, ref in (mapping.source, mapping.target):
            if framework != pack.framework_id or not known:
                elsewhere[framework] += 1
            elif ref.casefold() not in known:
                problems.refuse(
                    label(mapping), f"De koppeling wijst naar {ref}, en dat bestaat niet.",
                    f"The mapping points to {ref}, which does not exist.", mapping.source_line,
                )  # fmt: skip
    for framework, count in elsewhere.items():
        problems.warn(
            framework, f"Koppelingen met dit kader, nagekeken bij het opslaan: {count}.",
            f"Mappings with this framework, looked up when stored: {count}.",
        )  # fmt: skip


def _check_circles(mappings: tuple[Mapping, ...], problems: Problems) -> None:
    carrying = [mapping for mapping in mappings if mapping.kind == "carries"]
    rings = circular([(mapping.source, mapping.target) for mapping in carrying])
    for mapping in carrying:
        if mapping.source in rings and mapping.target in rings:
            problems.refuse(
                label(mapping), "Deze koppeling loopt in een kring.",
                "This mapping runs in a circle.", mapping.source_line,
            )  # fmt: skip


def circular(edges: list[tuple[Place, Place]]) -> set[Place]:
    """Give the places on a circle (or between two circles): all that trimming the tips leaves."""
    backwards = [(target, source) for source, target in edges]
    return _untrimmed(edges) & _untrimmed(backwards)


def _untrimmed(edges: list[tuple[Place, Place]]) -> set[Place]:
    onward: dict[Place, list[Place]] = defaultdict(list)
    arriving: Counter[Place] = Counter()
    for start, end in edges:
        onward[start].append(end)
        arriving[end] += 1
    left = set(onward) | set(arriving)
    tips = [end for end in left if not arriving[end]]
    while tips:
        tip = tips.pop()
        left.discard(tip)
        for end in onward[tip]:
            arriving[end] -= 1
            if not arriving[end]:
                tips.append(end)
    return left


def _check_rules(pack: Pack, problems: Problems) -> None:
    known = {requirement.ref.casefold() for requirement in pack.requirements}
    for rule in pack.rules:
        framework, ref = rule.requirement
        if known and framework == pack.framework_id and ref.casefold() not in known:
            problems.refuse(
                ref, "Deze regel hoort bij een eis die niet bestaat.",
                "This rule belongs to a requirement that does not exist.", rule.source_line,
            )  # fmt: skip


def label(mapping: Mapping) -> str:
    """Give a mapping in words, as `bio2:5.24 -> cbw:21.3.b`."""
    return f"{':'.join(mapping.source)} -> {':'.join(mapping.target)}"
