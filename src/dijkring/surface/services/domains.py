# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registering names, changing them, and taking them out of the count."""

import secrets
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dijkring.core import clock, tenancy
from dijkring.core.access import Actor, system_actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Fact, PopulationMember
from dijkring.evidence.services import populations, rounds
from dijkring.surface import names
from dijkring.surface.facts import MAIL, SOURCE, WEB
from dijkring.surface.models import Domain
from dijkring.surface.services import authority, placing

MOST_AT_ONCE = 500
FLAG_OF = {WEB: "carries_web", MAIL: "carries_mail"}


def register_domain(
    *,
    actor: Actor,
    name: str,
    carries_web: bool = True,
    carries_mail: bool | None = None,
    responsible: str = "",
    note: str = "",
) -> Domain:
    """Register a name; a name below one with proven authority is measured from now on.

    `carries_mail` None: names directly below a public suffix carry mail, others do not. Raises
    Refused for what is no public domain name and for a name that is registered already.
    """
    actor.require("surface.register")
    ascii_name = names.checked(name)
    if current(actor.organisation_id).filter(name=ascii_name).exists():
        raise Refused(_("%(name)s is registered already.") % {"name": ascii_name}, "names")
    mail = names.stands_alone(ascii_name) if carries_mail is None else carries_mail
    _check_flags(carries_web, mail)
    domain = Domain.objects.create(
        organisation_id=actor.organisation_id,
        name=ascii_name,
        carries_web=carries_web,
        carries_mail=mail,
        responsible=responsible.strip(),
        note=note,
        token=secrets.token_urlsafe(24),
        registered_at=clock.now(),
    )
    authority.take_from_above(actor, domain)
    return domain


def current(organisation_id: int) -> QuerySet[Domain]:
    """Return the names that are registered now."""
    return Domain.objects.filter(organisation_id=organisation_id).exclude(
        state=Domain.State.REMOVED
    )


def _check_flags(carries_web: bool, carries_mail: bool) -> None:
    if not (carries_web or carries_mail):
        raise Refused(_("Choose a website, mail, or both."), "carries")


def register_domains(
    *,
    actor: Actor,
    lines: Sequence[str],
    carries_web: bool = True,
    carries_mail: bool | None = None,
    responsible: str = "",
) -> tuple[list[Domain], list[str]]:
    """Register one name per line, all or none; returns the new domains and the names known already.

    Raises Refused with the number of every line that is wrong.
    """
    actor.require("surface.register")
    wanted = _read(lines)
    known = set(
        current(actor.organisation_id).filter(name__in=wanted).values_list("name", flat=True)
    )
    made = [
        register_domain(
            actor=actor,
            name=name,
            carries_web=carries_web,
            carries_mail=carries_mail,
            responsible=responsible,
        )
        for name in sorted(wanted, key=lambda name: name.count("."))
        if name not in known
    ]
    return made, sorted(known)


def _read(lines: Sequence[str]) -> list[str]:
    filled = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    if len(filled) > MOST_AT_ONCE:
        words = _("Give at most %(number)d names at once.")
        raise Refused(words % {"number": MOST_AT_ONCE}, "names")
    found, wrong = [], []
    for number, line in filled:
        try:
            found.append(names.checked(line))
        except Refused as refused:
            line_words = _("Line %(number)d: %(why)s")
            wrong.append(line_words % {"number": number, "why": refused.message})
    if wrong:
        raise Refused(" ".join(wrong), "names")
    return list(dict.fromkeys(found))


def change(
    *,
    actor: Actor,
    domain: Domain,
    carries_web: bool,
    carries_mail: bool,
    responsible: str,
    note: str,
) -> Domain:
    """Change who hosts a name, its note and what it carries.

    A website or mail that is being measured only leaves the count by `remove_domain`.
    """
    actor.require("surface.register")
    _check_in_use(domain)
    _check_flags(carries_web, carries_mail)
    if domain.state == Domain.State.AUTHORISED:
        _check_nothing_leaves(domain, carries_web, carries_mail)
    domain.carries_web, domain.carries_mail = carries_web, carries_mail
    domain.responsible, domain.note = responsible.strip(), note
    domain.save(update_fields=["carries_web", "carries_mail", "responsible", "note"])
    if domain.state == Domain.State.AUTHORISED:
        authority.count(actor, domain)
        placing.observe(actor.organisation_id, [domain])
        counted(domain).exclude(responsible=domain.responsible).update(
            responsible=domain.responsible
        )
    return domain


def _check_in_use(domain: Domain) -> None:
    if domain.state == Domain.State.REMOVED:
        raise Refused(_("This domain has been removed already."))


def _check_nothing_leaves(domain: Domain, carries_web: bool, carries_mail: bool) -> None:
    if (domain.carries_web and not carries_web) or (domain.carries_mail and not carries_mail):
        words = _("What is being measured leaves the count only with a reason and a second person.")
        raise Refused(words, "carries")


def counted(domain: Domain) -> QuerySet[PopulationMember]:
    """Return where a name counts now: as a website, as a mail domain, or both."""
    return PopulationMember.objects.filter(
        organisation_id=domain.organisation_id,
        population__in=[WEB, MAIL],
        member=domain.name,
        until=None,
    )


def remove_domain(
    *, actor: Actor, domain: Domain, reason: str, web: bool = True, mail: bool = True
) -> Domain:
    """Remove a name, or propose it when the name counts: then a second person must confirm.

    `web` and `mail` say what leaves the count; a name that never counted is removed whole.
    """
    _check_in_use(domain)
    if not reason.strip():
        raise Refused(_("Give the reason for removing this."), "reason")
    members = list(counted(domain))
    if not members:
        actor.require("surface.register")
        tenancy.note_reason(reason)
        return _remove(domain)
    leaving = [member for member in members if (web if member.population == WEB else mail)]
    if not leaving:
        raise Refused(_("Choose what leaves the count."))
    for member in leaving:
        populations.propose_removal(actor=actor, member=member, reason=reason)
    return domain


def confirm_removal(*, actor: Actor, domain: Domain) -> Domain:
    """Confirm, as another person than the proposer, what was proposed to leave the count.

    A name of which nothing is left is removed, and its facts end.
    """
    proposed = list(counted(domain).filter(taken_out_by__isnull=False))
    if not proposed:
        raise Refused(_("Nobody proposed to take this out of the count."))
    for member in proposed:
        populations.confirm_removal(actor=actor, member=member)
        setattr(domain, FLAG_OF[member.population], False)
    tenancy.note_reason(proposed[0].reason)
    domain.save(update_fields=["carries_web", "carries_mail"])
    if not (domain.carries_web or domain.carries_mail):
        _end(actor, domain)
    placing.observe(actor.organisation_id, [domain])
    return domain


def _end(actor: Actor, domain: Domain) -> Domain:
    for source in {SOURCE, *_sources_of(domain)}:
        rounds.record(
            actor=system_actor(actor.organisation_id),
            source=source,
            member=domain.name,
            observed_at=clock.now(),
            observations=[],
            complete=True,
        )
    return _remove(domain)


def _sources_of(domain: Domain) -> list[str]:
    rows = Fact.objects.filter(
        organisation_id=domain.organisation_id, member=domain.name, until=None
    )
    return list(rows.values_list("source", flat=True).distinct())


def _remove(domain: Domain) -> Domain:
    domain.state, domain.removed_at = Domain.State.REMOVED, clock.now()
    domain.save(update_fields=["state", "removed_at"])
    return domain
