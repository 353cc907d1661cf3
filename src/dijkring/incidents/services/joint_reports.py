# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports in a joint incident: drafted once for all, handed in by each, or under its mandate."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.incidents import joint_told as told
from dijkring.incidents import report_words
from dijkring.incidents.models import Incident, JointMandate, JointPlace, Report
from dijkring.incidents.obligations import ours
from dijkring.incidents.report_fillers import LONGEST
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors import reports as report_selectors
from dijkring.incidents.selectors.joint import Side
from dijkring.incidents.services import checking, clocks, reports
from dijkring.incidents.services import joint_dossier as dossier
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.joint import LEAD
from dijkring.organisations.models import Organisation
from dijkring.sharing.models import Handover
from dijkring.sharing.services import handovers, mandates

GIVE = "incidents.mandate"
DRAFT, SUBMISSION = "incident.joint_draft", "incident.joint_submission"
# What says who reports and since when is each member's own.
OWN_FIELDS = frozenset({"reference", "aware", "contact", "officer", "on_behalf"})
LONGEST_MANDATE_YEARS = 4


def drafts_of(incident: Incident) -> list[Report]:
    """Return the newest version of each report that could serve the members as a draft."""
    newest = {one.form: one for one in report_selectors.of_incident(incident)}
    return [one for one in newest.values() if one.form.startswith(("cbw", "avg"))]


def offer(*, actor: Actor, report: Report) -> int:
    """Hand the text of our report to every member as a draft of its own; returns to how many.

    What says who reports and since when stays out. Raises Refused for who does not lead, for an
    empty report, and where nobody takes part.
    """
    actor.require(LEAD)
    incident = checking.locked(actor, report.incident)
    side = dossier.side_of(actor, incident)
    if side.joint is None:
        raise Refused(_("%(who)s leads this joint incident.") % {"who": side.provider})
    payload = _draft(actor, str(side.key), report)
    if not payload["texts"]:
        raise Refused(_("There is no text in this report that members could use."))
    members = [one for one in selectors.members(side.joint) if one.active]
    if not members:
        raise Refused(_("Nobody takes part yet."))
    for one in members:
        receiver = one.invite.member_id
        handovers.send(actor=actor, receiver_id=receiver, kind=DRAFT, payload=payload)
    return len(members)


def _draft(actor: Actor, key: str, report: Report) -> dict[str, Any]:
    fields = [one for one in report.fields if one["id"] not in OWN_FIELDS]
    tongue = report.language
    return {
        "key": key,
        "form": report.form,
        "language": tongue,
        "title": report.form_copy["title"][tongue],
        "texts": {one["id"]: said for one in fields if (said := report.text(one["id"]).strip())},
        "labels": {one["id"]: one["label"][tongue] for one in fields},
        "by": actor.name[:120],
    }


def take_draft(*, actor: Actor, handover: Handover) -> None:
    """Put the leader's text in the member's own draft, with its source; acts for the member.

    What somebody of the member wrote stays. Refused where it was handed in already.
    """
    said = handover.payload
    place = _place(actor, handover)
    with translation.override(str(said.get("language", "nl"))):
        report = reports.start(actor=actor, incident=place.incident, form=str(said.get("form")))
    if report.number > 1:
        raise Refused(_("This member handed it in already."))
    sender = handover.organisation.name
    texts = dict(said.get("texts", {}))
    _fill(report, texts, sender)
    title = report_words.title_of(report.form)
    told.tell(told.DRAFTED, place.incident, sender, str(handover.pk), report=title)


def _fill(report: Report, texts: dict[str, str], writer: str) -> None:
    if report.state != Report.State.DRAFT:
        raise Refused(_("This member has reviewed its own text already."))
    for id in {one["id"] for one in report.fields} - OWN_FIELDS:
        there = report.texts.get(id, {})
        theirs = there.get("source") == reports.BY_HAND and there.get("by") != writer
        if id in texts and not theirs:
            text = str(texts[id])[:LONGEST]
            report.texts[id] = {"text": text, "source": reports.BY_HAND, "by": writer[:120]}
    report.changed_at = clock.now()
    report.version += 1
    report.save(update_fields=["texts", "changed_at", "version"])


def _place(actor: Actor, handover: Handover) -> JointPlace:
    """Return the place that a handover of who leads is about; Refused for who takes no part."""
    rows = selectors.places(actor.organisation_id).filter(provider_id=handover.organisation_id)
    place = next((one for one in rows if str(one.key) == handover.payload.get("key")), None)
    side = selectors.side_of(place.incident) if place else None
    if place is None or side is None or not side.takes_part:
        raise Refused(_("This organisation does not take part (any more)."))
    return place


# --- mandates -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a mandate says: for which reports, by which decision, from when until when."""

    obligations: Collection[str]
    document: str
    since: datetime
    until: datetime
    only_this: bool = True


def mandatable() -> list[str]:
    """Return the reports for which a mandate can be given: those of a regime with a clock."""
    return [one.id for one in ours() if one.regime in ("cbw", "cbw_others")]


def give(*, actor: Actor, incident: Incident, wanted: Wanted) -> JointMandate:
    """Let who leads hand in reports in our name; only by who may sign for the organisation.

    Raises Refused without a mandate to sign, without a decision, and for a term that is over.
    """
    actor.require(GIVE)
    ground = mandates.ground_of(actor)
    side = dossier.side_of(actor, checking.locked(actor, incident))
    if side.leads or not side.takes_part:
        raise Refused(_("You do not take part in this joint incident (any more)."))
    chosen = sorted(set(wanted.obligations))
    if not chosen or set(chosen) - set(mandatable()):
        raise Refused(_("Choose for which reports."), "obligations")
    if not max(wanted.since, clock.now()) < wanted.until:
        raise Refused(_("Choose an end after the start and after now."), "until")
    document = checking.needed(wanted.document, "document", _("Name the decision that gives it."))
    return JointMandate.objects.create(
        organisation_id=actor.organisation_id,
        provider=side.provider,
        key=side.key if wanted.only_this else None,
        document=document[:300],
        obligations=chosen,
        since=wanted.since,
        until=wanted.until,
        given_at=clock.now(),
        given_by=actor.name[:120],
        ground=ground[:400],
    )


def withdraw(*, actor: Actor, mandate: JointMandate, reason: str) -> JointMandate:
    """Take a mandate back at once; what was handed in under it stands until it is called back."""
    actor.require(GIVE)
    rows = JointMandate.objects.select_for_update()
    found = rows.get(pk=mandate.pk, organisation_id=actor.organisation_id)
    if found.withdrawn_at is not None:
        raise Refused(_("This mandate was withdrawn already."))
    said = checking.needed(reason, "reason", _("Give a reason."))[:500]
    tenancy.note_reason(said)
    found.withdrawn_at, found.withdrawn_by, found.withdrawal = clock.now(), actor.name[:120], said
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal"])
    return found


def submit_for(
    *, actor: Actor, incident: Incident, member: Organisation, obligation: str, given: HandedIn
) -> Handover:
    """Tell a member that its report was handed in under its mandate; it becomes its own record.

    Nothing is sent to an authority from here. Raises Refused without a mandate that held at that
    moment and holds now, and for a moment in the future.
    """
    actor.require(LEAD)
    side = dossier.side_of(actor, checking.locked(actor, incident))
    checking.past(given.at, "at")
    if not _mandated(side, member, obligation, given.at):
        words = _("%(who)s gave you no mandate for this report that holds at that moment and now.")
        raise Refused(words % {"who": member}, "whom")
    payload = {
        "key": str(side.key),
        "obligation": obligation,
        "title": report_words.title_of(obligation),
        "at": given.at.isoformat(),
        "by": checking.needed(given.by, "by", _("Say who handed it in."))[:120],
        "how": checking.needed(given.how, "how", _("Say in which way it was handed in."))[:200],
        "reference": given.reference.strip()[:120],
        "receipt": given.receipt.strip()[:4000],
    }
    return handovers.send(actor=actor, receiver_id=member.pk, kind=SUBMISSION, payload=payload)


def _mandated(side: Side, member: Organisation, obligation: str, at: datetime) -> bool:
    members = selectors.members(side.joint) if side.joint else []
    if member.pk not in {one.invite.member_id for one in members if one.active}:
        return False
    leader = side.incident.organisation_id
    moments = (at, clock.now())
    return all(selectors.mandate_for(member.pk, leader, side.key, obligation, one)
               for one in moments)  # fmt: skip


def take_submission(*, actor: Actor, handover: Handover) -> None:
    """Record at the member what was handed in under its mandate; acts for the member.

    The mandate is looked up again here, in the member's own rows. The member can call it back.
    """
    said, sender = handover.payload, handover.organisation
    place = _place(actor, handover)
    try:
        at = datetime.fromisoformat(str(said["at"]))
    except (KeyError, ValueError) as error:
        raise Refused(_("This cannot be read.")) from error
    obligation = str(said.get("obligation"))
    mandate = selectors.mandate_for(
        actor.organisation_id, sender.pk, place.key, obligation, checking.past(at, "at")
    )
    if mandate is None:
        raise Refused(_("There is no mandate for this report at that moment."))
    by = _("%(who)s under mandate") % {"who": sender.name}
    note = _("Handed in by %(person)s of %(who)s. Mandate: %(document)s. Handover %(number)s.") % {
        "person": said.get("by", ""),
        "who": sender.name,
        "document": mandate.document,
        "number": handover.pk,
    }
    receipt = "\n".join(filter(None, [note, str(said.get("receipt", ""))]))
    given = HandedIn(at, by, str(said.get("how", "")), str(said.get("reference", "")), receipt)
    clocks.hand_in(actor=actor, incident=place.incident, obligation=obligation, wanted=given)
    title = report_words.title_of(obligation)
    told.tell(told.MANDATED, place.incident, sender.name, str(handover.pk), report=title)
