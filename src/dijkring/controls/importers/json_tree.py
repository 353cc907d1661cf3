# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads JSON into the same tree as YAML, within the same bounds."""

import json
import re
from collections import Counter, defaultdict, deque

from dijkring.documents.reading.problems import Refused

from . import yaml_tree
from .limits import MAX_DEPTH, MAX_NODES
from .tree import Branch, walk

_ID = re.compile(r'"id"\s*:\s*"([^"\\]*)"')


class _DuplicateKey(Exception):
    pass


def load(text: str) -> object:
    """Read a JSON document into branches, lists, text, booleans and None; numbers stay text.

    Raises Refused with the line for broken JSON, duplicate keys and documents that are too large
    or nested deeper than MAX_DEPTH.
    """
    # Every node but the first follows one of these signs: counting them is cheap, parsing not.
    if sum(text.count(sign) for sign in "[{,:") > 4 * MAX_NODES:
        raise Refused("JSON", "Te veel onderdelen.", "Too many nodes.")
    root = _parse(text)
    if any(depth > MAX_DEPTH for _, depth in walk(root)):
        raise Refused("JSON", "Te diep genest.", "Nested too deeply.")
    _set_lines(root, text)
    return root


def _parse(text: str) -> object:
    try:
        root: object = json.loads(
            text, object_pairs_hook=_branch, parse_int=str, parse_float=str, parse_constant=str
        )
    except _DuplicateKey as error:
        key = str(error)[:80]
        raise Refused(
            key, "Deze sleutel staat er twee keer.", "Duplicate key.", _duplicate_line(text)
        ) from error
    except json.JSONDecodeError as error:
        raise Refused(
            f"positie {error.colno}", f"Kapotte JSON: {error.msg}.",
            f"Broken JSON: {error.msg}.", error.lineno,
        ) from error  # fmt: skip
    except RecursionError as error:
        raise Refused("JSON", "Te diep genest.", "Nested too deeply.") from error
    return root


def _branch(pairs: list[tuple[str, object]]) -> Branch:
    branch = Branch()
    branch.update(pairs)
    if len(branch) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)
        raise _DuplicateKey(twice[0][0])
    return branch


def _duplicate_line(text: str) -> int | None:
    # json does not tell where it is; JSON is (nearly) YAML, whose reader does.
    try:
        yaml_tree.load(text)
    except Refused as refused:
        return refused.remark.line
    return None


def _set_lines(root: object, text: str) -> None:
    """Give each branch with an id the line of that id, in document order."""
    lines: dict[str, deque[int]] = defaultdict(deque)
    line, last = 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", last, match.start())
        last = match.start()
        lines[match[1]].append(line)
    for node, _ in walk(root):
        known = isinstance(node, Branch) and node.get("id")
        if isinstance(node, Branch) and isinstance(known, str) and lines[known]:
            node.line = lines[known].popleft()
