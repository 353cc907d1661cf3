# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a landscape as GraphML, for programs that draw or compute graphs.

An edge runs from what needs to what is needed.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from dijkring.documents.reading.columns import Field
from dijkring.documents.text import clean, one_line
from dijkring.landscape.importers import values
from dijkring.landscape.importers.fields import ASSET, DEPENDENCY
from dijkring.landscape.importers.found import Asset, Dependency

CONTENT_TYPE = "application/graphml+xml"
_NUMBERS = {"hours": "double", "latitude": "double", "longitude": "double", "count": "int",
            "level": "int"}  # fmt: skip
_NODE = tuple(one for one in ASSET if one.name != "key")
_EDGE = tuple(one for one in DEPENDENCY if one.name not in ("dependent", "provider"))


def write(name: str, assets: Sequence[Asset], dependencies: Sequence[Dependency]) -> bytes:
    """Write the graph; kinds and choices by their names in the API, hours and levels as numbers."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(_key(one, "node", "a") for one in _NODE),
        *(_key(one, "edge", "d") for one in _EDGE),
        f'<graph id={quoteattr(one_line(name) or "landscape")} edgedefault="directed">',
        *(_node(one) for one in assets),
        *(_edge(one) for one in dependencies),
        "</graph>",
        "</graphml>",
    ]
    return "\n".join(parts).encode()


def _key(field: Field, of: str, prefix: str) -> str:
    kind = _NUMBERS.get(field.type, "string")
    return (
        f'<key id="{prefix}_{field.name}" for="{of}" attr.name="{field.name}" attr.type="{kind}"/>'
    )


def _node(one: Asset) -> str:
    said = {**one.values, "name": one.name, "kind": one.kind, "text": one.text}
    return f"<node id={_id(one.key)}>{_data(_NODE, said, 'a')}</node>"


def _edge(one: Dependency) -> str:
    said = {**one.values, "how": one.how, "group": one.group, "least": one.least or None}
    ends = f"source={_id(one.dependent)} target={_id(one.provider)}"
    return f"<edge id={_id(one.key)} {ends}>{_data(_EDGE, said, 'd')}</edge>"


def _id(key: str) -> str:
    return quoteattr(one_line(key))


def _data(fields: Sequence[Field], said: Mapping[str, Any], prefix: str) -> str:
    found = []
    for one in fields:
        value = said.get(one.name)
        text = str(value or "") if one.type == "choice" else values.write(one, value)
        if text:
            found.append(f'<data key="{prefix}_{one.name}">{escape(clean(text))}</data>')
    return "".join(found)
