# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes into the documents: one organisation, one norm, one moment."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Node:
    """One requirement of a norm, in our own words."""

    ref: str
    parent: str | None
    title: str
    text: str
    leaf: bool
    layers: tuple[str, ...]
    outside_duty: bool


@dataclass(frozen=True, slots=True)
class Norm:
    """One version of a norm; `owner` is the slug of the organisation that brought it in itself."""

    key: str
    version: str
    title: str
    issuer: str
    source: str
    owner: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the statement of applicability says of a leaf."""

    applicable: bool
    reason: str
    owner: str
    decided_by: str
    approved_by: str
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a leaf stands, per layer and over all."""

    ref: str
    verdict: str
    layers: dict[str, str]
    since: datetime | None
    lapses_at: datetime | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document on which a judgement rests: its name and its hash, not its content."""

    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Given:
    """A judgement of a person."""

    id: int
    ref: str
    scope: str
    layer: str
    line: str
    verdict: str
    reason: str
    by: str
    at: datetime
    valid_until: datetime | None
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact: one observation, and for which layers of which leaves it speaks."""

    id: int
    kind: str
    label: str
    subject: str
    source: str
    state: str
    reason: str
    since: datetime
    confirmed_at: datetime
    expires_at: datetime
    speaks_for: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted deviation of a leaf, or of a fact (kind and subject)."""

    id: int
    ref: str
    kind: str
    subject: str
    reason: str
    by: str
    at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything about one organisation and one norm at one moment."""

    slug: str
    name: str
    at: datetime
    norm: Norm
    leaves: tuple[Leaf, ...]
    judgements: tuple[Given, ...]
    facts: tuple[Seen, ...]
    deviations: tuple[Accepted, ...]
