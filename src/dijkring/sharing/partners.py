# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""With whom an organisation co-operates: only to them can something be handed over."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from dijkring.core import clock
from dijkring.organisations.models import Organisation, Participation
from dijkring.sharing.models import Agreement

Find = Callable[[int], Iterable[int]]
_finds: list[Find] = []


def register(find: Find) -> None:
    """Let a higher room name partners: the organisation gets asked, ids of others come back."""
    if find not in _finds:
        _finds.append(find)


def partners(organisation_id: int) -> list[Organisation]:
    """Return with whom an organisation co-operates now, by name; acts for that organisation.

    They take part in the same body, have an agreement in force, or carry something out for it.
    """
    found = _in_one_body(organisation_id) | _with_an_agreement(organisation_id)
    for find in _finds:
        found |= set(find(organisation_id))
    rows = Organisation.objects.filter(pk__in=found - {organisation_id})
    return list(rows.order_by("sort_name"))


def is_partner(organisation_id: int, other_id: int) -> bool:
    """Tell whether an organisation co-operates with another now; acts for the first."""
    return any(one.pk == other_id for one in partners(organisation_id))


def _in_one_body(organisation_id: int) -> set[int]:
    running = Participation.objects.running(clock.today()).order_by()
    joined = running.filter(participant_id=organisation_id).values_list("body_id", flat=True)
    bodies = {organisation_id, *joined}
    inside = running.filter(body_id__in=bodies).values_list("participant_id", flat=True)
    return {*bodies, *inside}


def _with_an_agreement(organisation_id: int) -> set[int]:
    rows = Agreement.objects.filter(
        Q(organisation_id=organisation_id) | Q(receiver_id=organisation_id)
    ).in_force(clock.now())
    pairs = rows.values_list("organisation_id", "receiver_id")
    return {one for pair in pairs for one in pair}
