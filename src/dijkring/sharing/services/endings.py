# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens at the end of an agreement: rooms end what was inherited under it."""

from collections.abc import Callable

from django.db import connection

from dijkring.core import clock
from dijkring.core.access import system_actor
from dijkring.core.tenancy import transaction_for
from dijkring.sharing.models import Agreement, Ending

AT_ONCE = 500
Function = Callable[..., None]
_functions: list[Function] = []


def on_end(function: Function) -> Function:
    """Let a function end inherited copies; it acts for the receiver, once per agreement.

    It gets `agreement_id`, `giver_id` and `receiver_id`. Reading must not wait for it: what asks
    for an agreement asks for one that is in force by the clock.
    """
    if function not in _functions:
        _functions.append(function)
    return function


def carry_out(*, agreement_id: int, receiver_id: int) -> bool:
    """End the copies under an agreement that is over; False when that was done before."""
    with transaction_for([receiver_id], system_actor(receiver_id)):
        found = Agreement.objects.filter(pk=agreement_id, receiver_id=receiver_id).first()
        if found is None:
            return False
        _ending, new = Ending.objects.get_or_create(
            agreement_id=agreement_id,
            defaults={"organisation_id": receiver_id, "at": clock.now()},
        )
        for function in _functions if new else ():
            function(
                agreement_id=agreement_id,
                giver_id=found.organisation_id,
                receiver_id=receiver_id,
            )
    return new


def over() -> list[tuple[int, int]]:
    """Return (agreement, receiver) of what is over by the clock and has not been carried out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT agreement_id, receiver_id FROM door_agreements_over(%s, %s)",
            [clock.now(), AT_ONCE],
        )
        return cursor.fetchall()  # type: ignore[no-any-return]
