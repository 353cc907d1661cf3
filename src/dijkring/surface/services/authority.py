# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proving that the organisation may have a name measured: by its own DNS, or by a statement.

Who runs a name also runs the names below it, so that one proof is enough for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac
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
from dijkring.surface.services import measuring, placing
from dijkring.ui import words

MOST = 200


@dataclass(frozen=True, slots=True)
class Looked:
    """A name for whose record was looked, and what is wrong; nothing when it is proven."""

    domain: Domain
    wrong: str = ""


def list_value(organisation_id: int) -> str:
    """Return the one value that proves every name of an organisation, and of no other."""
    return (
        f"dijkring-verify={salted_hmac('dijkring.surface.list', str(organisation_id)).hexdigest()}"
    )


def prove_by_dns(*, actor: Actor, domain: Domain) -> Domain:
    """Look for the token of a name in the DNS, and count the name from now on when it is there.

    Takes a few seconds at most. Raises Refused, in words, when the token cannot be seen.
    """
    for looked in prove_many_by_dns(actor=actor, domains=[domain]):
        if looked.wrong:
            raise Refused(looked.wrong)
    return domain


def prove_many_by_dns(*, actor: Actor, domains: Sequence[Domain]) -> list[Looked]:
    """Look for the tokens of names side by side; the names whose token is there count from now on.

    Both the token of a name and the one of the whole list are right. Raises Refused above 200.
    """
    actor.require("surface.register")
    if len(domains) > MOST:
        raise Refused(_("At most %(most)d names can be checked at once.") % {"most": MOST})
    asked = [one for one in domains if one.state != Domain.State.AUTHORISED]
    found = probing.text_records([one.record_name for one in asked], environment.options())
    looked = [Looked(one, _wrong(one, found[one.record_name])) for one in asked]
    for domain in highest([one.domain for one in looked if not one.wrong]):
        _authorise(actor, domain, Domain.Authority.DNS_TXT)
    return looked


def _wrong(domain: Domain, found: Lookup) -> str:
    """Say what is wrong with the record of a name; nothing when it is right."""
    if found.outcome == "failed" or found.security == "bogus":
        return _("%(name)s could not be looked up: %(why)s") % _why(domain, found)
    right = {domain.record_value, list_value(domain.organisation_id)}
    if right.isdisjoint(record.strip() for record in found.records):
        return _not_there(domain, found)
    return ""


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


def state_for_many(
    *, actor: Actor, domains: Sequence[Domain], name: str, function: str, text: str
) -> int:
    """Record one statement for several names; returns how many names count by it from now on."""
    actor.require("surface.authorise")
    if not domains:
        raise Refused(_("Choose at least one name."), "domains")
    before = len(waiting(actor.organisation_id))
    for domain in highest(domains):
        prove_by_statement(actor=actor, domain=domain, name=name, function=function, text=text)
    return before - len(waiting(actor.organisation_id))


def waiting(organisation_id: int) -> list[Domain]:
    """Return the names without proof, the shortest first."""
    rows = Domain.objects.filter(
        organisation_id=organisation_id, state=Domain.State.REGISTERED
    ).order_by("name")
    return sorted(rows, key=lambda row: (row.name.count("."), row.name))


def highest(domains: Sequence[Domain]) -> list[Domain]:
    """Leave out the names below another one of these: the proof of that one is theirs."""
    given = {one.name for one in domains}
    return [one for one in domains if given.isdisjoint(names.above(one.name))]


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
    placing.observe(actor.organisation_id, [domain])


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
