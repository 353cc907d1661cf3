# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tables of an archive are called by people, and why some of them do not travel."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dijkring.portability.whole.tables import RECORD, going, tables

TRAIL = _("Audit trail")
# By table, or else by the room of the table.
CALLED = {
    "evidence_fact": _("Facts and measurements"),
    "evidence_round": _("Facts and measurements"),
    "evidence_failedattempt": _("Facts and measurements"),
    "evidence_populationmember": _("Facts and measurements"),
    "evidence_withdrawal": _("Facts and measurements"),
    "evidence_judgement": _("Judgements"),
    "evidence_judgementdocument": _("Judgements"),
    "evidence_deviation": _("Accepted deviations"),
    "evidence_standing": _("Standings, with their history"),
    "evidence_standingchange": _("Standings, with their history"),
    "evidence_upload": _("Documents"),
    "evidence_scope": _("Systems, processes and services"),
    "evidence_offer": _("Systems, processes and services"),
    "evidence_provision": _("What others carry out for you"),
    "evidence_publication": _("What others published to you"),
    "evidence_taker": _("To whom you publish"),
    "landscape_servicetaker": _("To whom you publish"),
    "onboarding_takenover": _("Verdicts from before"),
    "actions_proposal": _("What others handed over to you"),
    "accountability": _("Reports"),
    "actions": _("Actions"),
    "controls": _("Norms and applicability"),
    "cooperation": _("Co-operations"),
    "core": _("Jobs"),
    "identity": _("Logging in"),
    "landscape": _("Landscape"),
    "notices": _("Notices and questions by link"),
    "onboarding": _("Files that were brought in"),
    "organisations": _("Access"),
    "sharing": _("Agreements on sharing"),
    "suppliers": _("Suppliers"),
    "surface": _("Domains"),
    "workplace": _("Filters and look"),
}
WHY = {
    "actions_proposal": _("Who handed it over does so anew, in the other Dijkring."),
    "evidence_publication": _("The other publishes to you anew, in the other Dijkring."),
    "evidence_taker": _("You publish anew, in the other Dijkring."),
    "landscape_servicetaker": _("You publish anew, in the other Dijkring."),
    "core": _("Work of one installation."),
    "identity": _("Every installation has log-ins of its own."),
    "notices": _("Told here; links work in one installation."),
    "onboarding": _("A memory of files; what they brought comes along."),
    "organisations": _("Others give access there, by invitation."),
    "sharing": _("Both parties agree and sign anew there."),
}


def called(name: str) -> str:
    """Return what people call a table; a room that is not known here keeps its own name."""
    table = tables().get(name)
    if table is not None and table.history:
        return str(TRAIL)
    return str(CALLED.get(name) or CALLED.get(_room(name)) or name)


def _room(name: str) -> str:
    return name.partition("_")[0]


def grouped(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return how many rows there are by what people call them, the most first."""
    found: dict[str, int] = {}
    for name, count in counts:
        found[called(name)] = found.get(called(name), 0) + count
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def not_travelling(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int, str]]:
    """Return what stands in an archive for reading only: how it is called, how many, and why."""
    known = {one.name for one in going() if one.treatment == RECORD and not one.history}
    found: dict[tuple[str, str], int] = {}
    for name, count in counts:
        if name in known and count:
            place = called(name), str(WHY.get(name) or WHY.get(_room(name)) or "")
            found[place] = found.get(place, 0) + count
    return sorted((label, count, why) for (label, why), count in found.items())


def never_in_it() -> str:
    """Say what is in no archive at all."""
    return gettext(
        "Passwords, tokens, personal drafts and visits are not in the file; counts and summaries"
        " are worked out anew there."
    )
