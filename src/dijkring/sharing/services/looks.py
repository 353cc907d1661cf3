# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looking at what another shares: first the look is written down, then the rows are shown."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.sharing.models import Detail, Look, Record
from dijkring.sharing.selectors import Shared

# Which kind of record and how much detail each look asks for.
NEEDS: dict[str, tuple[str, str]] = {
    Look.What.SUMMARY: (Record.NORMS, Detail.AGGREGATE),
    Look.What.STANDINGS: (Record.NORMS, Detail.STANDING),
    Look.What.FACTS: (Record.NORMS, Detail.FACT),
    Look.What.JUDGEMENTS: (Record.JUDGEMENTS, Detail.FACT),
    Look.What.ACTIONS: (Record.ACTIONS, Detail.FACT),
    Look.What.EXPOSURE: (Record.EXPOSURE, Detail.AGGREGATE),
    Look.What.EXPOSED: (Record.EXPOSURE, Detail.FACT),
    Look.What.LANDSCAPE: (Record.LANDSCAPE, Detail.FACT),
}


class NotShared(Refused):
    """No agreement in force gives this."""


def may(shared: Shared, what: str) -> bool:
    """Tell whether what is shared reaches far enough for a look."""
    return shared.under(*NEEDS[what]) is not None


@contextmanager
def looking(*, actor: Actor, shared: Shared, what: str, about: str = "") -> Iterator[None]:
    """Look at what one other shares: inside, the shared kinds show the giver's rows only.

    The look is written before anything is read and in the same transaction, so what cannot be
    written cannot be seen. Raises NotShared when no agreement reaches this far.
    """
    with overlooking(actor=actor, all_shared=[shared], what=what, about=about):
        yield


@contextmanager
def overlooking(
    *, actor: Actor, all_shared: Iterable[Shared], what: str, about: str = ""
) -> Iterator[None]:
    """Look at the same of several others at once; each of them sees its own line in the log."""
    actor.require("sharing.look")
    given = list(all_shared)
    _log(actor, given, what, about)
    reading: dict[str, list[int]] = {}
    for shared in given:
        for kind in shared.kinds:
            reading.setdefault(kind, []).append(shared.giver.pk)
    with acting_for([actor.organisation_id], reading=reading):
        yield


def _log(actor: Actor, given: Iterable[Shared], what: str, about: str) -> None:
    givers, under = [], []
    for shared in given:
        agreement = shared.under(*NEEDS[what])
        if agreement is None:
            raise NotShared(str(shared.giver))
        givers.append(shared.giver.pk)
        under.append(agreement.pk)
    looker = [actor.organisation_id, actor.user_id, actor.name, what, about[:120], clock.now()]
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [*looker, givers, under])


# What is the same in every line goes to the database once.
_LOOK = """
INSERT INTO sharing_look
  (organisation_id, looked_by_id, name, what, about, at, giver_id, agreement_id)
SELECT %s::bigint, %s::bigint, %s::text, %s::text, %s::text, %s::timestamptz, giver, agreement
FROM unnest(%s::bigint[], %s::bigint[]) AS line(giver, agreement)
"""
