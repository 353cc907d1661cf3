# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape as somebody sees it: ours, and below it what an agreement shows of a provider."""

from dijkring.core.access import Actor
from dijkring.landscape.selectors import below
from dijkring.landscape.selectors.graph import Landscape, landscape
from dijkring.sharing import selectors as sharing
from dijkring.sharing.models import Look
from dijkring.sharing.selectors import Shared
from dijkring.sharing.services import looks

LOOK = "sharing.look"


def givers(actor: Actor, provider_id: int | None = None) -> list[Shared]:
    """Return who shows us what lies below the services that we take, of them or of one of them."""
    if not actor.can(LOOK):
        return []
    given = sharing.received(actor.organisation_id)
    wide = [one for one in given if looks.may(one, Look.What.LANDSCAPE)]
    ours = below.providers(actor.organisation_id) if wide else set()
    ours = ours if provider_id is None else ours & {provider_id}
    return [one for one in wide if one.giver.pk in ours]


def seen(actor: Actor, about: str) -> Landscape:
    """Read our landscape with what agreements show below it; each giver sees that we looked."""
    given = givers(actor)
    if not given:
        return landscape(actor.organisation_id)
    what = Look.What.LANDSCAPE
    with looks.overlooking(actor=actor, all_shared=given, what=what, about=about):
        return landscape(actor.organisation_id, below.below(actor.organisation_id))
