# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of an agreement shows."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.sharing import selectors
from dijkring.sharing.models import Agreement
from dijkring.sharing.tables import LookTable, SignatureTable, records_words
from dijkring.ui.pages import link
from dijkring.ui.panels import Facts, Panel, RelatedTable, for_slot

SLOT = "sharing.agreement"
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
