# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A crisis, the levels on which it is led, and the log that everybody in it writes."""

from datetime import datetime, timedelta

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dijkring.core import tenancy
from dijkring.core.audit import audited
from dijkring.core.models import OwnModel
from dijkring.incidents.models import Incident
from dijkring.organisations.models import User

STANDS = pgtrigger.Update | pgtrigger.Delete
# So long a crisis that ended can be opened again; what comes later is another crisis.
AGAIN_DAYS = 30
AGAIN_WITHIN = timedelta(days=AGAIN_DAYS)
_ENDED_STANDS = f"""
IF OLD.ended_at IS NULL THEN RETURN NEW; END IF;
IF NEW.ended_at IS NULL AND (NEW.reopened_at IS NULL OR NEW.reopen_reason = ''
    OR NEW.reopened_at < OLD.ended_at
    OR NEW.reopened_at > OLD.ended_at + interval '{AGAIN_DAYS} days') THEN
  RAISE EXCEPTION 'a crisis is opened again with a reason and within its term';
END IF;
IF (NEW.year, NEW.number, NEW.exercise, NEW.title, NEW.summary, NEW.level, NEW.grip, NEW.opened_at)
    IS DISTINCT FROM
    (OLD.year, OLD.number, OLD.exercise, OLD.title, OLD.summary, OLD.level, OLD.grip, OLD.opened_at)
    OR (NEW.ended_at IS NOT NULL AND (NEW.ended_at, NEW.end_reason)
      IS DISTINCT FROM (OLD.ended_at, OLD.end_reason)) THEN
  RAISE EXCEPTION 'a crisis that ended stands';
END IF;
RETURN NEW;
"""


class Ladder(models.TextChoices):
    """By whose ladder a crisis is led: our own crisis organisation, or that of the region."""

    OWN = "own", _("our own crisis organisation")
    GRIP = "grip", _("GRIP, the ladder of the safety region")


@audited()
class Level(OwnModel):
    """A level as this organisation has it; it stands instead of the prepared one of that key."""

    tenancy = tenancy.own("organisation")
    ladder = models.CharField(_("ladder"), max_length=4, choices=Ladder.choices)
    key = models.SlugField(max_length=40)
    place = models.PositiveSmallIntegerField(_("place on the ladder"), default=1)
    name = models.CharField(_("name"), max_length=120)
    chair = models.CharField(_("chaired by"), max_length=200, blank=True)
    criteria = models.TextField(_("when"), max_length=4000, blank=True)
    called = models.TextField(_("who is called"), max_length=4000, blank=True)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["ladder", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "ladder", "key"], name="one_crisis_level"
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited(exclude=["version", "stand"])
class Crisis(OwnModel):
    """Something that is led as a crisis, or is exercised; numbered per organisation and year.

    Whatever is written in it first raises `version`, and so holds this row until it is written:
    that gives one order without gaps. `stand` is raised as well by all but plain lines of the log.
    """

    tenancy = tenancy.own("organisation")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    exercise = models.BooleanField(_("exercise"), default=False)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what is the matter"), max_length=4000, blank=True)
    # What is deleted with proof after its term must not be held by a crisis.
    incident = models.ForeignKey(
        Incident,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("incident"),
    )
    level = models.CharField(_("level"), max_length=120, blank=True)
    grip = models.CharField(_("GRIP"), max_length=120, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.TextField(_("why ended"), max_length=2000, blank=True)
    reopened_at = models.DateTimeField(_("opened again"), null=True)
    reopened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reopen_reason = models.TextField(_("why opened again"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=0)
    stand = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_at", "-id"]
        triggers = [
            pgtrigger.Trigger(
                name="ended_crisis_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_ENDED_STANDS,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "exercise", "year", "number"], name="one_crisis_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The number by which people call it: C-2026-01; that of an exercise begins with OEF."""
        number = f"C-{self.year}-{self.number:02}"
        return f"OEF-{number}" if self.exercise else number

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None

    @property
    def again_until(self) -> datetime | None:
        """Until when it can be opened again; None while it goes on."""
        return self.ended_at + AGAIN_WITHIN if self.ended_at else None


class LevelChange(OwnModel):
    """That a crisis went to another level, when and why; never changed."""

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="changes")
    ladder = models.CharField(max_length=4, choices=Ladder.choices)
    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="level_change_stands", operation=STANDS)]

    def __str__(self) -> str:
        return f"{self.ladder} {self.name}"


class LogLine(OwnModel):
    """One line of the log of a crisis; `serial` gives the order without gaps. Never changed."""

    class Kind(models.TextChoices):
        NOTE = "note", pgettext_lazy("crisis log", "note")
        HACK = "hack", pgettext_lazy("crisis log", "could this be a hack?")
        LEVEL = "level", pgettext_lazy("crisis log", "level")
        CALL = "call", pgettext_lazy("crisis log", "call")
        TASK = "task", pgettext_lazy("crisis log", "task")
        DECISION = "decision", pgettext_lazy("crisis log", "decision")
        SITREP = "sitrep", pgettext_lazy("crisis log", "situation report")
        MESSAGE = "message", pgettext_lazy("crisis log", "message")
        CHECK = "check", pgettext_lazy("crisis log", "checklist")

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(
        Crisis, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTE)
    at = models.DateTimeField(_("when it happened"))
    text = models.TextField(_("what happened"), max_length=4000)
    source = models.CharField(_("known from"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["serial"]
        triggers = [pgtrigger.Protect(name="log_line_stands", operation=STANDS)]
        constraints = [models.UniqueConstraint(fields=["crisis", "serial"], name="one_log_serial")]

    def __str__(self) -> str:
        return self.text[:80]


@audited()
class Task(OwnModel):
    """Something that somebody is asked to do in a crisis."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("crisis task", "open")
        DONE = "done", pgettext_lazy("crisis task", "done")
        DROPPED = "dropped", pgettext_lazy("crisis task", "not needed any more")

    tenancy = tenancy.own("organisation")
    crisis = models.ForeignKey(Crisis, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(_("what must be done"), max_length=500)
    given_to = models.CharField(_("by whom"), max_length=120)
    given_by = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    due_at = models.DateTimeField(_("ready by"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    result = models.CharField(_("result"), max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
