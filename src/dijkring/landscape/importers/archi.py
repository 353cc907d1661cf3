# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the native file of Archi: plain XML, or a zip of it when pictures go with it."""

from collections.abc import Iterator

from dijkring.documents.reading import package
from dijkring.documents.reading.problems import Problems, Refused

from . import trees
from .limits import MAX_BYTES, MAX_KEY, MAX_NAME, MAX_TEXT, MAX_VALUE
from .model import Element, Model, Relation, on_one_line, tidy
from .trees import Node
from .vocabulary import OLDER

NAMESPACE = "http://www.archimatetool.com/archimate"
MEMBER = "model.xml"
_RELATION = "Relationship"
_JUNCTIONS = {"or": "OrJunction", "and": "AndJunction", "": "AndJunction"}


def unzipped(content: bytes) -> bytes | None:
    """Return the model inside a zip of Archi, None for a zip of something else."""
    with package.opened(content, "ZIP") as archive:
        if MEMBER not in archive.namelist():
            return None
        with archive.open(MEMBER) as stream:
            found = stream.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise Refused(MEMBER, "Uitgepakt is dit te groot.", "Too large when unpacked.")
    return found


def _skipped(name: str, attributes: dict[str, str]) -> bool:
    return name == "folder" and attributes.get("type") == "diagrams"


def read(content: bytes, problems: Problems) -> Model:
    """Read elements and relations out of all folders but that of the views."""
    root = trees.load(content, _skipped)
    model = Model(key=root.get("id")[:MAX_KEY])
    model.name = on_one_line(root.get("name"), MAX_NAME, "name", problems, root.line)
    for node in _elements(root):
        kind = node.get("xsi:type").rpartition(":")[2][:60]
        if kind.endswith(_RELATION):
            model.relations.append(_relation(node, kind.removesuffix(_RELATION), problems))
        elif not kind.endswith(("DiagramModel", "SketchModel", "CanvasModel")):
            model.elements.append(_element(node, kind, problems))
    return model


def _elements(folder: Node) -> Iterator[Node]:
    # As deep as the reader of the tree allows.
    for node in folder.children:
        if node.name == "folder":
            yield from _elements(node)
        elif node.name == "element":
            yield node


def _element(node: Node, kind: str, problems: Problems) -> Element:
    if kind == "Junction":
        kind = _JUNCTIONS.get(node.get("type"), "AndJunction")
    name = on_one_line(node.get("name"), MAX_NAME, node.get("id"), problems, node.line)
    return Element(
        _key(node, "id", problems), OLDER.get(kind, kind), name, _text(node, problems),
        _values(node, problems), node.line,
    )  # fmt: skip


def _relation(node: Node, kind: str, problems: Problems) -> Relation:
    return Relation(
        key=_key(node, "id", problems),
        type=OLDER.get(kind, kind),
        source=_key(node, "source", problems),
        target=_key(node, "target", problems),
        name=on_one_line(node.get("name"), MAX_NAME, node.get("id"), problems, node.line),
        values=_values(node, problems),
        line=node.line,
    )


def _key(node: Node, name: str, problems: Problems) -> str:
    return on_one_line(node.get(name), MAX_KEY, name, problems, node.line)


def _text(node: Node, problems: Problems) -> str:
    found = node.first("documentation")
    return tidy(found.text, MAX_TEXT, node.get("id"), problems, node.line) if found else ""


def _values(node: Node, problems: Problems) -> dict[str, str]:
    found = {}
    for one in (*node.all("property"), *node.all("properties")):
        name = on_one_line(one.get("key"), MAX_NAME, "key", problems, one.line)
        value = tidy(one.get("value"), MAX_VALUE, name, problems, one.line)
        if name and value:
            found[name] = value
    return found
