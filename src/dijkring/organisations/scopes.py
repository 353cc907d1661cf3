# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an outside system may do with a token; higher rooms offer the kinds of fact it may post."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: list[tuple[str, Promise]] = [
    ("organisations:read", _("read organisations")),
    ("frameworks:read", _("read frameworks")),
    ("facts:read", _("read facts")),
    ("facts:write", _("post facts")),
    ("judgements:read", _("read judgements")),
    ("standings:read", _("read standings")),
    ("actions:read", _("read actions")),
    ("domains:read", _("read domains")),
    ("landscape:read", _("read the landscape")),
    ("suppliers:read", _("read suppliers")),
    ("incidents:read", _("read incidents")),
    ("incidents:file", _("read the file of incidents, which names persons; not TLP:RED")),
    ("incidents:write", _("report incidents")),
    ("crises:read", _("read crises, which name persons; not TLP:RED")),
    ("crises:write", _("write in the log of crises")),
]
Kinds = Callable[[], list[tuple[str, str]]]
_offers: list[Kinds] = []


def offer_kinds(find: Kinds) -> None:
    """Offer kinds of fact, as (id, words); called in the `apps.py` of the room that knows them."""
    if find not in _offers:
        _offers.append(find)


def kinds_to_post() -> list[tuple[str, str]]:
    """Return every kind of fact that a token can be given, ordered by its words."""
    return sorted((kind for find in _offers for kind in find()), key=lambda kind: kind[1])
