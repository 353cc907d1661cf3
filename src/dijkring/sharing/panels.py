# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of an agreement and of a handover show."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.sharing import kinds, selectors
from dijkring.sharing.models import Agreement, Handover
from dijkring.sharing.tables import LookTable, SignatureTable, records_words
from dijkring.ui.pages import link
from dijkring.ui.panels import Facts, Panel, RelatedTable, for_slot

SLOT = "sharing.agreement"
HANDOVER_SLOT = "sharing.handover"
LAST_LOOKS = 5


def of_agreement(request: Any, found: Agreement) -> list[Panel]:
    """Return the panels of an agreement: terms, signatures, the last looks, and the slot."""
    signatures = found.signatures.select_related("organisation")
    return [
        _terms(found),
        RelatedTable(
            _("Signatures"),
            SignatureTable(signatures, request=request, exclude=_untold(found)),
            _("Nobody has signed this yet."),
        ),
        *_looked(request, found),
        *for_slot(SLOT, request, found),
    ]


def _untold(found: Agreement) -> tuple[str, ...]:
    """Return the columns that say nothing while nobody has withdrawn."""
    withdrawn = any(one.withdrawn_at for one in found.signatures.all())
    return () if withdrawn else ("withdrawn_at", "withdrawal_reason")


def _terms(found: Agreement) -> Facts:
    rows = [
        (_("Who shares"), found.organisation.name),
        (_("Who may look"), found.receiver.name),
        (_("What"), records_words(found)),
        (_("Detail"), found.get_detail_display()),
        (_("Legal ground"), found.legal_basis),
        (_("Purpose"), found.purpose),
        (_("May travel on"), found.get_tlp_display()),
        (_("From"), found.starts_at),
        (_("Until"), found.ends_at),
    ]
    ended = [(_("Ended"), found.ended_at), (_("Because"), found.end_reason)]
    return Facts(_("What has been agreed"), [*rows, *ended] if found.ended_at else rows)


def _looked(request: Any, found: Agreement) -> list[Panel]:
    if found.organisation_id != request.actor.organisation_id:
        return []
    rows = selectors.looks(found.organisation_id).filter(agreement=found)[:LAST_LOOKS]
    return [
        RelatedTable(
            _("Who looked last"),
            LookTable(rows, request=request, orderable=False),
            _("Nobody has looked yet."),
            link(request, "sharing:looks"),
        )
    ]


def of_handover(request: Any, found: Handover) -> list[Panel]:
    """Return the panels of a handover: what it says, what became of it, and the slot."""
    known = kinds.find(found.kind)
    said = [Facts(_("What was handed over"), known.rows(found.payload))] if known else []
    return [*said, _became(found), *for_slot(HANDOVER_SLOT, request, found)]


def _became(found: Handover) -> Facts:
    rows: list[tuple[str, Any]] = [
        (_("Sender"), found.organisation.name),
        (_("Receiver"), found.receiver.name),
        (_("Handed over"), found.made_at),
        (_("Taken up"), found.taken_at),
    ]
    more = [
        (_("Failed"), found.failed_at),
        (_("Refused, because"), found.refusal),
        (_("Answered"), found.answered_at),
        (_("Answered by"), found.answered_by),
        (_("Because"), found.answer_reason),
    ]
    return Facts(_("What became of it"), [*rows, *((label, said) for label, said in more if said)])
