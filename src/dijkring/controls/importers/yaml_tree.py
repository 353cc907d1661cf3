# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads YAML from its events, so that no bomb is unfolded before it is measured."""

from dataclasses import dataclass

import yaml

from dijkring.documents.reading.problems import Refused

from .limits import MAX_ALIASES, MAX_DEPTH, MAX_NODES
from .tree import Branch

_NULLS = {"", "~", "null", "Null", "NULL"}
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = {"!", *(_CORE + kind for kind in ("str", "int", "float", "bool", "null"))}
_PLAIN_TAGS |= {_CORE + "map", _CORE + "seq", _CORE + "timestamp"}


@dataclass(slots=True)
class _Frame:
    """A collection that is still open; `size` counts its nodes with aliases unfolded."""

    holder: Branch | list[object]
    anchor: str | None
    size: int = 1
    key: str | None = None


def load(text: str) -> object:
    """Read one YAML document into branches, lists, text and None.

    Raises Refused with the line for broken YAML, duplicate or merge keys, foreign tags, a second
    document, more than MAX_ALIASES aliases, MAX_NODES unfolded nodes or MAX_DEPTH levels.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        raise _broken(error) from error
    return builder.root


def _broken(error: yaml.YAMLError) -> Refused:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "unreadable character"
    line = mark.line + 1 if mark else None
    return Refused("YAML", f"Kapotte YAML: {problem}.", f"Broken YAML: {problem}.", line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Builder:
    def __init__(self) -> None:
        self.root: object = None
        self._open: list[_Frame] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self._aliases = self._nodes = self._documents = 0

    def take(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self._next_document(line)
        elif isinstance(event, yaml.AliasEvent):
            self._place(*self._alias(event, line), line)
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end(line)

    def _next_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Refused(
                "YAML", "Er staat meer dan één document in.", "More than one document.", line
            )

    def _alias(self, event: yaml.AliasEvent, line: int) -> tuple[object, int]:
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise Refused(
                "YAML", f"Meer dan {MAX_ALIASES} verwijzingen (aliassen).",
                f"More than {MAX_ALIASES} aliases.", line,
            )  # fmt: skip
        if event.anchor not in self._anchors:
            raise Refused(
                f"*{event.anchor}"[:80], "De verwijzing wijst nergens heen of naar zichzelf.",
                "The alias points nowhere or to itself.", line,
            )  # fmt: skip
        return self._anchors[event.anchor]

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        _check_tag(event.tag, line)
        value = None if not event.style and event.value in _NULLS else event.value
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._place(value, 1, line)

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        _check_tag(event.tag, line)
        if len(self._open) >= MAX_DEPTH:
            raise Refused("YAML", "Te diep genest.", "Nested too deeply.", line)
        mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Frame(Branch(line) if mapping else [], event.anchor))

    def _end(self, line: int) -> None:
        frame = self._open.pop()
        # An anchor counts only once its node is complete: a node cannot hold itself.
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.holder, frame.size)
        self._place(frame.holder, frame.size, line)

    def _place(self, node: object, size: int, line: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES or size > MAX_NODES:
            raise Refused("YAML", "Te veel onderdelen.", "Too many nodes.", line)
        if not self._open:
            self.root = node
            return
        frame = self._open[-1]
        frame.size += size
        if frame.size > MAX_NODES:
            raise Refused("YAML", "Te veel onderdelen.", "Too many nodes.", line)
        if isinstance(frame.holder, list):
            frame.holder.append(node)
        elif frame.key is None:
            frame.key = _new_key(frame.holder, node, line)
        else:
            frame.holder[frame.key] = node
            frame.key = None


def _new_key(holder: Branch, node: object, line: int) -> str:
    if not isinstance(node, str) or node == "<<":
        raise Refused("YAML", "Een sleutel is geen tekst.", "A key is not plain text.", line)
    if node in holder.lines:
        raise Refused(node[:80], "Deze sleutel staat er twee keer.", "Duplicate key.", line)
    holder.lines[node] = line
    return node


def _check_tag(tag: str | None, line: int) -> None:
    if tag is not None and tag not in _PLAIN_TAGS:
        raise Refused(tag[:80], "Dit YAML-type is niet toegestaan.", "YAML tag not allowed.", line)
