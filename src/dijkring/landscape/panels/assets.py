# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of an asset and of a dependency show; higher rooms hang theirs in `SLOT`."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.evidence.models import VERDICTS
from dijkring.evidence.standing import WORST_FIRST
from dijkring.landscape.countries import name_of
from dijkring.landscape.models import Asset, Dependency, Publication
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import dependencies, drawing, services
from dijkring.landscape.selectors.services import Service
from dijkring.landscape.services import looking
from dijkring.landscape.tables.dependencies import NeededByTable, NeedsTable, how_words
from dijkring.landscape.tables.graph import BelowTable
from dijkring.landscape.tables.services import STATES
from dijkring.landscape.words import hours_words, jurisdiction_words, level_words
from dijkring.ui import words
from dijkring.ui.panels import Facts, Panel, RelatedTable, for_slot

SLOT = "landscape.asset"


def of_asset(request: Any, asset: Asset) -> list[Panel]:
    """Return the panels of an asset: what is said of it, what it needs and what needs it."""
    found = [
        Facts(_("What is said of it"), _about(asset)),
        Facts(_("How much it matters"), _weight(asset)),
    ]
    if asset.provider_id is not None:
        found.append(Facts(_("The service of the provider"), _of_provider(asset)))
    needs = NeedsTable(list(dependencies.needs_of(asset)), request=request, orderable=False)
    needed = NeededByTable(list(dependencies.needed_by(asset)), request=request, orderable=False)
    nothing = _("Nothing is recorded that it needs.")
    if asset.provider_id is not None:
        nothing = _("What it needs lies within %(provider)s.") % {"provider": asset.provider}
    return [
        *found,
        RelatedTable(_("What it needs"), needs, empty=nothing),
        *_shown_below(request, asset),
        RelatedTable(_("What needs it"), needed, empty=_("Nothing is recorded that needs it.")),
        *for_slot(SLOT, request, asset),
    ]


def _shown_below(request: Any, asset: Asset) -> list[Panel]:
    """Return what lies below a service of another, where an agreement shows that."""
    if asset.service is None or not looking.givers(request.actor, asset.provider_id):
        return []
    rows = drawing.under(looking.seen(request.actor, asset.name), asset.pk)
    title = _("What lies below it at %(provider)s") % {"provider": asset.provider}
    table = BelowTable(rows, request=request, orderable=False)
    return [RelatedTable(title, table, empty=_("It has recorded nothing below this."))]


def _about(asset: Asset) -> list[tuple[Any, Any]]:
    return [
        (_("Kind"), asset.get_kind_display()),
        (_("Owner"), words.person_words(asset.owner)),
        (_("Lifecycle"), asset.get_lifecycle_display()),
        (_("Supplier"), asset.party),
        (_("Jurisdiction"), jurisdiction_words(asset)),
        *_where(asset),
        (_("Personal data"), asset.get_personal_data_display()),
        (_("AI or algorithm"), asset.get_algorithm_display()),
        *([(_("Reference"), asset.reference)] if asset.reference else []),
        *([(_("Source"), asset.source)] if asset.source else []),
        (_("Confirmed"), asset.confirmed_on or _("never")),
        *([(_("Taken out"), asset.retired_at)] if asset.retired_at else []),
    ]


def _where(asset: Asset) -> list[tuple[Any, Any]]:
    rows: list[tuple[Any, Any]] = [(_("Place"), asset.place)] if asset.place else []
    if asset.latitude is not None and asset.longitude is not None:
        rows.append((_("Coordinates"), f"{asset.latitude:.5f}, {asset.longitude:.5f}"))
    return rows


def _weight(asset: Asset) -> list[tuple[Any, Any]]:
    levels = selectors.levels(asset.organisation_id)
    classes = (
        (_("Availability"), asset.availability),
        (_("Integrity"), asset.integrity),
        (_("Confidentiality"), asset.confidentiality),
    )
    return [
        *((label, level_words(level, levels)) for label, level in classes),
        (_("Can be missed for at most"), hours_words(asset.mtpd_hours)),
        (_("Is back within"), hours_words(asset.rto_hours)),
        (_("Loses at most"), hours_words(asset.rpo_hours)),
        (_("Residents touched"), words.quantity_words(asset.residents)),
        (_("Statutory task"), asset.statutory),
        (_("Law and article"), asset.law),
    ]


def _of_provider(asset: Asset) -> list[tuple[Any, Any]]:
    found = services.of_asset(asset)
    rows: list[tuple[Any, Any]] = [(_("Provided by"), asset.provider)]
    if found is None:
        return [*rows, (_("State"), _("not shown to you (any more): unknown"))]
    return [*rows, *of_service(found)]


def of_service(found: Service | Publication) -> list[tuple[Any, Any]]:
    """Return what a taker sees of a service, as rows."""
    return [
        (_("State"), STATES[Publication.State(found.state)].word),
        (_("Since"), found.state_since),
        (_("Note"), found.state_note),
        (_("Promises to be back within"), hours_words(found.rto_hours)),
        (_("Promises to lose at most"), hours_words(found.rpo_hours)),
        (_("Standing on the norms"), standing_words(found)),
    ]


def standing_words(found: Service | Publication) -> str:
    """Say where a service stands on the norms, the worst first; a taker sees counts, no reasons."""
    if isinstance(found, Publication):
        return _("that of %(name)s") % {"name": found.norms} if found.norms else _("not told")
    if not found.standing:
        return _("not told")
    counts, total = found.standing, sum(found.standing.values())
    words = dict(VERDICTS)
    said = [f"{counts[one]} {words[one]}" for one in WORST_FIRST if one in counts]
    said += [f"{counts[other]} {words[other]}" for other in counts if other not in WORST_FIRST]
    of = _("of %(total)d requirements") % {"total": total}
    return f"{', '.join(said)} ({of})"


def of_dependency(dependency: Dependency) -> list[Panel]:
    """Return the panel of a dependency."""
    rows = [
        (_("What"), dependency.dependent),
        (_("Needs"), dependency.needed),
        (_("How"), how_words(dependency)),
        (_("Can do without for"), hours_words(dependency.delay_hours)),
        (_("Since"), dependency.since),
        (_("Source"), dependency.source),
        (_("Note"), dependency.note),
        (_("Confirmed"), dependency.confirmed_on or _("never")),
        *([(_("Ended"), dependency.ended_at)] if dependency.ended_at else []),
    ]
    return [Facts(_("The dependency"), rows)]


def country_words(code: str) -> str:
    """Name a country, or say that it is unknown."""
    return name_of(code) if code else _("unknown")
