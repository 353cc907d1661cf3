# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the Model Exchange format of ArchiMate 3 (The Open Group, C19C)."""

from dijkring.documents.reading.problems import Problems, Refused

from . import trees
from .limits import MAX_KEY, MAX_NAME, MAX_TEXT, MAX_VALUE
from .model import Element, Model, Relation, on_one_line, tidy
from .trees import Node
from .vocabulary import OLDER

NAMESPACE = "http://www.opengroup.org/xsd/archimate/3.0/"
FAMILY = "http://www.opengroup.org/xsd/archimate"
_NOT_READ = {"views", "organizations", "metadata"}
_LANGUAGES = ("nl", "en", "")


def read(content: bytes, problems: Problems) -> Model:
    """Read the elements, relations and properties; views and folders are not read.

    A text in several languages is taken in Dutch, else English, else the first. Raises Refused
    for ArchiMate 2.
    """
    root = trees.load(content, lambda name, _attributes: name in _NOT_READ)
    if root.name != "model":
        raise Refused("XML", "Dit is geen ArchiMate-model.", "This is no ArchiMate model.")
    reader = _Reader(root, problems)
    return Model(
        key=root.get("identifier")[:MAX_KEY],
        name=reader.words(root, "name", MAX_NAME),
        elements=[reader.element(node) for node in root.inside("elements")],
        relations=[reader.relation(node) for node in root.inside("relationships")],
    )


def check_version(namespace: str) -> None:
    """Raise Refused for another version of the format than 3."""
    if namespace != NAMESPACE:
        raise Refused(
            "XML", "Dit is een oudere versie van ArchiMate. Sla het model op in versie 3.",
            "This is an older version of ArchiMate. Save the model in version 3.",
        )  # fmt: skip


class _Reader:
    def __init__(self, root: Node, problems: Problems) -> None:
        self._problems = problems
        self._properties = {
            node.get("identifier"): self.words(node, "name", MAX_NAME)
            for node in root.inside("propertyDefinitions")
        }

    def words(self, node: Node, name: str, limit: int, lines: bool = False) -> str:
        """Return a text in the language that fits best."""
        found = {child.get("xml:lang")[:2]: child.text for child in reversed(node.children)
                 if child.name == name}  # fmt: skip
        first = next((one for one in _LANGUAGES if one in found), next(reversed(found), ""))
        tidied = tidy if lines else on_one_line
        return tidied(found.get(first, ""), limit, node.get("identifier"), self._problems,
                      node.line)  # fmt: skip

    def element(self, node: Node) -> Element:
        """Return one element."""
        return Element(
            key=self._key(node, "identifier"),
            type=type_of(node.get("xsi:type")),
            name=self.words(node, "name", MAX_NAME),
            text=self.words(node, "documentation", MAX_TEXT, lines=True),
            values=self._values(node),
            line=node.line,
        )

    def relation(self, node: Node) -> Relation:
        """Return one relation."""
        return Relation(
            key=self._key(node, "identifier"),
            type=type_of(node.get("xsi:type")),
            source=self._key(node, "source"),
            target=self._key(node, "target"),
            name=self.words(node, "name", MAX_NAME),
            values=self._values(node),
            line=node.line,
        )

    def _key(self, node: Node, name: str) -> str:
        return on_one_line(node.get(name), MAX_KEY, name, self._problems, node.line)

    def _values(self, node: Node) -> dict[str, str]:
        found = {}
        for one in node.inside("properties"):
            name = self._properties.get(one.get("propertyDefinitionRef"), "")
            value = self.words(one, "value", MAX_VALUE, lines=True)
            if name and value:
                found[name] = value
        return found


def type_of(words: str) -> str:
    """Return a type as ArchiMate 3 names it, without the prefix of its namespace."""
    name = words.rpartition(":")[2][:60]
    return OLDER.get(name, name)
