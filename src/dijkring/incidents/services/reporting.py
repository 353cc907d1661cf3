# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reporting an incident, triage, and the timeline."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from dijkring.core import clock, events
from dijkring.core.access import Actor
from dijkring.core.audit import history_of
from dijkring.core.errors import Refused
from dijkring.incidents.guides import categories
from dijkring.incidents.models import FLOW, Awareness, Incident, TimelineEntry
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.selectors import clocks
from dijkring.incidents.selectors import incidents as selectors
from dijkring.incidents.services import checking
from dijkring.organisations.models import Membership
from dijkring.ui import words

REPORT = "incidents.report"
REPORTED = "incident.reported"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody tells who reports: enough to begin with.

    `reporter` and `evidence` say who noticed it and from what that shows, where it is not the one
    who fills in the form.
    """

    title: str
    noticed_at: datetime
    description: str = ""
    personal_data: str = Incident.Known.UNKNOWN
    exercise: bool = False
    reporter: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """What triage says of an incident."""

    title: str
    description: str = ""
    category: str = ""
    severity: str = Incident.Severity.UNKNOWN
    tlp: str = Incident.Tlp.AMBER
    personal_data: str = Incident.Known.UNKNOWN
    owner_id: int | None = None
    occurred_at: datetime | None = None
    detected_at: datetime | None = None
    house_regimes: list[str] = field(default_factory=list)


class Overtaken(Refused):
    """Somebody else saved first; `version` is the one that stands now."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


def report(*, actor: Actor, wanted: Reported) -> Incident:
    """Put an incident in the register; the clocks run from the moment it was noticed.

    That no personal data is involved is for who handles incidents to find; of anybody else it is
    only written down. Only they begin an exercise. Raises Refused for a moment in the future or
    without a time zone, and an empty title.
    """
    actor.require(HANDLE if wanted.exercise else REPORT)
    noticed = checking.past(wanted.noticed_at, "noticed_at")
    title = checking.needed(wanted.title, "title", _("Say in a few words what is the matter."))
    year, number = _next_number(actor.organisation_id, wanted.exercise)
    says_none = wanted.personal_data == Incident.Known.NO and not _handles(actor)
    made = Incident.objects.create(
        organisation_id=actor.organisation_id,
        year=year,
        number=number,
        exercise=wanted.exercise,
        title=title[:200],
        description=wanted.description.strip(),
        personal_data=Incident.Known.UNKNOWN if says_none else wanted.personal_data,
        detected_at=noticed,
        reported_at=clock.now(),
        reporter=(wanted.reporter or actor.name)[:120],
        reported_by_id=actor.user_id,
    )
    _first_awareness(actor, made, noticed, wanted.evidence)
    if says_none:
        _write(actor, made, noticed, _("Who reports it says that no personal data is involved."))
    events.publish(REPORTED, organisation_id=made.organisation_id, incident=made.pk)
    return made


def _handles(actor: Actor) -> bool:
    """Tell whether a person handles incidents; what comes in from outside is nobody's finding."""
    return actor.kind != "system" and actor.can(HANDLE)


def _next_number(organisation_id: int, exercise: bool) -> tuple[int, int]:
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"incidents:{organisation_id}"])
    rows = Incident.objects.filter(organisation_id=organisation_id, exercise=exercise, year=year)
    last = rows.aggregate(last=Max("number"))["last"]
    return year, (last or 0) + 1


def _first_awareness(actor: Actor, made: Incident, noticed: datetime, evidence: str) -> None:
    """The strictest anchor: what an employee noticed, the organisation knew."""
    own = _("Noticed and reported by the person who filled in the form.")
    Awareness.objects.create(
        organisation_id=made.organisation_id,
        incident=made,
        at=noticed,
        who=made.reporter,
        evidence=(evidence or own)[:2000],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def triage(*, actor: Actor, incident: Incident, wanted: Triage, version: int) -> Incident:
    """Record what triage says; what was only reported is taken up by it.

    `version` is the one that the person had before them; raises Overtaken when it is another now.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    if found.version != version:
        raise Overtaken(_overtaken_words(found, wanted), found.version)
    _check_triage(actor, found, wanted)
    for name, value in asdict(wanted).items():
        setattr(found, name, value)
    if found.state == Incident.State.REPORTED:
        found.state = Incident.State.TRIAGE
    found.version += 1
    found.save()
    return found


def _check_triage(actor: Actor, found: Incident, wanted: Triage) -> None:
    checking.needed(wanted.title, "title", _("Say in a few words what is the matter."))
    if wanted.category and wanted.category not in categories():
        raise Refused(_("Choose a category of the list."), "category")
    for name in ("occurred_at", "detected_at"):
        if (at := getattr(wanted, name)) is not None:
            checking.past(at, name)
    if wanted.occurred_at and wanted.detected_at and wanted.detected_at < wanted.occurred_at:
        raise Refused(_("It cannot have been noticed before it happened."), "detected_at")
    known = {regime for regime, _name in selectors.house_choices(found.organisation_id)}
    if unknown := set(wanted.house_regimes) - known - set(found.house_regimes):
        raise Refused(_("Unknown house rule: %(name)s.") % {"name": ", ".join(sorted(unknown))})
    _no_breach_after_all(found, wanted)
    members = Membership.objects.filter(organisation_id=actor.organisation_id, until=None)
    if wanted.owner_id and not members.filter(user_id=wanted.owner_id).exists():
        raise Refused(_("Who handles it must be a colleague with access."), "owner")


def _no_breach_after_all(found: Incident, wanted: Triage) -> None:
    """Refuse that one person ends what was a breach; a second one confirms that (art. 33(1))."""
    known = Incident.Known
    if wanted.personal_data != known.NO or found.personal_data == known.NO:
        return
    decided = clocks.decision(found, clocks.PRIVACY)
    spared = decided is not None and decided.holds and not decided.report
    said = history_of(Incident).objects.filter(pgh_obj_id=found.pk, personal_data=known.YES)
    if not spared and (said.exists() or clocks.is_breach(found)):
        raise Refused(
            _("Before, it was said that personal data is involved. Weigh it for the GDPR: that it"
              " need not be reported is confirmed by a second person."), "personal_data"
        )  # fmt: skip


def _overtaken_words(found: Incident, wanted: Triage) -> str:
    names = ("title", "category", "severity", "tlp", "personal_data")
    now = [
        f"{getattr(found._meta.get_field(name), 'verbose_name', name)}: {_shown(found, name)}"
        for name in names
        if getattr(found, name) != getattr(wanted, name)
    ]
    said = _("Somebody else saved this incident while you had it open.")
    keep = _("What you typed is still here; save again to put it in its place.")
    return " ".join([said, *([_("There it says now:"), f"{'; '.join(now)}."] if now else []), keep])


def _shown(found: Incident, name: str) -> str:
    if name == "category":
        return selectors.category_words(found.category) or words.NOTHING
    display = getattr(found, f"get_{name}_display", None)
    return str(display() if display else getattr(found, name))


def move(*, actor: Actor, incident: Incident, to: str) -> Incident:
    """Take an incident up or begin to handle it; ending and closing have services of their own."""
    found = checking.locked(actor, incident)
    actor.require(FLOW.move(found.state, to).right)
    if to not in (Incident.State.TRIAGE, Incident.State.HANDLING) or found.ended_at is not None:
        raise Refused(_("This step is not possible now."))
    found.state = to
    found.version += 1
    found.save(update_fields=["state", "version"])
    return found


def enter(
    *, actor: Actor, incident: Incident, at: datetime, text: str, source: str = ""
) -> TimelineEntry:
    """Write down what happened, and when; nothing of it is ever changed."""
    actor.require(HANDLE)
    found, at = checking.locked(actor, incident), checking.past(at, "at")
    said = checking.needed(text, "text", _("Write down what happened."))
    return _write(actor, found, at, said, source.strip())


def _write(
    actor: Actor, incident: Incident, at: datetime, text: str, source: str = ""
) -> TimelineEntry:
    return TimelineEntry.objects.create(
        organisation_id=actor.organisation_id,
        incident=incident,
        at=at,
        text=text[:4000],
        source=source[:200],
        recorded_at=clock.now(),
        recorded_by=actor.name[:120],
    )


def values_of(found: Incident) -> dict[str, Any]:
    """Return what triage says now, to begin a form with."""
    return {name: getattr(found, name) for name in Triage.__dataclass_fields__}
