# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of services show."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from dijkring.landscape import joint_use
from dijkring.landscape.joint_use import Use
from dijkring.landscape.models import Asset, Publication
from dijkring.landscape.panels.assets import of_service as as_rows
from dijkring.landscape.selectors import dependencies
from dijkring.landscape.selectors import services as selectors
from dijkring.landscape.selectors.services import Service
from dijkring.landscape.services.publications import RIGHT
from dijkring.landscape.tables.dependencies import NeededByTable
from dijkring.landscape.tables.services import (
    STATES,
    ChosenTakerTable,
    OfferedTable,
    PublishedTable,
    TakerTable,
)
from dijkring.organisations.models import Organisation
from dijkring.ui import charts
from dijkring.ui.panels import ChartPanel, Facts, Markup, Panel, RelatedTable
from dijkring.ui.words import language

# Beyond this a picture says nothing; the tables do.
MOST_DRAWN = 25


def of_services(request: Any) -> list[Panel]:
    """Return what we provide, what others provide to us, and who uses what together."""
    organisation_id = request.actor.organisation_id
    ours = list(selectors.published(organisation_id))
    theirs = selectors.offered(organisation_id)
    return [
        *_drawn(request, selectors.joint_use(organisation_id, ours, theirs)),
        RelatedTable(
            _("What we provide to others"),
            PublishedTable(ours, request=request, orderable=False),
            empty=_("We provide nothing to others. On the page of something in the landscape you"
                    " can provide it as a service."),
        ),
        RelatedTable(
            _("What others provide to us"),
            OfferedTable(theirs, request=request, orderable=False),
            empty=_("Nobody has published a service to us yet."),
        ),
        *_joint_use(ours),
    ]  # fmt: skip


def _drawn(request: Any, uses: list[Use]) -> list[Panel]:
    """Draw who uses what of whom; the tables beside it say the same."""
    own = str(Organisation.objects.get(pk=request.actor.organisation_id))
    many = len({(use.provider, use.service) for use in uses}) > MOST_DRAWN
    if not uses or many or len({use.taker for use in uses}) > MOST_DRAWN:
        return []
    said = [replace(use, state=_trouble(use.state)) for use in uses]
    drawn = joint_use.svg(
        said,
        own=own,
        title=_("Who uses what of whom"),
        heads=(_("Who provides"), _("Service"), _("Who takes")),
        legend={
            "uses": _("stands in its landscape"),
            "shown": _("shown, and not in its landscape"),
        },
    )
    template = "landscape/parts/joint_use.html"
    words = _("Who falls along when a service falls. The lists below say the same.")
    return [Markup(_("Map of joint use"), template, {"svg": drawn, "words": words})]


def _trouble(state: str) -> str:
    """Say how a service runs, when it does not simply run."""
    found = Publication.State(state)
    return "" if found == Publication.State.RUNNING else str(STATES[found].word)


def _joint_use(ours: list[Publication]) -> list[Panel]:
    """Draw which of our services is shown to whom, and who has put it into its landscape."""
    shown = selectors.shown(ours)
    names = sorted({name for takers in shown.values() for name in takers})
    if not names:
        return []
    taken = selectors.took_by_name(ours)
    rows = [one for one in ours if shown.get(one.pk)][:MOST_DRAWN]
    values = tuple(
        tuple(_cell(name, shown[one.pk], taken.get(one.pk, set())) for name in names)
        for one in rows
    )
    meaning = _("1: shown to it. 2: stands in its landscape as well. Empty: not shown.")
    chart = charts.HeatMap(
        title=_("Joint use"),
        description=meaning,
        language=language(),
        rows=tuple(one.name for one in rows),
        columns=tuple(name.removeprefix("Gemeente ") for name in names),
        values=values,
        row_title=_("Service"),
        column_title=_("Taker"),
    )
    words = _("Who falls along when one of our services falls, and who has recorded that.")
    return [ChartPanel(_("Joint use"), chart, f"{words} {meaning}")]


def _cell(name: str, shown: set[str], taken: set[str]) -> int | None:
    return 2 if name in taken else 1 if name in shown else None


def of_service(request: Any, found: Publication) -> list[Panel]:
    """Return the panels of a service of ours: what takers see, and who they are."""
    rows = [(_("Part of the landscape"), found.asset), *as_rows(found)]
    ended = [(_("Ended"), found.until), (_("Reason"), found.end_reason)] if found.until else []
    table = ChosenTakerTable if request.can(RIGHT) else TakerTable
    takers = table(list(selectors.takers_of(found)), request=request, orderable=False)
    return [
        Facts(_("What takers see"), [*rows, *ended]),
        RelatedTable(_("Shown to"), takers, empty=_("Nobody sees this service yet.")),
    ]


def of_offered(request: Any, found: Service) -> list[Panel]:
    """Return the panels of a service of another: what it shows, and what of ours needs it."""
    panels: list[Panel] = [
        Facts(_("What the provider shows"), [(_("Provided by"), found.provider), *as_rows(found)])
    ]
    asset = Asset.objects.filter(pk=found.asset_id).first() if found.asset_id else None
    if asset is not None:
        rows = NeededByTable(list(dependencies.needed_by(asset)), request=request, orderable=False)
        panels.append(
            RelatedTable(_("What needs it"), rows, empty=_("Nothing is recorded that needs it."))
        )
    return panels
