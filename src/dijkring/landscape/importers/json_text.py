# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""JSON from outside as plain values within bounds; numbers stay text."""

import json
from collections import Counter

from dijkring.documents.reading.problems import Refused

from .limits import MAX_DEPTH, MAX_SIGNS


class _Twice(Exception):
    pass


def load(text: str) -> object:
    """Read a JSON document; Refused with the line for what is broken, too large or too deep."""
    # Every value but the first follows one of these signs: counting them is cheap, parsing not.
    if sum(text.count(sign) for sign in "[{,:") > MAX_SIGNS:
        raise Refused("JSON", "Te veel onderdelen.", "Too many parts.")
    try:
        root: object = json.loads(
            text, object_pairs_hook=_branch, parse_int=str, parse_float=str, parse_constant=str
        )
    except _Twice as error:
        key = str(error)[:80]
        raise Refused(key, "Deze sleutel staat er twee keer.", "Duplicate key.") from error
    except json.JSONDecodeError as error:
        raise Refused(
            "JSON", f"Kapotte JSON: {error.msg}.", f"Broken JSON: {error.msg}.", error.lineno
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    _check_depth(root)
    return root


def _branch(pairs: list[tuple[str, object]]) -> dict[str, object]:
    branch = dict(pairs)
    if len(branch) < len(pairs):
        raise _Twice(Counter(key for key, _value in pairs).most_common(1)[0][0])
    return branch


def _check_depth(root: object) -> None:
    level = [root]
    for _depth in range(MAX_DEPTH):
        level = [child for node in level for child in _inside(node)]
        if not level:
            return
    raise _too_deep()


def _inside(node: object) -> list[object]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _too_deep() -> Refused:
    return Refused("JSON", "Te diep genest.", "Nested too deeply.")


def is_json(content: bytes) -> bool:
    """Tell whether content begins as JSON does."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def branches(value: object) -> list[dict[str, object]]:
    """Return the mappings in a list, nothing for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def branch(value: object) -> dict[str, object]:
    """Return a mapping, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text, empty for anything else."""
    return value if isinstance(value, str) else ""
