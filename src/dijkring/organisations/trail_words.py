# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the trail calls a field, and which fields it does not show."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Words for fields whose model gives them none.
FIELDS: dict[str, Promise] = {
    "accepted_at": _("accepted on"),
    "accepted_by": _("accepted by"),
    "access": _("emergency access"),
    "account": _("Break-glass account"),
    "action": _("action"),
    "active": _("happens by itself"),
    "added_at": _("added on"),
    "added_by": _("added by"),
    "address": _("from which address"),
    "after": _("state after"),
    "agreed_by": _("agreed by"),
    "agreement": _("agreement"),
    "answers": _("answers"),
    "approved_at": _("approved on"),
    "approved_by": _("approved by"),
    "asked_by": _("asked by"),
    "asset": _("asset"),
    "at": _("when"),
    "authority_at": _("authority proven on"),
    "authority_by": _("authority proven by"),
    "authority_text": _("explanation of the authority"),
    "before": _("state before"),
    "body": _("organisation that provides"),
    "by": _("by whom"),
    "carried_from": _("carried over from"),
    "close_reason": _("reason of closing"),
    "closed_at": _("closed on"),
    "conclusion": _("conclusion"),
    "confirmed_at": _("confirmed on"),
    "confirmed_by": _("confirmed by"),
    "content_version": _("version of the questions"),
    "cooperation": _("co-operation"),
    "created_at": _("made on"),
    "created_by": _("made by"),
    "crisis": _("crisis"),
    "decided_at": _("decided on"),
    "decided_by": _("decided by"),
    "demands": _("Demands"),
    "dependent": _("what depends on it"),
    "document": _("document"),
    "domain": _("domain"),
    "domains": _("domains"),
    "done_at": _("done on"),
    "done_by": _("done by"),
    "drafted_at": _("drafted on"),
    "drafted_by": _("drafted by"),
    "due_on": _("due date"),
    "end_reason": _("reason of ending"),
    "ended_at": _("ended on"),
    "ended_by": _("ended by"),
    "ends_at": _("ends on"),
    "every_hours": _("once in so many hours"),
    "expires_at": _("valid until"),
    "fact": _("fact"),
    "given_at": _("given on"),
    "given_by": _("given by"),
    "group": _("group"),
    "incident": _("incident"),
    "intake": _("file"),
    "invited_by": _("invited by"),
    "issuer": _("issuer"),
    "joined": _("is the same person as"),
    "joined_at": _("joined on"),
    "judged_at": _("judged on"),
    "judged_by": _("judged by"),
    "kind": _("kind"),
    "layers": _("layers"),
    "line": _("line of the file"),
    "made_at": _("made on"),
    "made_by": _("made by"),
    "mail_failed": _("e-mail failed"),
    "note": _("note"),
    "number": _("number"),
    "numbering": _("numbering"),
    "obligation": _("reporting duty"),
    "obligations": _("reporting duties"),
    "offered_at": _("offered on"),
    "old": _("old requirement"),
    "opened_at": _("opened on"),
    "opened_by": _("opened by"),
    "origin_kind": _("came from"),
    "other": _("other organisation"),
    "partner": _("partner"),
    "party": _("supplier"),
    "playbook": _("playbook"),
    "playbook_version": _("version of the playbook"),
    "population": _("population"),
    "position": _("place in the order"),
    "prefix": _("starts with"),
    "previous": _("previous report"),
    "proof": _("proof"),
    "provider": _("organisation that provides"),
    "publication": _("published service"),
    "ranges": _("IP ranges"),
    "reason": _("reason"),
    "recorded_at": _("recorded on"),
    "recorded_by": _("recorded by"),
    "regime": _("law"),
    "register": _("register"),
    "registered_at": _("registered on"),
    "removed": _("what was removed"),
    "removed_at": _("taken out on"),
    "removed_by": _("taken out by"),
    "reopened_by": _("reopened by"),
    "report": _("Report"),
    "reported_by": _("reported by"),
    "required": _("required"),
    "requirement": _("requirement"),
    "requirements": _("helps"),
    "responsible": _("carried out by"),
    "result": _("result"),
    "reviewed_by": _("reviewed by"),
    "scenario": _("scenario"),
    "scope": _("scope"),
    "scores": _("scores"),
    "sealed_by": _("sealed by"),
    "sender": _("sender"),
    "sent_by": _("sent by"),
    "service": _("service"),
    "service_name": _("service"),
    "signed_at": _("signed on"),
    "signed_by": _("signed by"),
    "since": _("since"),
    "started_at": _("started on"),
    "state": _("state"),
    "status": _("status"),
    "step": _("step"),
    "struck_at": _("struck out on"),
    "struck_because": _("struck out because"),
    "subject": _("subject"),
    "superseded_at": _("replaced on"),
    "supplier": _("supplier"),
    "system": _("system"),
    "taken_at": _("fetched on"),
    "taken_by": _("fetched by"),
    "taken_out_by": _("taken out by"),
    "taken_over": _("taken over from"),
    "taker": _("Taker"),
    "tier_found": _("level that was worked out"),
    "tier_why": _("why this level was worked out"),
    "title": _("title"),
    "transfer": _("file"),
    "undone_at": _("undone on"),
    "undone_by": _("undone by"),
    "until": _("until"),
    "upload": _("document"),
    "uploaded_at": _("uploaded on"),
    "uploaded_by": _("uploaded by"),
    "used_at": _("used on"),
    "user": _("person"),
    "valid_from": _("valid from"),
    "valid_until": _("valid until"),
    "was": _("old number"),
    "weighing": _("weighing"),
    "withdrawal_reason": _("withdrawn because"),
    "withdrawn_at": _("withdrawn on"),
    "withdrawn_by": _("withdrawn by"),
    "written_by": _("written by"),
    "year": _("year"),
}
# Words that hold for one model only, also where it has words of its own.
FIELDS_OF: dict[tuple[str, str], Promise] = {
    ("evidence.populationmember", "member"): _("subject"),
    ("identity.rolerule", "provider"): _("Identity provider"),
    ("incidents.jointinvite", "member"): _("who takes part"),
}
# What a machine keeps for itself and says nothing to a person.
HIDDEN = frozenset(
    {
        "changed_at",
        "changed_by",
        "handover",
        "joint",
        "judgements",
        "key",
        "ladder",
        "object_id",
        "place",
        "purpose",
        "sha256",
        "size",
        "stamp",
        "stand_in",
        "subject_id",
        "tier_found_at",
        "version",
    }
)
HIDDEN_OF = frozenset(
    {
        # Numbers of rows, of another organisation or of what is gone.
        ("evidence.provision", "service"),
        ("incidents.deletion", "incident"),
        ("landscape.asset", "service"),
        ("notices.ask", "subject"),
        ("surface.cbwdetails", "changed"),
        ("surface.imported", "about_at"),
    }
)
# Never shown, whatever words a model gives them.
NEVER = frozenset({"id", "organisation"})
# That it changed is told; what it holds is not: a mark of a picture, an address that may be a key.
CLOSED = frozenset({("incidents.webhook", "url"), ("workplace.theme", "logo_hash")})


def place_of(field: Any) -> tuple[str, str]:
    """Return the label of the tracked model and the name of a field of its history."""
    return field.model.pgh_tracked_model._meta.label_lower, field.name


def words_of(field: Any) -> Promise | None:
    """Return what a field of a history is called; None when the trail does not show it."""
    place = place_of(field)
    if field.name in NEVER or place in HIDDEN_OF:
        return None
    if place in FIELDS_OF:
        return FIELDS_OF[place]
    # A model that gives words to a field that others hide or call otherwise, means them.
    if isinstance(field.verbose_name, Promise):
        return field.verbose_name
    return None if field.name in HIDDEN else FIELDS.get(field.name)
