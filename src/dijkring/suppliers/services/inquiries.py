# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a supplier a list of demands by link, without an account.

The address holds a token of 256 random bits of which only the hash is kept. It serves this one
questionnaire, answers are saved as they come, and it ends by the clock or when they are sent in.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import transaction_for
from dijkring.notices.services import telling
from dijkring.organisations.services import hash_token
from dijkring.suppliers.demands import DemandSet
from dijkring.suppliers.models import Inquiry, InquiryToken, Reply, Supplier, SupplierSharing
from dijkring.suppliers.selectors import inquiries as selectors
from dijkring.suppliers.services import watching
from dijkring.suppliers.services.suppliers import check_in_use

RIGHT, SHARE = "suppliers.ask", "suppliers.share"
MOST_DAYS, MOST_DEMANDS, LONGEST = 90, 200, 2000
ANSWERED = "supplier.answered"
# An answer to one demand: which choice, which words. None leaves what was said before.
Given = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of whom, and for how many days the link works."""

    sets: Sequence[DemandSet]
    name: str
    email: str = ""
    about: str = ""
    days: int = 30
    language: str = "nl"


def ask(*, actor: Actor, supplier: Supplier, wanted: Wanted) -> tuple[Inquiry, str]:
    """Make a questionnaire and its link; returns the token, which is kept nowhere."""
    actor.require(RIGHT)
    check_in_use(supplier)
    if not wanted.sets:
        raise Refused(_("Choose at least one set of demands."), "sets")
    if not 1 <= wanted.days <= MOST_DAYS:
        words = _("A link is valid for at most %(most)s days.")
        raise Refused(words % {"most": MOST_DAYS}, "days")
    now = clock.now()
    made = Inquiry.objects.create(
        organisation_id=actor.organisation_id,
        supplier=supplier,
        pack="+".join(one.pack for one in wanted.sets)[:60],
        version=max(one.version for one in wanted.sets),
        title={
            tongue: "; ".join(one.title[tongue] for one in wanted.sets) for tongue in ("nl", "en")
        },
        demands=[demand for one in wanted.sets for demand in one.kept()],
        about=wanted.about.strip(),
        name=" ".join(wanted.name.split()),
        email=wanted.email.lower(),
        language=wanted.language,
        asked_by_id=actor.user_id,
        asked_at=now,
        expires_at=now + timedelta(days=wanted.days),
    )
    watching.observe(actor.organisation_id)
    return made, _token(made)


def _token(inquiry: Inquiry) -> str:
    token = secrets.token_urlsafe(32)
    InquiryToken.objects.create(
        organisation_id=inquiry.organisation_id,
        inquiry=inquiry,
        token_hash=hash_token(token),
        made_at=clock.now(),
    )
    return token


def new_link(*, actor: Actor, inquiry: Inquiry) -> str:
    """Make a new link for an open questionnaire; the ones before stop working."""
    actor.require(RIGHT)
    if inquiry.state != Inquiry.State.OPEN:
        raise Refused(_("This questionnaire is not open any more."))
    return fresh_token(inquiry)


def fresh_token(inquiry: Inquiry) -> str:
    """Make a new link of a questionnaire, with the links before gone."""
    inquiry.tokens.all().delete()
    return _token(inquiry)


def withdraw(*, actor: Actor, inquiry: Inquiry, reason: str) -> None:
    """Withdraw a questionnaire: its link stops working at once, what was saved stays."""
    actor.require(RIGHT)
    if inquiry.state not in (Inquiry.State.OPEN, Inquiry.State.EXPIRED):
        raise Refused(_("This questionnaire is not open any more."))
    if not reason.strip():
        raise Refused(_("Give a reason."), "reason")
    tenancy.note_reason(reason)
    inquiry.withdrawn_at = clock.now()
    inquiry.save(update_fields=["withdrawn_at"])
    watching.observe(inquiry.organisation_id)


# --- by the link --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to: the questionnaire and what was saved, per demand."""

    inquiry: Inquiry
    replies: dict[str, Reply]


def open_link(token: str) -> Opened | None:
    """Return what a link leads to; None for one that does not exist. Changes nothing."""
    found = _find(token)
    if found is None:
        return None
    with transaction_for([found[1]]):
        return _opened(found[0])


def _find(token: str) -> tuple[int, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inquiry_id, organisation_id FROM door_inquiry(%s)", [hash_token(token)]
        )
        return cursor.fetchone()  # type: ignore[no-any-return]


def _opened(inquiry_id: int, *, locked: bool = False) -> Opened:
    rows = Inquiry.objects.select_related("organisation", "supplier", "asked_by")
    rows = rows.select_for_update(of=("self",)) if locked else rows
    inquiry = rows.get(pk=inquiry_id)
    return Opened(inquiry, {one.demand: one for one in inquiry.replies.all()})


def answer(
    *,
    token: str,
    replies: Mapping[str, Given],
    name: str = "",
    submit: bool = False,
    may_travel: bool = False,
) -> Opened | None:
    """Save replies as (choice, words) per demand, and send them in with `submit`.

    Of a reply None leaves that half as it is: who shares a link changes each what he answers.

    What is returned has the state from before: a link that was not open any more took nothing.
    Raises Refused, after saving nothing, for an unknown demand or choice, and when sending in for
    a name that lacks or a demand without an answer.
    """
    found = _find(token)
    if found is None:
        return None
    actor = Actor(found[1], _("%(name)s, by a link") % {"name": name or "?"}, kind="link")
    with transaction_for([found[1]], actor):
        opened = _opened(found[0], locked=True)
        if opened.inquiry.state != Inquiry.State.OPEN:
            return opened
        _keep(opened, replies)
        if submit:
            _submit(opened, " ".join(name.split())[:120], may_travel)
            return opened
        return _opened(found[0])


def _keep(opened: Opened, replies: Mapping[str, Given]) -> None:
    known = {row["id"] for row in opened.inquiry.demands}
    for demand, (choice, words) in replies.items():
        if demand not in known:
            raise Refused(_("This question is not in this list."))
        if choice not in (None, "", *Reply.Choice.values):
            raise Refused(_("Choose from the list."), demand)
        if words is not None and len(words) > LONGEST:
            limit = _("Use at most %(most)d characters.") % {"most": LONGEST}
            raise Refused(limit, demand)
        said = {"choice": choice, "words": words if words is None else words.strip()}
        Reply.objects.update_or_create(
            inquiry=opened.inquiry,
            demand=demand,
            defaults={
                "organisation_id": opened.inquiry.organisation_id,
                "saved_at": clock.now(),
                **{half: value for half, value in said.items() if value is not None},
            },
        )


def _submit(opened: Opened, name: str, may_travel: bool) -> None:
    inquiry = opened.inquiry
    if not name:
        raise Refused(_("Fill in your name."), "name")
    given = set(inquiry.replies.exclude(choice="").values_list("demand", flat=True))
    lacking = [row["id"] for row in inquiry.demands if row["id"] not in given]
    if lacking:
        raise Refused(_("Not every question has an answer yet: choose one."), lacking[0])
    inquiry.submitted_at, inquiry.submitted_by = clock.now(), name
    inquiry.may_travel = may_travel
    inquiry.save(update_fields=["submitted_at", "submitted_by", "may_travel"])
    if inquiry.asked_by_id:
        telling.tell(
            organisation_id=inquiry.organisation_id,
            users=[inquiry.asked_by_id],
            kind=ANSWERED,
            values={"who": name, "title": str(inquiry)},
            url_name="suppliers:inquiry",
            url_args=[inquiry.pk],
        )


# --- sharing ------------------------------------------------------------------------------------


def share(*, actor: Actor, what: str) -> SupplierSharing:
    """Share answers or the calendar with who shares them too; see theirs."""
    actor.require(SHARE)
    if what not in SupplierSharing.What.values:
        raise Refused(_("Choose from the list."))
    known = selectors.shares(actor.organisation_id).get(what)
    return known or SupplierSharing.objects.create(
        organisation_id=actor.organisation_id,
        what=what,
        agreed_by_id=actor.user_id,
        agreed_at=clock.now(),
    )


def stop_sharing(*, actor: Actor, what: str) -> None:
    """End the sharing, both ways, at once; what was taken over before stays."""
    actor.require(SHARE)
    SupplierSharing.objects.filter(
        organisation_id=actor.organisation_id, what=what, ended_at=None
    ).update(ended_at=clock.now())


def take_over(*, actor: Actor, supplier: Supplier, inquiry_id: int) -> Inquiry:
    """Keep answers that a supplier gave to another as ours, with where they come from."""
    actor.require(RIGHT)
    check_in_use(supplier)
    offered = [one for one in selectors.shared() if one.supplier_id == supplier.pk]
    found = next((one for one in offered if one.inquiry_id == inquiry_id), None)
    if found is None:
        raise Refused(_("These answers are not shared with you."))
    kept = Inquiry.objects.create(
        organisation_id=actor.organisation_id,
        supplier=supplier,
        pack=found.pack,
        version=found.version,
        title=found.title,
        demands=found.demands,
        name=found.submitted_by,
        asked_by_id=actor.user_id,
        asked_at=clock.now(),
        expires_at=clock.now(),
        submitted_at=found.submitted_at,
        submitted_by=found.submitted_by,
        taken_from=found.organisation,
    )
    Reply.objects.bulk_create(
        Reply(
            organisation_id=actor.organisation_id,
            inquiry=kept,
            demand=demand,
            choice=choice,
            words=words,
            saved_at=found.submitted_at,
        )
        for demand, (choice, words) in found.replies.items()
    )
    return kept
