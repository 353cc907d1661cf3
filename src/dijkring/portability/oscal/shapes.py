# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small shapes that all OSCAL documents share: ids, properties, dates, metadata."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from .assessed import Assessment, Norm

OSCAL_VERSION = "1.2.3"
NAMESPACE = "urn:dijkring:oscal"
_ROOT = uuid5(NAMESPACE_URL, NAMESPACE)
_STRANGE = re.compile(r"[^\w.\-]")

Json = dict[str, Any]


def uuid(*parts: object) -> str:
    """Return the same UUID (version 5, RFC 9562) for the same thing, in every export."""
    return str(uuid5(_ROOT, "\x1f".join(str(part) for part in parts)))


def whose(norm: Norm) -> tuple[str, str, str]:
    """Return what tells one version of a norm from every other."""
    return norm.owner, norm.key, norm.version


def token(*words: str) -> str:
    """Return an identifier that OSCAL takes; what it does not take becomes its code point."""
    found = "_".join(_STRANGE.sub(lambda sign: f"_{ord(sign[0]):x}_", word) for word in words)
    return found if found[:1].isalpha() or found[:1] == "_" else f"_{found}"


def control_id(norm: Norm, ref: str) -> str:
    """Return the id of a requirement as a control."""
    return token(norm.key, ref)


def layer_id(norm: Norm, ref: str, layer: str) -> str:
    """Return the id of one layer of a requirement: of design, existence or operation."""
    return f"{control_id(norm, ref)}_obj.{layer}"


def line(text: str) -> str:
    """Return a text on one line; OSCAL has no empty ones, so nothing becomes a dash."""
    return " ".join(text.split()) or "–"


def prose(text: str) -> str:
    """Return a text of more lines, never empty."""
    return text.strip() or "–"


def moment(at: datetime) -> str:
    """Return a moment in UTC, as OSCAL writes it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def prop(name: str, value: str, remarks: str = "") -> Json:
    """Return a property in our own namespace."""
    found = {"name": name, "ns": NAMESPACE, "value": line(value)}
    return {**found, "remarks": prose(remarks)} if remarks.strip() else found


def props(**values: str) -> list[Json]:
    """Return the properties that have a value; an underscore in a name becomes a dash."""
    return [prop(name.replace("_", "-"), value) for name, value in values.items() if value.strip()]


def filled(found: Json) -> Json:
    """Leave out what is empty: OSCAL knows no empty lists."""
    return {name: value for name, value in found.items() if value not in ([], {}, None, "")}


def party(assessment: Assessment) -> str:
    """Return the UUID of the organisation."""
    return uuid("organisation", assessment.slug)


def metadata(title: str, assessment: Assessment, remarks: str) -> Json:
    """Return the metadata of a document about one organisation."""
    return {
        "title": line(title),
        "last-modified": moment(assessment.at),
        "version": line(assessment.norm.version),
        "oscal-version": OSCAL_VERSION,
        "roles": [{"id": "assessed", "title": "Organisatie"}],
        "parties": [
            {"uuid": party(assessment), "type": "organization", "name": line(assessment.name)}
        ],
        "responsible-parties": [{"role-id": "assessed", "party-uuids": [party(assessment)]}],
        "remarks": remarks,
    }


def resource(id: str, title: str, href: str, remarks: str = "") -> Json:
    """Return something to which a document refers, as a resource of its back matter."""
    found = {
        "uuid": id,
        "title": line(title),
        "rlinks": [{"href": href, "media-type": "application/json"}],
    }
    return {**found, "remarks": remarks} if remarks else found


def sealed(kind: str, body: Json) -> Json:
    """Return a document whose UUID follows from its content: another content, another UUID."""
    told = {**body, "metadata": {**body["metadata"], "last-modified": ""}}
    content = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return {kind: {"uuid": uuid(kind, content), **body}}
