# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of what there is: list, one asset, adding, changing, confirming, taking out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dijkring.core import clock
from dijkring.core.rows import id_of
from dijkring.core.web import page
from dijkring.landscape.filters.assets import AssetFilter
from dijkring.landscape.forms.assets import AssetForm, initial
from dijkring.landscape.models import Asset
from dijkring.landscape.panels import assets as panels
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.services import assets as services
from dijkring.landscape.services.assets import RIGHT
from dijkring.landscape.services.publications import RIGHT as PUBLISH
from dijkring.landscape.services.wanted import AssetWanted
from dijkring.landscape.tables.assets import AssetSheet, AssetTable, ChoiceTable, look
from dijkring.landscape.words import within_words
from dijkring.organisations.history import history
from dijkring.organisations.services import colleagues
from dijkring.ui import pages
from dijkring.ui.pages import Action, Empty, link


def trail(request: Any, *assets: Asset) -> list[tuple[str, str]]:
    """Return the way back to the landscape, and to some assets."""
    overview = (_("Landscape"), link(request, "landscape:assets"))
    return [overview, *((str(one), link(request, "landscape:asset", one.pk)) for one in assets)]


def asset_of(request: Any, pk: int) -> Asset:
    """Return an asset of the organisation, or 404."""
    return get_object_or_404(selectors.assets(request.actor.organisation_id), pk=pk)


@page("landscape.view")
def assets(request: Any) -> HttpResponse:
    """List what the organisation has, does and relies on."""
    organisation_id = request.actor.organisation_id
    may = request.can(RIGHT)
    add = Action(_("Add"), link(request, "landscape:add_asset"), icon="plus")
    return pages.list_page(
        request,
        selectors.assets(organisation_id),
        table=_table(request),
        filters=AssetFilter,
        title=_("Landscape"),
        purpose=_("What we have, do and rely on, who owns it, and how much needs it."),
        actions=[*([add] if may else []), *_ways(request)],
        extra={
            "template": "landscape/assets.html",
            "counted": selectors.counted(organisation_id),
            "may_keep": may,
        },
        empty=Empty(
            _("The landscape is empty: nothing can be said of it yet. Begin with one statutory"
              " task and what it needs, or bring in a sheet."),
            add if may else None,
        ),
    )  # fmt: skip


def _table(request: Any) -> type[AssetTable] | type[AssetSheet]:
    if request.GET.get("export"):
        return AssetSheet
    return ChoiceTable if request.can(RIGHT) else AssetTable


def _ways(request: Any) -> list[Action]:
    """Lead to the other pages of the landscape."""
    method = Action(_("How we classify"), link(request, "landscape:method"))
    found = [
        Action(_("What needs what"), link(request, "landscape:dependencies")),
        Action(_("Services"), link(request, "landscape:services")),
        Action(_("Suppliers"), link(request, "landscape:parties")),
        Action(_("Software"), link(request, "landscape:components")),
        Action(_("Read in, take along"), link(request, "landscape:imports")),
        *([method] if request.can(PUBLISH) else []),
    ]
    return found


@page("landscape.view")
def asset(request: Any, pk: int) -> HttpResponse:
    """Show one asset with what it needs and what needs it."""
    found = asset_of(request, pk)
    return pages.detail_page(
        request,
        found,
        title=found.name,
        state=look(found),
        purpose=found.description or within_words(found),
        panels=panels.of_asset(request, found),
        actions=[*_actions(request, found), *_asking(request, found)],
        timeline=history(found),
        trail=trail(request),
    )


def _actions(request: Any, found: Asset) -> list[Action]:
    if not request.can(RIGHT):
        return []
    names = ("confirm", "change", "retire", "restore")
    to = {name: link(request, f"landscape:{name}_asset", found.pk) for name in names}
    if found.retired_at is not None:
        return [Action(_("Put back"), to["restore"], "primary", post=True)]
    return [
        Action(_("Still right"), to["confirm"], "primary", post=True),
        Action(_("Add what it needs"), link(request, "landscape:depend", found.pk), icon="plus"),
        Action(_("Change"), to["change"], icon="edit"),
        *_publishing(request, found),
        Action(_("Take out…"), to["retire"], danger=True),
    ]


def _asking(request: Any, found: Asset) -> list[Action]:
    """Lead to what falls when it fails, and to what lies around it."""
    if found.retired_at is not None:
        return []
    query = f"?asset={found.pk}"
    return [
        Action(_("What if it fails…"), link(request, "landscape:what_if") + query),
        Action(_("Drawing"), link(request, "landscape:graph") + query),
    ]


def _publishing(request: Any, found: Asset) -> list[Action]:
    """Lead to the service that others get of it, or to making one."""
    if not request.can(PUBLISH) or found.provider_id is not None:
        return []
    published = found.publications.filter(until=None).first()
    if published is not None:
        return [Action(_("The service"), link(request, "landscape:service", published.pk))]
    return [Action(_("Provide to others…"), link(request, "landscape:publish", found.pk))]


def _form(request: Any, start: dict[str, Any]) -> AssetForm:
    organisation_id = request.actor.organisation_id
    people = [(one.user_id, str(one.user)) for one in colleagues(organisation_id)]
    levels = selectors.levels(organisation_id)
    return AssetForm(request.POST or None, people=people, levels=levels, initial=start)


def _extra(request: Any) -> dict[str, Any]:
    names = selectors.parties(request.actor.organisation_id).values_list("name", flat=True)
    return {"template": "landscape/asset_form.html", "parties": list(names)}


@page(RIGHT, writes=True)
def add_asset(request: Any) -> HttpResponse:
    """Add something to the landscape."""
    start = {
        "owner_id": request.actor.user_id,
        "confirmed_on": clock.today(),
        "kind": request.GET.get("kind", Asset.Kind.SYSTEM),
        "lifecycle": Asset.Lifecycle.IN_USE,
    }
    return pages.form_page(
        request,
        _form(request, start),
        title=_("Add to the landscape"),
        purpose=_("Only name and kind are needed now; what you leave empty counts as unknown."),
        submit=_("Add"),
        back=link(request, "landscape:assets"),
        trail=trail(request),
        extra=_extra(request),
        on_valid=lambda form: _added(request, form.wanted()),
    )


def _added(request: Any, wanted: AssetWanted) -> str:
    made = services.add(actor=request.actor, wanted=wanted)
    messages.success(request, _("It stands in the landscape."))
    return link(request, "landscape:asset", made.pk)


@page(RIGHT, writes=True)
def change_asset(request: Any, pk: int) -> HttpResponse:
    """Change what is said of an asset."""
    found = asset_of(request, pk)
    return pages.form_page(
        request,
        _form(request, initial(found)),
        title=_("Change %(name)s") % {"name": found},
        submit=_("Save"),
        back=link(request, "landscape:asset", pk),
        trail=trail(request, found),
        extra=_extra(request),
        stored=True,
        on_valid=lambda form: _changed(request, found, form.wanted()),
    )


def _changed(request: Any, found: Asset, wanted: AssetWanted) -> str:
    services.change(actor=request.actor, asset=found, wanted=wanted)
    messages.success(request, _("It has been changed."))
    return link(request, "landscape:asset", found.pk)


@page(RIGHT, writes=True)
@require_POST
def confirm_asset(request: Any, pk: int) -> HttpResponse:
    """Say that one asset stands there as it is."""
    services.confirm(actor=request.actor, assets=[asset_of(request, pk)])
    messages.success(request, _("Confirmed today."))
    return redirect(link(request, "landscape:asset", pk))


@page(RIGHT, writes=True)
@require_POST
def confirm_assets(request: Any) -> HttpResponse:
    """Say that the chosen assets stand there as they are."""
    ids = list(filter(None, map(id_of, request.POST.getlist("asset"))))[:1000]
    chosen = list(selectors.in_use(request.actor.organisation_id).filter(pk__in=ids))
    if not chosen:
        messages.warning(request, _("Choose at least one in the list."))
        return redirect(link(request, "landscape:assets"))
    count = services.confirm(actor=request.actor, assets=chosen)
    words = ngettext("%(n)d confirmed today.", "%(n)d confirmed today.", count)
    messages.success(request, words % {"n": count})
    return redirect(link(request, "landscape:assets"))


@page(RIGHT, writes=True)
def retire_asset(request: Any, pk: int) -> HttpResponse:
    """Take an asset out of the landscape."""
    found = asset_of(request, pk)
    return pages.confirm_page(
        request,
        title=_("Take out %(name)s") % {"name": found},
        text=_("It leaves the landscape with all that needs it and that it needs. You can put it"
               " back as it was."),
        submit=_("Take out"),
        back=link(request, "landscape:asset", pk),
        trail=trail(request, found),
        on_confirm=lambda reason: _retired(request, found, reason),
    )  # fmt: skip


def _retired(request: Any, found: Asset, reason: str) -> str:
    services.retire(actor=request.actor, asset=found, reason=reason)
    messages.success(request, _("It has been taken out. On its page you can put it back."))
    return link(request, "landscape:asset", found.pk)


@page(RIGHT, writes=True)
@require_POST
def restore_asset(request: Any, pk: int) -> HttpResponse:
    """Put an asset back."""
    services.restore(actor=request.actor, asset=asset_of(request, pk))
    messages.success(request, _("It is back as it was."))
    return redirect(link(request, "landscape:asset", pk))
