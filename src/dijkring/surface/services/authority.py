# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proving that the organisation may have a name measured: by its own DNS, or by a statement.

Who runs a name also runs the names below it, so that one proof is enough for all of them.
"""

from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.services import populations
from dijkring.surface import environment, names, probing
from dijkring.surface.engine.checks import REASONS
from dijkring.surface.engine.observations import Lookup
from dijkring.surface.facts import MAIL, WEB
from dijkring.surface.models import FLOW, Domain
from dijkring.surface.services import measuring
from dijkring.ui import words


def prove_by_dns(*, actor: Actor, domain: Domain) -> Domain:
    """Look for the token of a name in the DNS, and count the name from now on when it is there.

    Takes a few seconds at most. Raises Refused, in words, when the token cannot be seen.
    """
    actor.require("surface.register")
    if domain.state == Domain.State.AUTHORISED:
        return domain
    found = probing.text_records(domain.record_name, environment.options())
    if found.outcome == "failed" or found.security == "bogus":
        raise Refused(_("%(name)s could not be looked up: %(why)s") % _why(domain, found))
    if domain.record_value not in [record.strip() for record in found.records]:
        raise Refused(_not_there(domain, found))
    return _authorise(actor, domain, Domain.Authority.DNS_TXT)


def _why(domain: Domain, found: Lookup) -> dict[str, str]:
    reason = found.trouble.reason if found.trouble else "bogus"
    return {"name": domain.record_name, "why": REASONS[reason][words.language()].split("{")[0]}


def _not_there(domain: Domain, found: Lookup) -> str:
    if found.records:
        text = _(
            "%(name)s says something else: %(value)s. Publish exactly the value that is shown."
        )
        return text % {"name": domain.record_name, "value": found.records[0][:100]}
    text = _("%(name)s has no TXT record yet. It may take an hour before a new one is seen.")
    return text % {"name": domain.record_name}


def prove_by_statement(
    *, actor: Actor, domain: Domain, name: str, function: str, text: str
) -> Domain:
    """Record the statement of the person entitled to have a name measured, and count the name."""
    actor.require("surface.authorise")
    if not (name.strip() and function.strip() and text.strip()):
        raise Refused(_("Give the name and function of the entitled person, and what they stated."))
    if domain.state == Domain.State.AUTHORISED:
        return domain
    stated = f"{name.strip()}, {function.strip()}: {text.strip()}"
    return _authorise(actor, domain, Domain.Authority.STATEMENT, stated)


def take_from_above(actor: Actor, domain: Domain) -> None:
    """Count a new name at once when authority over a name above it has been proven."""
    proven = Domain.objects.filter(
        organisation_id=domain.organisation_id,
        state=Domain.State.AUTHORISED,
        name__in=names.above(domain.name),
    ).first()
    if proven is not None:
        _count_from_now(actor, domain, Domain.Authority.PARENT, proven.name)


def _authorise(actor: Actor, domain: Domain, kind: str, text: str = "") -> Domain:
    FLOW.move(domain.state, Domain.State.AUTHORISED)
    _count_from_now(actor, domain, kind, text)
    below = Domain.objects.filter(
        organisation_id=domain.organisation_id,
        state=Domain.State.REGISTERED,
        name__endswith=f".{domain.name}",
    )
    for one in below:
        _count_from_now(actor, one, Domain.Authority.PARENT, domain.name)
    measuring.plan_daily(actor=actor)
    return domain


def _count_from_now(actor: Actor, domain: Domain, kind: str, text: str) -> None:
    domain.state, domain.authority, domain.authority_text = Domain.State.AUTHORISED, kind, text
    domain.authority_by_id, domain.authority_at = actor.user_id, clock.now()
    domain.save()
    count(actor, domain)


def count(actor: Actor, domain: Domain) -> None:
    """Let a name be one of those that ought to have facts, for what it carries."""
    for population, carried in ((WEB, domain.carries_web), (MAIL, domain.carries_mail)):
        if carried:
            populations.add(
                actor=actor,
                population=population,
                member=domain.name,
                responsible=domain.responsible,
            )
