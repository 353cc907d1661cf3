# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The panels of login and access."""

from typing import Any

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.identity import selectors
from dijkring.identity.models import IdentityProvider
from dijkring.identity.services import duty, emergency, providers, sessions
from dijkring.identity.tables import (
    BreakGlassTable,
    EmergencyTable,
    EmergencyUseTable,
    IdentityTable,
    MemberTable,
    RuleTable,
    UseTable,
)
from dijkring.identity.words import result_words
from dijkring.ui.panels import Facts, Panel, RelatedTable


def overview(request: Any) -> list[Panel]:
    """Return the panels for the administrator."""
    organisation_id = request.actor.organisation_id
    accounts = BreakGlassTable(selectors.accounts(organisation_id), request=request)
    uses = UseTable(list(selectors.uses(organisation_id)[:20]), request=request)
    return [
        *_provider(request, organisation_id),
        _duty(organisation_id),
        RelatedTable(_("Break-glass accounts"), accounts, _("There is none yet.")),
        RelatedTable(_("Seals that were broken"), uses, _("No seal was broken.")),
        *_emergency(request, organisation_id),
        _members(request, organisation_id),
    ]


def _emergency(request: Any, organisation_id: int) -> list[Panel]:
    people = EmergencyTable(selectors.emergency_accesses(organisation_id), request=request)
    rows = list(selectors.emergency_uses(organisation_id)[:20])
    none = _("Nobody has it: when the provider is down, only envelopes are left.")
    found: list[Panel] = [RelatedTable(_("Emergency access"), people, none)]
    if rows:
        uses = EmergencyUseTable(rows, request=request)
        found += [RelatedTable(_("When emergency access was used"), uses)]
    return found


def _provider(request: Any, organisation_id: int) -> list[Panel]:
    found = providers.provider_of(organisation_id)
    if found is None:
        return [Facts(_("Identity provider"), [(_("State"), _("none: only Dijkring's own login"))])]
    rules = RuleTable(list(found.rules.all()), request=request)
    known = IdentityTable(selectors.identities(organisation_id), request=request)
    return [
        Facts(_("Identity provider"), _provider_rows(found)),
        RelatedTable(
            _("Rules for roles"),
            rules,
            _("No rules: only people who have access already can log in through it."),
        ),
        RelatedTable(_("Connected logins"), known, _("Nobody has logged in through it yet.")),
    ]


def _provider_rows(found: IdentityProvider) -> list[tuple[str, Any]]:
    return [
        (_("Name"), found.name),
        (_("State"), _("in use") if found.active else _("not in use")),
        (_("Issuer"), found.issuer),
        (_("Client id"), found.client_id),
        (_("E-mail domains"), found.domains),
        (_("Asks for a second step"), _("yes") if found.two_steps else _("only when it says so")),
        (_("Last test"), found.checked_at),
        (_("What came of it"), result_words(found.check_result)),
    ]


def _duty(organisation_id: int) -> Panel:
    found = duty.duty_of(organisation_id)
    if found is None or not found.required:
        rows: list[tuple[str, Any]] = [(_("State"), _("not demanded"))]
    else:
        past = found.from_at is not None and found.from_at <= clock.now()
        rows = [
            (_("State"), _("demanded") if past else _("announced")),
            (_("From"), found.from_at),
        ]
    if found is not None:
        rows += [(_("Decided by"), str(found.decided_by or "Dijkring"))]
        rows += [(_("Decided on"), found.decided_at)]
    return Facts(_("Second step"), rows)


def _members(request: Any, organisation_id: int) -> Panel:
    rows = list(selectors.members(organisation_id))
    ids = [row.user_id for row in rows]
    safe, open_sessions = duty.with_second_step(ids), sessions.counts(ids)
    for row in rows:
        row.step = _("set up") if row.user_id in safe else _("not set up")  # type: ignore[attr-defined]
        row.sessions = open_sessions.get(row.user_id, 0)  # type: ignore[attr-defined]
    return RelatedTable(_("People"), MemberTable(rows, request=request))


def mine(request: Any) -> list[Panel]:
    """Return the panels of somebody's own login."""
    way = sessions.opened(request)
    came = _("Dijkring's own login")
    if way is not None:
        came = {
            sessions.PROVIDER: way["name"],
            sessions.EMERGENCY: _("your emergency access"),
        }.get(way["by"], _("a break-glass code"))
    rows = [
        (_("You came in with"), came),
        (_("With a second step"), _("yes") if duty.took_second_step(request) else _("no")),
    ]
    if way is None:
        ready = duty.has_second_step(request.user.pk)
        rows += [(_("Second step set up"), _("yes") if ready else _("no"))]
    return [Facts(_("This session"), rows), *_own_emergency(request)]


def _own_emergency(request: Any) -> list[Panel]:
    found = emergency.own(request.actor)
    if found is None:
        return []
    never = _("not yet")
    rows = [
        (_("For"), found.purpose),
        (_("Name to log in with"), found.login),
        (_("Set up on"), found.enrolled_at or never),
        (_("Last tested"), found.tested_at or never),
        (_("Codes left on paper"), len(found.code_hashes)),
    ]
    return [Facts(_("Your emergency access"), rows)]


def announced(request: Any) -> dict[str, Any] | None:
    """Return what everybody must know now, on today's page only: a use, or a coming duty."""
    match = request.resolver_match
    if match is None or match.view_name != "accountability:today":
        return None
    organisation_id = request.actor.organisation_id
    found = duty.duty_of(organisation_id)
    coming = found if found and found.required and found.from_at > clock.now() else None  # type: ignore[operator]
    if coming and (duty.took_second_step(request) or duty.has_second_step(request.user.pk)):
        coming = None
    uses = selectors.to_review(organisation_id)
    entered = selectors.emergencies_to_review(organisation_id)
    may = request.can("identity.review")
    shown = {"uses": uses, "entered": entered, "coming": coming, "can_review": may}
    return shown if uses or entered or coming else None
