# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Systems on the internet from a sheet, with the names and addresses that belong to each."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.audit import history_of
from dijkring.core.errors import Refused
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.intake.values import plain
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services.lines import CHANGED, NEW, UNCHANGED, Line, refused
from dijkring.onboarding.services.people_known import Colleagues, Nobody
from dijkring.surface import addresses, names
from dijkring.surface.models import Part, System
from dijkring.surface.services import systems as services
from dijkring.surface.services.systems import Wanted

_KINDS = {
    System.Kind.WEBSITE: "website,webapplicatie,site,portaal,web,applicatie,saas",
    System.Kind.MAIL: "mail,e mail,email,mailserver",
    System.Kind.API: "api,koppeling,webservice,koppelvlak",
    System.Kind.NETWORK: "netwerk,network,ip,ip adres,adres,vpn,firewall,infrastructuur",
    System.Kind.OTHER: "anders,overig,other,iets anders",
}
_PARTS = {
    Part.OWNER: "eigenaar,owner,zelf,eigen",
    Part.JOINT: "samen,gezamenlijk,joint,mede eigenaar,samen met anderen eigenaar,gedeeld",
    Part.CUSTOMER: "klant,afnemer,customer,klant van een leverancier,saas",
}
_BETWEEN = re.compile(r"[\s,;|]+")


def _meaning(words: dict[Any, str], text: str | None, usual: str) -> str:
    if not text:
        return usual
    for key, known in words.items():
        if plain(text) in known.split(",") or text.casefold() == key:
            return str(key)
    raise Refused(_("'%(text)s' is not known here.") % {"text": text[:60]})


def _each(text: str | None, read: Callable[[str], str]) -> list[str]:
    return sorted({read(one) for one in _BETWEEN.split(text or "") if one})


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per system; what is no name, address, kind or colleague is refused."""
    people = Colleagues(actor.organisation_id)
    return [_line(one, people) for one in reads]


def _line(one: Read, people: Colleagues) -> Line:
    name = " ".join(str(one.values.get("name") or "").split())
    if one.refused:
        return refused(one.line, one.refused, name)
    try:
        values = _values(one.values, name, people)
    except (Refused, Nobody) as why:
        return refused(one.line, str(getattr(why, "message", why)), name)
    return Line(one.line, key=name.casefold(), label=name, values=values)


def _values(given: dict[str, Any], name: str, people: Colleagues) -> dict[str, Any]:
    owner, reviewed_on = given.get("owner"), given.get("reviewed_on")
    return {
        "name": name,
        "kind": _meaning(_KINDS, given.get("kind"), System.Kind.WEBSITE),
        "part": _meaning(_PARTS, given.get("part"), Part.OWNER),
        "owner_id": people.find(owner) if owner else None,
        "supplier": given.get("supplier") or "",
        "purpose": given.get("purpose") or "",
        "reviewed_on": reviewed_on.isoformat() if reviewed_on else None,
        "names": _each(given.get("names"), names.checked),
        "addresses": _each(given.get("addresses"), addresses.checked),
    }


def known_elsewhere(actor: Actor, lines: Sequence[Line]) -> None:
    """Leave systems alone that were added by hand: what stands there was written here."""
    known = {one.name.casefold() for one in _in_use(actor)}
    for one in lines:
        if one.status == NEW and one.key in known:
            one.status, one.reason = UNCHANGED, _("Stands in the register already.")


def _in_use(actor: Actor) -> list[System]:
    return list(System.objects.filter(organisation_id=actor.organisation_id, retired_at=None))


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Add systems, and change those of an earlier import."""
    known = {one.name.casefold(): one for one in _in_use(actor)}
    return [{"system": _write(actor, one, known.get(one.key)).pk} for one in lines]


def _write(actor: Actor, line: Line, there: System | None) -> System:
    reviewed_on = line.values["reviewed_on"]
    day = date.fromisoformat(reviewed_on) if reviewed_on else None
    wanted = Wanted(**{**line.values, "reviewed_on": day})
    if there is None:
        return services.add(actor=actor, wanted=wanted)
    if line.status != CHANGED:
        return there
    return services.change(actor=actor, system=there, wanted=wanted)


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Retire the systems on which nobody has worked since; their names stay registered."""
    wanted = [row.made["system"] for row in rows]
    events = history_of(System).objects.filter(pgh_obj_id__in=wanted, pgh_label="update")
    worked_on = set(events.values_list("pgh_obj_id", flat=True))
    found = System.objects.filter(pk__in=wanted, retired_at=None).exclude(pk__in=worked_on)
    gone = {system.pk: system for system in found}
    for system in gone.values():
        services.retire(actor=actor, system=system, reason=reason)
    words = _("Somebody has worked on this system, or it is out of use already.")
    return {row.pk: words for row in rows if row.made["system"] not in gone}
