# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One notice and one ask of every organisation, for the tests that visit every page."""

from typing import Any

from dijkring.actions import services as actions
from dijkring.actions.by_link import QUESTION, SUBJECT
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.notices import by_link
from dijkring.notices.models import Ask, Contact, Notice
from dijkring.notices.services import asking, telling
from dijkring.organisations.services import hash_token


def ask_of(actor: Actor, name: str = "Sanne Vos", **values: Any) -> Ask:
    """Ask somebody a question about a new action."""
    action = actions.open_action(actor=actor, title="Noodstroom testen")
    page = by_link.page_of(SUBJECT, actor, action.pk)
    assert page is not None
    offer = next(one for one in page.offers if one.purpose == QUESTION)
    return asking.ask(
        actor=actor,
        subject=SUBJECT,
        subject_id=action.pk,
        offer=offer,
        name=name,
        email="s.vos@example.org",
        question="Wanneer is de noodstroom voor het laatst getest?",
        **values,
    )


def make(actor: Actor, n: int) -> dict[str, dict[str, Any]]:
    ask = ask_of(actor, f"Sanne Vos {n}")
    telling.tell(
        organisation_id=actor.organisation_id,
        users=[actor.user_id],
        kind="ask.answered",
        values={"who": "Sanne Vos", "title": ask.title},
        url_name="notices:ask",
        url_args=[ask.pk],
        key=f"proef-{n}",
    )
    notice = Notice.objects.get(organisation_id=actor.organisation_id, key=f"proef-{n}")
    # A code is of one person, so it differs between the organisations.
    code = f"proef-{n}-{actor.user_id}"
    Contact.objects.update_or_create(
        user_id=actor.user_id or 0,
        defaults={
            "wanted": f"proef-{n}@example.org",
            "code_hash": hash_token(code),
            "asked_at": clock.now(),
        },
    )
    pages = ("ask", "make_link", "withdraw", "settle")
    return {
        **{f"notices:{page}": {"pk": ask.pk} for page in pages},
        "notices:confirm_contact": {"code": code},
        "notices:open": {"pk": notice.pk},
        "notices:new_ask": {"subject": SUBJECT, "pk": ask.subject_id},
    }
