# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of joint incidents: the list, the shared dossier, inviting, answering, sharing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dijkring.core import clock
from dijkring.core.web import page
from dijkring.incidents import joint_words as said
from dijkring.incidents.forms.joint import YES, InviteForm, PlaceForm, ShareForm
from dijkring.incidents.models import Incident, JointEntry
from dijkring.incidents.models.incidents import HANDLE
from dijkring.incidents.panels import joint as panels
from dijkring.incidents.selectors import clocks as clock_selectors
from dijkring.incidents.selectors import joint as selectors
from dijkring.incidents.selectors.joint import Member, Side
from dijkring.incidents.services import joint as services
from dijkring.incidents.services import joint_dossier as dossier
from dijkring.incidents.services import joint_places
from dijkring.incidents.services.joint import LEAD
from dijkring.incidents.services.joint_dossier import Said
from dijkring.incidents.services.joint_reports import GIVE
from dijkring.incidents.tables.joint import CountTable, SideTable
from dijkring.incidents.views.incidents import VIEW, incident_of, titled, trail
from dijkring.landscape.selectors.services import published
from dijkring.organisations.models import Organisation
from dijkring.ui import pages, words
from dijkring.ui.pages import Action, Empty, link
from dijkring.ui.panels import RelatedTable

MOST_ENTRIES = 60


def side_of(request: Any, pk: int) -> Side:
    """Return what an incident has to do with a joint one, or 404."""
    found = selectors.side_of(incident_of(request, pk))
    if found is None:
        raise Http404
    return found


def trail_of(request: Any, side: Side) -> list[tuple[str, str]]:
    """Return the way back: the register, the incident, its shared dossier."""
    here = (_("Shared dossier"), link(request, "incidents:joint", side.incident.pk))
    return [*trail(request, side.incident), here]


def form(request: Any, side: Side, form: Any, **options: Any) -> HttpResponse:
    """Show a form about a joint incident, marked where it is an exercise."""
    options["title"] = titled(side.incident, options["title"])
    return pages.form_page(
        request,
        form,
        back=link(request, "incidents:joint", side.incident.pk),
        trail=trail_of(request, side),
        extra={"template": "incidents/form.html", "incident": side.incident},
        **options,
    )


def done(request: Any, side: Side, message: str) -> str:
    """Say what was done, and go to the shared dossier."""
    messages.success(request, message)
    return link(request, "incidents:joint", side.incident.pk)


@page(VIEW)
def joints(request: Any) -> HttpResponse:
    """List the joint incidents that we lead or take part in, and counts that others share."""
    id = request.actor.organisation_id
    sides = [Side(one.key, one.incident, one.organisation, joint=one)
             for one in selectors.led(id).select_related("organisation")]  # fmt: skip
    places = list(selectors.places(id))
    invites = selectors.invites_of(places)
    sides += [
        Side(one.key, one.incident, one.provider, place=one, invite=invites.get(one.pk))
        for one in places
    ]
    sides.sort(key=lambda one: one.incident.reported_at, reverse=True)
    return pages.list_page(
        request,
        sides,
        table=SideTable,
        title=_("Joint incidents"),
        purpose=_("Incidents that several organisations handle together. Each keeps its own"
                  " deadlines, decisions and reports; only what somebody shares is shared."),
        empty=Empty(_("There is no joint incident. Who leads one begins at an incident of its own,"
                      " with 'Invite others'.")),
        trail=trail(request)[:1],
        extra={"template": "incidents/joints.html", "counts": _counts(request)},
    )  # fmt: skip


def _counts(request: Any) -> Any:
    names = {True: _("going on"), False: _("closed")}
    found = selectors.counts()
    leaders = Organisation.objects.in_bulk({one.provider_id for one in found})
    rows = [
        {**one._asdict(), "provider": leaders[one.provider_id].name, "going": names[one.open]}
        for one in found
    ]
    if not rows:
        return ""
    table = CountTable(rows, request=request, orderable=False)
    return RelatedTable(_("Joint incidents of others, in counts"), table).render(request)


@page(VIEW)
def joint(request: Any, pk: int) -> HttpResponse:
    """Show the shared dossier, and to who leads how far each member is."""
    side = side_of(request, pk)
    members = selectors.members(side.joint) if side.joint else []
    return pages.detail_page(
        request,
        side.incident,
        title=titled(side.incident, _("Shared dossier: %(incident)s")
                     % {"incident": side.incident.title}),
        state=said.side_look(side),
        purpose=_("Everybody who takes part reads this. Your timeline, decisions, weighing,"
                  " deadlines and reports stay with you."),
        panels=panels.of_dossier(request, side, members),
        actions=_leads(request, side, members) if side.leads else _takes_part(request, side),
        trail=trail(request, side.incident),
        extra={"template": "incidents/incident.html"},
    )  # fmt: skip


def _leads(request: Any, side: Side, members: list[Member]) -> list[Action]:
    to = {
        name: link(request, f"incidents:joint_{name}", side.incident.pk)
        for name in ("share", "invite", "offer", "submit", "aware")
    }
    aware = clock_selectors.latest(side.incident)
    offers = [
        (HANDLE, True, Action(_("Share something"), to["share"], "primary", "plus")),
        (LEAD, side.incident.is_open, Action(_("Invite others"), to["invite"])),
        (LEAD, any(one.active for one in members),
         Action(_("Offer the draft of a report"), to["offer"])),
        (LEAD, bool(selectors.mandates(side)),
         Action(_("Handed in for a member"), to["submit"])),
        (LEAD, aware is not None and bool(aware.reason),
         Action(_("Pass on the amended awareness"), to["aware"], post=True)),
    ]  # fmt: skip
    return [action for right, offered, action in offers if offered and request.can(right)]


def _takes_part(request: Any, side: Side) -> list[Action]:
    to = {
        name: link(request, f"incidents:joint_{name}", side.incident.pk)
        for name in ("share", "place", "mandate")
    }
    out = link(request, "incidents:joint_out", side.incident.pk, side.incident.organisation.slug)
    active = side.takes_part
    offers = [
        (HANDLE, not side.answered,
         Action(_("Take part or decline"), to["place"], "primary")),
        (HANDLE, active, Action(_("Share something"), to["share"], "primary", "plus")),
        (GIVE, active, Action(_("Give a mandate for reports"), to["mandate"])),
        (HANDLE, active, Action(_("What we show of our reports"), to["place"])),
        (HANDLE, active, Action(_("Take part no longer…"), out, "subtle")),
    ]  # fmt: skip
    return [action for right, offered, action in offers if offered and request.can(right)]


@page(LEAD, writes=True)
def invite(request: Any, pk: int) -> HttpResponse:
    """Invite others to handle an incident together; the first time opens the dossier."""
    found = incident_of(request, pk)
    partners = {one.pk: one for one in services.may_be_invited(found)}
    start = {"title": found.title}
    choices = [(one.pk, one.name) for one in partners.values()]
    shown = InviteForm(request.POST or None, partners=choices, initial=start)
    aware = clock_selectors.latest(found)
    return pages.form_page(
        request,
        shown,
        title=titled(found, _("Invite others")),
        purpose=_("Each gets an incident of its own at once, with deadlines that count from %(at)s:"
                  " the moment at which you were aware.")
        % {"at": words.moment_words(aware.at) if aware else words.NOTHING},
        submit=_("Invite"),
        back=link(request, "incidents:incident", pk),
        trail=trail(request, found),
        extra={"template": "incidents/form.html", "incident": found},
        on_valid=lambda valid: _invited(request, found, partners, valid),
    )  # fmt: skip


def _invited(
    request: Any, found: Incident, partners: dict[int, Organisation], valid: InviteForm
) -> str:
    chosen = [partners[id] for id in valid.cleaned_data["members"]]
    services.invite(actor=request.actor, incident=found, members=chosen, wanted=valid.wanted())
    count = len(chosen)
    told = ngettext("The invitation is under way.", "%(count)s invitations are under way.", count)
    messages.success(request, told % {"count": count})
    return link(request, "incidents:joint", found.pk)


@page(HANDLE, writes=True)
def place(request: Any, pk: int) -> HttpResponse:
    """Take part or decline, and choose what we show of our reports."""
    side = side_of(request, pk)
    if side.place is None:
        raise Http404
    start = {"shows": side.place.shows}
    shown = PlaceForm(request.POST or None, answered=side.answered, initial=start)
    title = _("What we show of our reports") if side.answered else _("Take part or decline")
    return form(
        request,
        side,
        shown,
        title=title,
        submit=_("Save"),
        on_valid=lambda valid: _placed(request, side, valid.cleaned_data),
    )


def _placed(request: Any, side: Side, given: dict[str, Any]) -> str:
    if side.answered:
        joint_places.show(actor=request.actor, incident=side.incident, shows=given["shows"])
        return done(request, side, _("Saved."))
    accepted = given["accepted"] == YES
    joint_places.answer(
        actor=request.actor,
        incident=side.incident,
        accepted=accepted,
        shows=given["shows"],
        reason=given["reason"],
    )
    yes = _("You take part. What was shared before comes in within a minute.")
    return done(request, side, yes if accepted else _("You declined. Who leads it has been told."))


@page(HANDLE, writes=True)
def share(request: Any, pk: int) -> HttpResponse:
    """Put something in the shared dossier."""
    side = side_of(request, pk)
    own = {one.pk: one for one in selectors.unshared(side.incident)[:MOST_ENTRIES]}
    services_ = [one.name for one in published(request.actor.organisation_id)]
    shown = ShareForm(
        request.POST or None,
        entries=[(one.pk, f"{words.moment_words(one.at)}: {one.text}") for one in own.values()],
        services=services_,
    )
    return form(
        request,
        side,
        shown,
        title=_("Share something"),
        purpose=_("Everybody who takes part reads it at once, and nobody can take it back. Was it"
                  " wrong? Then share that as well."),
        submit=_("Share"),
        on_valid=lambda valid: _shared(request, side, own, valid.cleaned_data),
    )  # fmt: skip


def _shared(request: Any, side: Side, own: dict[int, Any], given: dict[str, Any]) -> str:
    actor, incident = request.actor, side.incident
    chosen = [own[id] for id in given.get("entries", [])]
    dossier.share_entries(actor=actor, incident=incident, entries=chosen)
    kinds, now = JointEntry.Kind, clock.now()
    if text := given["situation"]:
        dossier.share(actor=actor, incident=incident, said=Said(kinds.SITUATION, now, text))
    if subject := given["subject"]:
        state = given["state"]
        told = Said(kinds.SERVICE, now, state, subject=subject, state=state)
        dossier.share(actor=actor, incident=incident, said=told)
    return done(request, side, _("Shared."))


@page(HANDLE, writes=True)
def out(request: Any, pk: int, member: str) -> HttpResponse:
    """Take a member out, for who leads; or take part no longer oneself."""
    side = side_of(request, pk)
    if side.leads:
        request.actor.require(LEAD)
        return _take_out(request, side, member)
    if member != side.incident.organisation.slug or not side.takes_part:
        raise Http404
    return _confirm(
        request,
        side,
        title=_("Take part no longer"),
        text=_("Nothing new comes in. What you saw stays, and your own incident and its deadlines"
               " go on. Who leads reads the reason."),
        submit=_("Take part no longer"),
        act=lambda reason: joint_places.leave(
            actor=request.actor, incident=side.incident, reason=reason
        ),
    )  # fmt: skip


def _take_out(request: Any, side: Side, member: str) -> HttpResponse:
    assert side.joint is not None  # noqa: S101 -- who leads has one
    rows = [one for one in selectors.members(side.joint) if one.organisation.slug == member]
    if not rows or rows[0].may_be_invited:
        raise Http404
    return _confirm(
        request,
        side,
        title=_("Take out %(who)s") % {"who": rows[0].organisation},
        text=_("It gets nothing new from now on, and keeps what it saw. It is told, with your"
               " reason."),
        submit=_("Take out of it"),
        act=lambda reason: services.remove(
            actor=request.actor, invite=rows[0].invite, reason=reason
        ),
    )  # fmt: skip


def _confirm(
    request: Any, side: Side, *, title: str, text: str, submit: str, act: Any
) -> HttpResponse:
    def carry_out(reason: str) -> str:
        act(reason)
        return done(request, side, _("Done."))

    return pages.confirm_page(
        request,
        title=titled(side.incident, title),
        text=text,
        submit=submit,
        back=link(request, "incidents:joint", side.incident.pk),
        trail=trail_of(request, side),
        on_confirm=carry_out,
    )
