# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An incident of the IT co-operation that its members handled together, reported and closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.tenancy import transaction_for
from dijkring.demo import region
from dijkring.incidents.models import Incident, Joint, JointEntry, JointInvite, JointPlace
from dijkring.incidents.selectors.clocks import RECIPIENTS
from dijkring.incidents.selectors.joint import side_of
from dijkring.incidents.services import (
    clocks,
    closing,
    joint,
    joint_dossier,
    joint_places,
    joint_reports,
    reporting,
)
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.closing import Closing
from dijkring.incidents.services.joint import Invitation
from dijkring.incidents.services.joint_dossier import Said
from dijkring.incidents.services.joint_reports import Wanted
from dijkring.incidents.services.reporting import Reported, Triage
from dijkring.organisations.models import Organisation
from dijkring.sharing.services import handovers

CONTENT = Path(__file__).parent / "content" / "joint.yaml"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WARNING, NOTIFICATION, FINAL = "cbw.early_warning", "cbw.notification", "cbw.final_report"


@cache
def content() -> dict[str, Any]:
    """Return the story as it is written down; nobody changes it."""
    found: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return found


@contextmanager
def _acting(slug: str, role: str = "ciso") -> Iterator[Actor]:
    actor = region.in_role(slug, role)
    with transaction_for([actor.organisation_id], actor):
        yield actor


def live_through() -> None:
    """Invite four members, share, report each for itself or under a mandate, and close it."""
    story, began = content(), clock.now()
    _invite(story)
    for slug, row in story["members"].items():
        with clock.moved_to(began + HOUR):
            _answer(slug, row)
    for one in story["shared"]:
        with clock.moved_to(began + one["hours"] * HOUR):
            _share(one["who"], one["text"])
    with clock.moved_to(began + 4 * HOUR):
        _report_all(story)
    for slug in (story["leader"], *story["members"]):
        _finish(slug, story, began)


def _invite(story: dict[str, Any]) -> None:
    with _acting(story["leader"]) as actor:
        noticed = clock.now() - HOUR
        wanted = Reported(story["title"], noticed, story["text"], "no")
        made = reporting.report(actor=actor, wanted=wanted)
        _triage(actor, made, story)
        members = list(Organisation.objects.filter(slug__in=story["members"]))
        said = Invitation(story["title"], story["text"])
        sent = joint.invite(actor=actor, incident=made, members=members, wanted=said)
    for one in sent:
        handovers.take(receiver_id=one.member_id, handover_id=one.handover_id)
    _share(story["leader"], story["text"], JointEntry.Kind.SITUATION)
    _service(story, JointEntry.State.DOWN)


def _triage(actor: Actor, made: Incident, story: dict[str, Any]) -> None:
    wanted = Triage(
        story["title"],
        made.description,
        story["category"],
        story["severity"],
        personal_data="no",
        owner_id=actor.user_id,
        detected_at=made.detected_at,
    )
    reporting.triage(actor=actor, incident=made, wanted=wanted, version=made.version)
    reporting.move(actor=actor, incident=made, to="handling")


def _incident(actor: Actor) -> Incident:
    """Return the one incident of an organisation that is a joint one."""
    place = JointPlace.objects.filter(organisation_id=actor.organisation_id).first()
    led = Joint.objects.filter(organisation_id=actor.organisation_id).first()
    found = (place or led).incident_id  # type: ignore[union-attr]  # it has one of the two
    return Incident.objects.select_related("organisation").get(pk=found)


def _answer(slug: str, row: dict[str, Any]) -> None:
    with _acting(slug) as actor:
        made = _incident(actor)
        _triage(actor, made, content())
        joint_places.answer(
            actor=actor,
            incident=made,
            accepted="declines" not in row,
            shows=row.get("shows", "reported"),
            reason=row.get("declines", ""),
        )
        _weigh(actor, made, row)
    with _acting(content()["leader"]) as actor:
        rows = JointInvite.objects.filter(organisation_id=actor.organisation_id)
        sent = rows.get(member__slug=slug).handover_id
        joint.on_answered(organisation_id=actor.organisation_id, handover=sent)


def _weigh(actor: Actor, made: Incident, row: dict[str, Any]) -> None:
    story, report = content(), "declines" not in row
    no = dict.fromkeys(story["answers"], "no")
    weighing = clocks.weigh(
        actor=actor,
        incident=made,
        regime="cbw",
        answers=story["answers"] if report else no,
        report=report,
        reason=story["reason"] if report else row["declines"],
    )
    if not report:
        with _acting(made.organisation.slug, "secretary") as second:
            clocks.confirm(actor=second, weighing=weighing, why="Bij ons viel niets uit.")


def _share(slug: str, text: str, kind: str = JointEntry.Kind.EVENT, **more: str) -> None:
    with _acting(slug) as actor:
        made = _incident(actor)
        said = Said(kind, clock.now(), text, **more)  # type: ignore[arg-type]  # only words
        own = joint_dossier.share(actor=actor, incident=made, said=said)
        side = side_of(made)
    if side is not None and not side.leads:
        with _acting(content()["leader"]) as leader:
            copy = JointEntry.objects.get(origin=own.origin, reader_id=leader.organisation_id)
            joint_dossier.on_shared(organisation_id=leader.organisation_id, entry=copy.pk)


def _service(story: dict[str, Any], state: str) -> None:
    _share(story["leader"], state, JointEntry.Kind.SERVICE, subject=story["service"], state=state)


def _report_all(story: dict[str, Any]) -> None:
    _service(story, JointEntry.State.RUNNING)
    with _acting(story["leader"]) as actor:
        _weigh(actor, _incident(actor), {})
    for slug, row in [(story["leader"], {"hands_in": True}), *story["members"].items()]:
        if row.get("hands_in"):
            _hand_in(slug, WARNING)
        elif row.get("mandate"):
            _hand_in_for(slug, story)


def _hand_in(slug: str, obligation: str, how: str = "Meldpunt van het NCSC") -> None:
    with _acting(slug) as actor:
        given = HandedIn(clock.now(), actor.name, how, "voorbeeld")
        clocks.hand_in(actor=actor, incident=_incident(actor), obligation=obligation, wanted=given)


def _hand_in_for(slug: str, story: dict[str, Any]) -> None:
    """Let a member give a mandate, and the leader report under it."""
    now = clock.now()
    with _acting(slug, "secretary") as signer:
        wanted = Wanted([WARNING], story["mandate"], now, now + 365 * DAY)
        joint_reports.give(actor=signer, incident=_incident(signer), wanted=wanted)
    with _acting(story["leader"]) as actor:
        sent = joint_reports.submit_for(
            actor=actor,
            incident=_incident(actor),
            member=Organisation.objects.get(slug=slug),
            obligation=WARNING,
            given=HandedIn(now, actor.name, "Meldpunt van het NCSC", "voorbeeld"),
        )
    handovers.take(receiver_id=sent.receiver_id, handover_id=sent.pk)


def _finish(slug: str, story: dict[str, Any], began: datetime) -> None:
    """Notify, end, report finally and close, as each organisation does for itself."""
    reports = "declines" not in story["members"].get(slug, {})
    with clock.moved_to(began + 30 * HOUR):
        if reports:
            _hand_in(slug, NOTIFICATION)
            _hand_in(slug, RECIPIENTS, story["told"])
        with _acting(slug) as actor:
            closing.end(actor=actor, incident=_incident(actor), at=began + 5 * HOUR)
    with clock.moved_to(began + 9 * DAY):
        if reports:
            _hand_in(slug, FINAL)
        with _acting(slug) as actor:
            wanted = Closing(story["cause"], "yes", story["avoidable_reason"], story["lessons"])
            closing.close(actor=actor, incident=_incident(actor), wanted=wanted)
