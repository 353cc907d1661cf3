# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A service with a taker, one taken from another, for the tests that visit every page."""

from dijkring.controls.models import Requirement
from dijkring.core.access import Actor, system_actor
from dijkring.core.tenancy import acting_for
from dijkring.evidence.services import offers, provisions, scopes
from dijkring.organisations.models import Organisation
from dijkring.tests.objects import Arguments, same


def make(actor: Actor, n: int) -> Arguments:
    """Offer a service to another, and take one that the other offers."""
    requirement = Requirement.objects.filter(framework__key="bio2", leaf=True).order_by("-ref")[n]
    other = Organisation.objects.get(slug="meldpunt")
    service = scopes.add(actor=actor, kind="service", name=f"Dienst {n}")
    (covered,) = offers.cover(actor=actor, service=service, requirements=[requirement])
    taker = offers.publish_to(actor=actor, service=service, taker=other)
    theirs = _offer(other, actor.organisation_id, requirement, n)
    (taken,) = provisions.take(
        actor=actor,
        provider=other,
        service=theirs,
        service_name=f"Dienst van het meldpunt {n}",
        requirements=[requirement],
        layers=["operation"],
        document="Overeenkomst",
    )
    pages = ("scope", "change_scope", "end_scope", "cover", "publish")
    return {
        **same({"pk": service.pk}, *(f"evidence:{one}" for one in pages)),
        "evidence:stop_publishing": {"pk": taker.pk},
        "evidence:take_out": {"pk": covered.pk},
        "evidence:take": {"service": theirs},
        "evidence:end_provision": {"pk": taken.pk},
    }


def _offer(provider: Organisation, taker: int, requirement: Requirement, n: int) -> int:
    with acting_for([provider.pk]):
        actor = system_actor(provider.pk)
        name = f"Dienst van het meldpunt {n} voor {taker}"
        service = scopes.add(actor=actor, kind="service", name=name)
        offers.cover(actor=actor, service=service, requirements=[requirement])
        offers.publish_to(actor=actor, service=service, taker=Organisation.objects.get(pk=taker))
        return service.pk
