# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a landscape as an ArchiMate 3 model in the Model Exchange format (The Open Group, C19C).

The relations are ones that ArchiMate allows between such elements, and mean the same to a reader
that does not know our properties; the properties carry the rest.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from dijkring.documents.reading.columns import Field
from dijkring.documents.text import clean
from dijkring.landscape.importers import values
from dijkring.landscape.importers.exchange import NAMESPACE
from dijkring.landscape.importers.fields import ASSET_VALUES, DEPENDENCY_VALUES
from dijkring.landscape.importers.found import DEGRADED, GROUP, Asset, Dependency

CONTENT_TYPE = "application/xml"
_SCHEMA = "http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,199}")
_TYPES = {
    "task": "BusinessFunction",
    "service": "BusinessService",
    "process": "BusinessProcess",
    "system": "ApplicationComponent",
    "data": "DataObject",
    "platform": "Node",
    "network": "CommunicationNetwork",
    "location": "Location",
    "ot": "Equipment",
    "supplied": "TechnologyService",
    "role": "BusinessRole",
}


def identifier(key: str) -> str:
    """Return the identifier under which a key is written, always the same for the same key.

    An identifier of XML may not begin with a digit nor hold spaces; a key that may not be one is
    written with `id-` before it, as Archi does, and else as a digest.
    """
    for candidate in (key, f"id-{key}"):
        if _NAME.fullmatch(candidate):
            return candidate
    return f"id-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def write(
    name: str, key: str, assets: Sequence[Asset], dependencies: Sequence[Dependency]
) -> bytes:
    """Write the model; an asset keeps the kind of element that it had in the file it came from."""
    kinds = {one.key: one.kind for one in assets}
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<model xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{NAMESPACE} {_SCHEMA}" identifier={quoteattr(identifier(key))}>',
        _text("name", name),
        *_wrapped("elements", [_element(one) for one in assets]),
        *_wrapped("relationships", [_relation(one, kinds) for one in dependencies]),
        *_wrapped("propertyDefinitions", list(_definitions())),
        "</model>",
    ]
    return "\n".join(parts).encode()


def _wrapped(name: str, inside: list[str]) -> list[str]:
    # An empty list is not allowed by the schema.
    return [f"<{name}>", *inside, f"</{name}>"] if inside else []


def _text(name: str, text: str) -> str:
    return f'<{name} xml:lang="nl">{escape(clean(text))}</{name}>'


def _element(one: Asset) -> str:
    parts = [
        f'<element identifier={quoteattr(identifier(one.key))} xsi:type="{_TYPES[one.kind]}">',
        _text("name", one.name),
        _text("documentation", one.text) if one.text else "",
        _properties(ASSET_VALUES, {**one.values, "kind": one.kind}, "a"),
        "</element>",
    ]
    return "".join(parts)


def _relation(one: Dependency, kinds: Mapping[str, str]) -> str:
    type_, turned = _relation_type(one, kinds)
    ends = (one.dependent, one.provider) if turned else (one.provider, one.dependent)
    source, target = (quoteattr(identifier(end)) for end in ends)
    said = {**one.values, "how": one.how}
    if one.how == GROUP:
        said |= {"group": one.group, "least": one.least}
    return (
        f"<relationship identifier={quoteattr(identifier(one.key))} source={source} "
        f'target={target} xsi:type="{type_}">{_properties(DEPENDENCY_VALUES, said, "d")}'
        "</relationship>"
    )


def _relation_type(one: Dependency, kinds: Mapping[str, str]) -> tuple[str, bool]:
    """Return the type, and whether it runs from who needs to what is needed."""
    dependent, provider = kinds[one.dependent], kinds[one.provider]
    if provider == "location":
        return "Aggregation", False
    # Data is acted upon and acts on nothing; a place serves nobody.
    if dependent in ("data", "location"):
        return "Association", False
    if provider == "data":
        return "Access", True
    return ("Flow" if one.how == DEGRADED else "Serving"), False


def _properties(fields: Sequence[Field], said: Mapping[str, Any], prefix: str) -> str:
    found = [
        f'<property propertyDefinitionRef="{_definition(prefix, one)}">{_text("value", text)}'
        "</property>"
        for one in fields
        if (text := values.write(one, said.get(one.name)))
    ]
    return f"<properties>{''.join(found)}</properties>" if found else ""


def _definition(prefix: str, field: Field) -> str:
    return f"dijkring-{prefix}-{field.name.replace('_', '-')}"


def _definitions() -> Iterator[str]:
    for prefix, fields in (("a", ASSET_VALUES), ("d", DEPENDENCY_VALUES)):
        for one in fields:
            yield (
                f'<propertyDefinition identifier="{_definition(prefix, one)}" type="string">'
                f"{_text('name', one.label['nl'])}</propertyDefinition>"
            )
