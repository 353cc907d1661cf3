# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A calendar as others read it (RFC 5545): one all-day event per thing with a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import icalendar

PRODUCT = "-//Dijkring//Agenda//NL"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Event:
    """One day in the calendar; the same thing keeps its `uid` for as long as it is there."""

    uid: str
    day: date
    summary: str
    description: str
    category: str
    url: str


def write(events: Sequence[Event], *, name: str, language: str, stamp: datetime) -> bytes:
    """Write a calendar; the same events give the same bytes, so that a reader can skip them.

    `stamp` (aware) is the moment that every event carries, since RFC 5545 asks for one.
    """
    calendar = icalendar.Calendar()
    for key, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
        ("x-wr-timezone", "Europe/Amsterdam"),
    ):
        calendar.add(key, value)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_component(event, language, stamp))
    return bytes(calendar.to_ical())


def _component(event: Event, language: str, stamp: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("dtstart", event.day)
    # The end is the first day that the event is not on (RFC 5545, 3.6.1).
    made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", event.summary, {"LANGUAGE": language})
    made.add("description", event.description, {"LANGUAGE": language})
    made.add("categories", [event.category])
    made.add("url", event.url)
    made.add("transp", "TRANSPARENT")
    return made
