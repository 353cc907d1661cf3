# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moments and reasons of a cascade in words."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from dijkring.landscape.cascade import Link
from dijkring.landscape.models import Asset
from dijkring.landscape.selectors.graph import Landscape, Node
from dijkring.landscape.words import hours_words

KINDS = dict(Asset.Kind.choices)


def seconds_words(seconds: int | None) -> str:
    """Say how long after the beginning something is; nothing for unknown."""
    if seconds is None:
        return ""
    return hours_words(Decimal(seconds) / 3600) if seconds else _("at once")


def length_words(seconds: int) -> str:
    """Say a length of time."""
    return hours_words(Decimal(seconds) / 3600)


def kind_words(node: Node) -> str:
    """Say what an asset is, and within whom what lies below it lies."""
    words = str(KINDS[node.kind])
    within = _("within %(provider)s") % {"provider": node.within} if node.within else ""
    return f"{words}, {within}" if within else words


def chain_words(nodes: Sequence[Node]) -> str:
    """Say a chain, the cause first."""
    return " → ".join(node.name for node in nodes)


def path_words(landscape: Landscape, path: Sequence[Link]) -> str:
    """Say by what something happens, the cause first and itself left out."""
    if len(path) == 1:
        return _("it fails itself")
    found = [landscape.nodes[step.asset].name + _lost(step) for step in path[:-1]]
    return " → ".join(found) + _lost(path[-1])


def _lost(step: Link) -> str:
    """Say that a group lost one too many here; nothing otherwise."""
    if step.how != "group":
        return ""
    return " " + _("(%(lost)d of %(size)d gone)") % {"lost": step.rank, "size": step.size}
