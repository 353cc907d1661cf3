# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing a report, having it reviewed, and recording that a person handed it in.

Nothing is ever sent from here. What was handed in is frozen; a later change is a new version.
"""

from collections.abc import Mapping
from typing import BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _

from dijkring.controls.models import in_language
from dijkring.core import clock
from dijkring.core.access import Actor, Role
from dijkring.core.errors import Refused
from dijkring.incidents import report_fillers, report_forms
from dijkring.incidents.models import REPORT_FLOW, Incident, Report, Submission
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.report_fillers import LONGEST, Known
from dijkring.incidents.report_forms import Form
from dijkring.incidents.selectors import reports as selectors
from dijkring.incidents.services import checking, clocks
from dijkring.incidents.services.clocks import HandedIn
from dijkring.incidents.services.reporting import Overtaken
from dijkring.organisations.models import Organisation, User
from dijkring.organisations.services import colleagues
from dijkring.ui import words

State = Report.State
BY_HAND = "person"


def start(*, actor: Actor, incident: Incident, form: str) -> Report:
    """Begin a report, filled beforehand; one that is being written already is returned as it is.

    Raises Refused for a report that this incident cannot have, and for a closed incident.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    checking.open_still(found)
    wanted = selectors.form_of(found, form)
    if wanted is None:
        raise Refused(_("This incident has no such report."))
    there = selectors.open_of(found, form)
    return there or _begin(actor, found, wanted)


def _begin(actor: Actor, found: Incident, form: Form) -> Report:
    now, tongue = clock.now(), words.language()
    before = [row for row in selectors.of_incident(found) if row.form == form.id]
    return Report.objects.create(
        organisation_id=actor.organisation_id,
        incident=found,
        form=form.id,
        form_copy=form.copy(),
        number=len(before) + 1,
        language=tongue,
        texts=_filled(actor, found, form, before[-1] if before else None),
        made_at=now,
        made_by_id=actor.user_id,
        changed_at=now,
        changed_by_id=actor.user_id,
    )


def _filled(
    actor: Actor, found: Incident, form: Form, before: Report | None
) -> dict[str, dict[str, str]]:
    """Return a text per field: that of the version before, else what is known."""
    known = known_of(actor, found, form)
    filled = {}
    for field in form.fields:
        if before is not None and before.text(field.id):
            filled[field.id] = _again(before.texts[field.id])
            continue
        text, source = report_fillers.fill(field.fill, known.at(field.id))
        if text:
            filled[field.id] = {"text": text, "source": source}
    return filled


def _again(said: dict[str, str]) -> dict[str, str]:
    """Return what the version before said; the words of a person stay theirs."""
    return said if said["source"] == BY_HAND else {"text": said["text"], "source": "earlier"}


def known_of(actor: Actor, found: Incident, form: Form) -> Known:
    """Return what the fields of a report are filled from."""
    writer = User.objects.filter(pk=actor.user_id or 0).first()
    officers = [one.user for one in colleagues(actor.organisation_id, [Role.PRIVACY_OFFICER])]
    return Known(
        incident=found,
        organisation=Organisation.objects.get(pk=actor.organisation_id).name,
        writer=actor.name,
        writer_address=_address(writer),
        privacy_officers=[", ".join(filter(None, [one.name, _address(one)])) for one in officers],
        earlier=selectors.earlier(found, form),
    )


def _address(user: User | None) -> str:
    return user.email if user is not None and user.has_mailbox else ""


def write(*, actor: Actor, report: Report, texts: Mapping[str, str], version: int) -> Report:
    """Save what was written; a report that was reviewed must be reviewed again after it.

    `version` is the one that the person had before them; raises Overtaken when it is another now.
    """
    actor.require(HANDLE)
    found = _open(actor, report)
    ids = {one["id"] for one in found.fields}
    plain = {id: _plain(text) for id, text in texts.items() if id in ids}
    changed = {id: text for id, text in plain.items() if text != found.text(id)}
    if found.version != version:
        raise Overtaken(_overtaken(found, changed), found.version)
    if not changed:
        return found
    for id, text in changed.items():
        found.texts[id] = {"text": text, "source": BY_HAND, "by": actor.name[:120]}
    _unreview(found)
    found.changed_by_id = actor.user_id
    found.save()
    return found


def _plain(text: str) -> str:
    # A browser ends lines in another way than what filled the field.
    return text.replace("\r\n", "\n").strip()[:LONGEST]


def _open(actor: Actor, report: Report) -> Report:
    """Return the report as it stands now, for this transaction; Refused once it was handed in."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("incident")
    found = rows.get(pk=report.pk, organisation_id=actor.organisation_id)
    checking.open_still(found.incident)
    if found.state == State.SUBMITTED:
        raise Refused(_("This version was handed in and stays as it is. Make a new version."))
    return found


def _overtaken(found: Report, changed: Mapping[str, str]) -> str:
    names = [in_language(one["label"]) for one in found.fields if one["id"] in changed]
    said = _("Somebody else saved this report while you had it open.")
    differ = _("Other than what is saved now: %(fields)s.") % {"fields": ", ".join(names)}
    keep = _("What you typed is still here; save again to put it in its place.")
    return " ".join([said, *([differ] if names else []), keep])


def review(*, actor: Actor, report: Report, version: int, remark: str, alone: bool) -> Report:
    """Say that a report may go out; who wrote it may do so only alone, and that is recorded.

    Raises Refused while a field that is demanded is empty, for the writer who does not say why,
    and Overtaken for a text that is another by now.
    """
    found = _open(actor, report)
    actor.require(REPORT_FLOW.move(found.state, State.REVIEWED).right)
    if found.version != version:
        raise Overtaken(_("The report was changed meanwhile. Read it again."), found.version)
    if missing := selectors.empty(found, selectors.needed(found)):
        names = ", ".join(in_language(one["label"]) for one in missing)
        raise Refused(_("Still empty: %(fields)s. Not known? Then write that.") % {"fields": names})
    if wrote(actor, found):
        if not alone:
            raise Refused(_("You wrote this yourself. Let a second person review it."), "alone")
        checking.needed(remark, "remark", _("Say why nobody else could review it."))
    found.state, found.reviewed_at = State.REVIEWED, clock.now()
    found.reviewed_by_id, found.reviewed_alone = actor.user_id, wrote(actor, found)
    found.review = remark.strip()[:2000]
    found.version += 1
    found.save()
    return found


def wrote(actor: Actor, report: Report) -> bool:
    """Tell whether somebody wrote on a report; an unknown person counts as the writer."""
    return actor.user_id in (None, report.made_by_id, report.changed_by_id)


def hand_in(
    *,
    actor: Actor,
    incident: Incident,
    form: str,
    wanted: HandedIn,
    document: tuple[str, BinaryIO] | None = None,
    as_written: bool = False,
) -> Submission:
    """Record that something was handed in; `as_written` freezes the reviewed report with it.

    A later version of what was handed in before adds to it; the clock keeps the first moment.
    Raises what `clocks.hand_in` raises, and Refused for a report that nobody has reviewed.
    """
    actor.require(HANDLE)
    found = checking.locked(actor, incident)
    report = _to_freeze(found, form) if as_written else None
    extra = report is not None and report.number > 1
    if not extra and form not in report_forms.loose():
        clocks.not_recorded(found, form)
    made = clocks.record(actor=actor, incident=found, report=form, wanted=wanted, document=document)
    if report is not None:
        _freeze(report, made)
    return made


def _to_freeze(found: Incident, form: str) -> Report:
    report = selectors.open_of(found, form)
    if report is None or report.state != State.REVIEWED:
        raise Refused(_("First have the report reviewed; then record that it was handed in."))
    return report


def _freeze(report: Report, made: Submission) -> None:
    report.state, report.submission = State.SUBMITTED, made
    report.digest = selectors.digest(report)
    report.version += 1
    report.save()


def refresh(*, actor: Actor, report: Report) -> Report:
    """Fill a draft anew from what is known now; what a person wrote stays."""
    actor.require(HANDLE)
    found = _open(actor, report)
    form = selectors.form_of(found.incident, found.form)
    if form is None:
        raise Refused(_("This incident has no such report."))
    with translation.override(found.language):
        filled = _filled(actor, found.incident, form, None)
    written = {id: said for id, said in found.texts.items() if said["source"] == BY_HAND}
    if (texts := {**found.texts, **filled, **written}) == found.texts:
        return found
    found.texts = texts
    _unreview(found)
    found.save()
    return found


def _unreview(found: Report) -> None:
    """What was changed must be reviewed again."""
    found.state, found.reviewed_alone = State.DRAFT, False
    found.reviewed_at, found.reviewed_by, found.review = None, None, ""
    found.changed_at = clock.now()
    found.version += 1
