# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Events: a lower room tells, a higher room reacts; delivered as a job of the transaction."""

from collections.abc import Callable

from procrastinate.contrib.django import app

from dijkring.core.tenancy import transaction_for

Handler = Callable[..., None]
_handlers: dict[str, list[Handler]] = {}


def subscribe(event: str, handler: Handler) -> None:
    """Let a function react to an event; it gets `organisation_id` and the ids of the event."""
    handlers = _handlers.setdefault(event, [])
    if handler not in handlers:
        handlers.append(handler)


def publish(event: str, *, organisation_id: int, **ids: int) -> None:
    """Tell that something happened; a rollback takes the event back."""
    for place, _handler in enumerate(_handlers.get(event, [])):
        deliver.defer(event=event, place=place, organisation_id=organisation_id, ids=ids)


@app.task(name="core.deliver")
def deliver(*, event: str, place: int, organisation_id: int, ids: dict[str, int]) -> None:
    """Hand one event to one subscriber, acting for the organisation it is about."""
    with transaction_for([organisation_id]):
        _handlers[event][place](organisation_id=organisation_id, **ids)
