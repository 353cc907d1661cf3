# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words and looks of this room: levels, countries, how contracts and questionnaires stand."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dijkring.core import clock
from dijkring.landscape.countries import choices
from dijkring.suppliers import countries
from dijkring.suppliers.models import Contract, Inquiry, Procurement, Supplier, Tier
from dijkring.ui import words
from dijkring.ui.states import State

UNKNOWN = State(pgettext_lazy("level", "not known"), "not-measured", "not-measured")
TIERS = {
    Tier.CRITICAL.value: State(_("critical"), "warning", "not-met"),
    Tier.IMPORTANT.value: State(_("important"), "partly", "partly"),
    Tier.ORDINARY.value: State(_("ordinary"), "info"),
}
RETIRED = State(_("retired"), "not-applicable", "not-applicable")
RUNNING = State(pgettext_lazy("contract", "running"), "met", "met")
COMING = State(_("not begun yet"), "waiting")
ENDED = State(pgettext_lazy("contract", "ended"), "not-applicable", "not-applicable")
NO_EXIT = State(_("running, without a way out"), "not-met", "not-met")
INQUIRIES = {
    Inquiry.State.OPEN.value: State(_("waits for an answer"), "waiting"),
    Inquiry.State.SUBMITTED.value: State(_("answered"), "met", "met"),
    Inquiry.State.EXPIRED.value: State(_("expired"), "show-again", "show-again"),
    Inquiry.State.WITHDRAWN.value: State(_("withdrawn"), "not-applicable", "not-applicable"),
}
PROCUREMENTS = {
    Procurement.State.PLANNED.value: State(_("planned"), "waiting"),
    Procurement.State.RUNNING.value: State(pgettext_lazy("procurement", "running"), "busy", "busy"),
    Procurement.State.AWARDED.value: State(_("awarded"), "met", "met"),
    Procurement.State.DROPPED.value: State(_("called off"), "not-applicable", "not-applicable"),
}
REPLIES = {
    "yes": State(_("we meet this"), "met", "met"),
    "partly": State(_("in part"), "partly", "partly"),
    "no": State(_("we do not meet this"), "not-met", "not-met"),
    "na": State(_("does not apply"), "not-applicable", "not-applicable"),
}
REMOVED = State(_("taken out"), "not-applicable", "not-applicable")
NO_REPLY = State(_("no answer"), "not-measured", "not-measured")


def tier_look(supplier: Supplier) -> State:
    """Return the level that counts; what is retired says so."""
    if supplier.retired_at is not None:
        return RETIRED
    return TIERS.get(supplier.tier, UNKNOWN)


def contract_look(contract: Contract) -> State:
    """Return how a contract stands today."""
    day = clock.today()
    if contract.runs(day):
        return RUNNING if contract.has_exit else NO_EXIT
    return COMING if contract.starts_on and contract.starts_on > day else ENDED


def inquiry_look(inquiry: Inquiry) -> State:
    """Return how a questionnaire stands now."""
    return INQUIRIES[inquiry.state]


def reply_look(reply: Any) -> State:
    """Return what a supplier says about a demand."""
    return REPLIES.get(reply.choice, NO_REPLY) if reply else NO_REPLY


def country(code: str) -> str:
    """Name a country in the language of the reader; nothing for none."""
    return countries.name(code, words.language()) if code else ""


def country_choices() -> list[tuple[str, str]]:
    """Return every country as a choice, by name, with 'not known' on top."""
    return [("", gettext("not known")), *choices()]


def in_tongue(texts: dict[str, str]) -> str:
    """Return a text in the language of the reader."""
    return texts.get(words.language()) or texts.get("nl", "")


_WHY = {
    "statutory": _("%(name)s stops after %(hours)s hours: a statutory task."),
    "misses": _("%(name)s stops after %(hours)s hours and may be missed for a day at most."),
    "residents": _("%(name)s stops after %(hours)s hours and touches %(residents)s residents."),
    "service": _("%(name)s stops after %(hours)s hours: a service to residents."),
    "highest": _("%(name)s is classified at the highest level."),
}


def why_words(row: dict[str, Any]) -> str:
    """Say one reason of a level as it was kept."""
    values = {
        "name": row["name"],
        "hours": f"{row['after_hours']:g}",
        "residents": row.get("residents") or 0,
    }
    return str(_WHY[row["key"]]) % values


def level_words(level: int | None, names: Any) -> str:
    """Write a level of the sovereignty framework: its number and its word."""
    return gettext("not known") if level is None else f"SEAL-{level}: {in_tongue(names[level])}"
