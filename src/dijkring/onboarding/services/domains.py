# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Domain names from a list, a sheet, a zone file or the register of internet domains."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.intake.values import plain
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services.lines import CHANGED, UNCHANGED, Line, left_out, refused
from dijkring.organisations.models import Organisation
from dijkring.surface import names
from dijkring.surface.models import Domain
from dijkring.surface.services import domains as services


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per name; names of other organisations are left out."""
    ours = plain(Organisation.objects.get(pk=actor.organisation_id).name)
    known = set(services.current(actor.organisation_id).values_list("name", flat=True))
    return [_line(one, ours, known) for one in reads]


def _line(one: Read, ours: str, known: set[str]) -> Line:
    text = str(one.values.get("name") or "")
    owner = one.values.get("organisation")
    if owner and plain(owner).removeprefix("gemeente ") != ours.removeprefix("gemeente "):
        return left_out(one.line, _("This name is of %(owner)s.") % {"owner": owner[:80]}, text)
    if one.refused:
        return refused(one.line, one.refused, text)
    try:
        name = names.checked(text)
    except Refused as why:
        return refused(one.line, why.message, text)
    values = {
        "name": name,
        "responsible": one.values.get("responsible") or "",
        "note": one.values.get("note") or "",
    }
    found = Line(one.line, key=name, label=names.shown(name), values=values)
    if name in known and not (values["responsible"] or values["note"]):
        found.status, found.reason = UNCHANGED, _("Is registered already.")
    return found


def known_elsewhere(actor: Actor, lines: Sequence[Line]) -> None:
    """Leave names alone that were registered by hand: what stands there was written here."""
    known = set(services.current(actor.organisation_id).values_list("name", flat=True))
    for one in lines:
        if one.status == "new" and one.key in known:
            one.status, one.reason = UNCHANGED, _("Is registered already.")


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Register names, the shortest first, and change who hosts those of an earlier import."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].key.count("."))
    made: dict[int, dict[str, Any]] = {}
    for place in order:
        made[place] = {"domain": _write(actor, lines[place]).pk}
    return [made[place] for place in range(len(lines))]


def _write(actor: Actor, line: Line) -> Domain:
    domain = services.current(actor.organisation_id).filter(name=line.key).first()
    if domain is None or line.status != CHANGED:
        return domain or services.register_domain(actor=actor, **line.values)
    return services.change(
        actor=actor,
        domain=domain,
        carries_web=domain.carries_web,
        carries_mail=domain.carries_mail,
        responsible=line.values["responsible"],
        note=line.values["note"],
    )


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Remove the names that do not count yet; what is measured leaves only by two persons."""
    found = Domain.objects.filter(
        pk__in=[row.made["domain"] for row in rows], state=Domain.State.REGISTERED
    )
    waiting = {domain.pk: domain for domain in found}
    for domain in waiting.values():
        services.remove_domain(actor=actor, domain=domain, reason=reason)
    words = _("This name is being measured, or was removed already.")
    return {row.pk: words for row in rows if row.made["domain"] not in waiting}
