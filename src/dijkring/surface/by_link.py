# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A supplier answers a request by a link: will mend it before a day, cannot, or it is not ours."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dijkring.controls.models import in_language
from dijkring.core.access import Actor
from dijkring.evidence import kinds
from dijkring.notices import by_link
from dijkring.notices.by_link import Description, Offer
from dijkring.surface.models import MendRequest
from dijkring.surface.request_doors import PURPOSE
from dijkring.surface.selectors import requests as selectors
from dijkring.surface.selectors.requests import CANNOT, MEND, NOT_OURS
from dijkring.surface.services.requests import RIGHT, SUBJECT
from dijkring.surface.tables.findings import subject_words
from dijkring.ui import words

CHOICES = (
    (MEND, _("We will mend this before the day below")),
    (CANNOT, _("We cannot mend this, because")),
    (NOT_OURS, _("This is not ours")),
)


def register() -> None:
    """Register the purpose, and offer it on the page of a request."""
    by_link.register(
        PURPOSE,
        label=_("Answer a request to mend something"),
        right=RIGHT,
        describe=describe,
        choices=CHOICES,
        explained=(CANNOT, NOT_OURS),
        dated=MEND,
        hint=_("Needed when you cannot mend it, or when it is not yours."),
    )
    by_link.offer(SUBJECT, "surface:request", offers)


def offers(actor: Actor, request_id: int) -> list[Offer]:
    """Return what can be asked on the page of a request: once more whether it will be mended."""
    found = _request(actor.organisation_id, request_id)
    return [Offer(PURPOSE, request_id, _("Ask for an answer once more"))] if found else []


def _request(organisation_id: int, request_id: int) -> Any:
    found = selectors.requests(organisation_id).filter(pk=request_id).first()
    return found if found is not None and selectors.is_open(found) else None


def describe(organisation_id: int, request_id: int) -> Description | None:
    """Return what the supplier sees; None when the request is withdrawn or all is mended."""
    found = _request(organisation_id, request_id)
    if found is None:
        return None
    title = ngettext(
        "Request to mend: %(count)d point, %(supplier)s",
        "Request to mend: %(count)d points, %(supplier)s",
        found.lines_open,
    ) % {"count": found.lines_open, "supplier": found.supplier}
    rows = [(gettext("Mended by"), found.due_on), *_wrong(found)]
    return Description(title, "surface:request", (request_id,), rows)


def _wrong(found: MendRequest) -> list[tuple[str, Any]]:
    return [
        (subject_words(one.subject), line_words(one.kind, one.fact.state_since))
        for one in selectors.lines(found)
        if one.fact is not None
    ]


def line_words(kind: str, since: Any) -> str:
    """Say what is wrong, since when and how to mend it."""
    known = kinds.get(kind)
    said = gettext("%(what)s: not met since %(day)s.") % {
        "what": in_language(known.label),
        "day": words.date_words(since),
    }
    mend = in_language(known.mend) if known.mend else ""
    return f"{said} {mend}".strip()
