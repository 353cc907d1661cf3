# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""XML from outside as plain nodes with their lines; no document type, and so no entity."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from dijkring.documents.reading.problems import Refused

from .limits import MAX_DEPTH, MAX_NODES

_SPACE = " "
_KNOWN = {
    "http://www.w3.org/2001/XMLSchema-instance type": "xsi:type",
    "http://www.w3.org/XML/1998/namespace lang": "xml:lang",
}
Skip = Callable[[str, dict[str, str]], bool]


@dataclass(slots=True)
class Node:
    """One element: its local name, attributes, line and what is inside."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, empty when absent."""
        return self.attributes.get(name, "")

    def all(self, name: str) -> Iterator["Node"]:
        """Yield the children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Node | None":
        """Return the first child of a name."""
        return next(self.all(name), None)

    def inside(self, name: str) -> "list[Node]":
        """Return what is inside the first child of a name; nothing when there is none."""
        found = self.first(name)
        return found.children if found is not None else []


def _nothing(_name: str, _attributes: dict[str, str]) -> bool:
    return False


def root_namespace(content: bytes) -> tuple[str, str]:
    """Return (namespace, name) of the root; Refused for what is no XML or has a document type."""
    builder = _Builder(_nothing)
    builder.only_root = True
    builder.read(content)
    return builder.namespace, builder.root.name if builder.root else ""


def load(content: bytes, skip: Skip = _nothing) -> Node:
    """Read XML into nodes, leaving out the elements that `skip` names.

    Elements of another namespace than the root keep theirs in their name. Raises Refused, with
    the line, for broken XML, a document type, and what is too large or nested too deeply.
    """
    builder = _Builder(skip)
    builder.read(content)
    if builder.root is None:
        raise Refused("XML", "Er staat niets in.", "There is nothing in it.")
    return builder.root


class _Enough(Exception):
    pass


class _Builder:
    def __init__(self, skip: Skip) -> None:
        self.root: Node | None = None
        self.namespace = ""
        self.only_root = False
        self._skip = skip
        self._open: list[Node] = []
        # Pieces, because comments between them would make adding up take for ever.
        self._words: list[list[str]] = []
        self._skipping = 0
        self._count = 0
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=_SPACE)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)
        except _Enough:
            return
        except expat.ExpatError as error:
            # The position stands in the message as well; the line is told apart from it.
            words = expat.ErrorString(error.code)
            raise Refused(
                "XML", f"Kapotte XML: {words}.", f"Broken XML: {words}.", error.lineno
            ) from error
        except (LookupError, ValueError) as error:
            raise Refused(
                "XML", "Deze codering van tekens is onbekend.", "Unknown character encoding.", 1
            ) from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        self._depth += 1
        if self._count > MAX_NODES or self._depth > MAX_DEPTH:
            line = self._parser.CurrentLineNumber
            raise Refused(
                "XML", "Te groot of te diep genest.", "Too large or nested too deeply.", line
            )
        if self._skipping:
            self._skipping += 1
            return
        namespace, _space, local = tag.rpartition(_SPACE)
        if self.root is None:
            self.namespace = namespace
        name = local if namespace in ("", self.namespace) else tag
        kept = {_KNOWN.get(key, key): value for key, value in attributes.items()}
        if self.root is not None and self._skip(name, kept):
            self._skipping = 1
            return
        self._add(Node(name, kept, self._parser.CurrentLineNumber))

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._words.append([])
        if self.only_root:
            raise _Enough

    def _end(self, _tag: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
        else:
            self._open.pop().text = "".join(self._words.pop())

    def _text(self, words: str) -> None:
        if not self._skipping and self._words:
            self._words[-1].append(words)


def _doctype(*_: object) -> None:
    raise Refused(
        "XML", "De XML heeft een eigen documenttype.", "The XML declares a document type."
    )
