# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of one object as a timeline, for the detail page of any room."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _

from dijkring.organisations.selectors import trail
from dijkring.ui import words
from dijkring.ui.panels import Moment, Timeline


def history(instance: models.Model) -> Timeline:
    """Return who changed an audited object, when, why, and every field with was and became."""
    return timeline(trail.events(trail.key_of(type(instance)), instance.pk))


def timeline(events: list[trail.Event]) -> Timeline:
    """Return changes as a timeline; what Dijkring does by itself bears its name."""
    moments = [Moment(one.at, event_words(one), one.who or "Dijkring", one.why) for one in events]
    return Timeline(_("History"), moments)


def event_words(event: trail.Event) -> str:
    """Say one change in words: 'changed: State from open to done'."""
    if event.verb != "update":
        return trail.verb_words(event.verb)
    parts = [
        _("%(field)s from %(before)s to %(after)s")
        % {"field": c.field, "before": plain(c.before), "after": plain(c.after)}
        for c in event.changes
    ]
    return f"{trail.verb_words(event.verb)}: {'; '.join(parts)}" if parts else _("confirmed")


def plain(value: object) -> str:
    """Write a value of a field as plain words; dates on the clock of Amsterdam."""
    if isinstance(value, datetime):
        return words.moment_words(value)
    if isinstance(value, date):
        return words.date_words(value)
    return str(words.shown(value))
