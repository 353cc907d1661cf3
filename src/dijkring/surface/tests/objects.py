# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of this room, made by the real services, for the tests that visit every page."""

from datetime import timedelta
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.surface.engine.lookalikes import Lookalike as Seen
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.services import lookalikes
from dijkring.surface.tests import objects_imported, objects_systems
from dijkring.surface.tests.conftest import stated

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of this room; returns the arguments of each page."""
    others = objects_imported.make(actor, n)
    return (
        make_findings(actor, n) | make_lookalike(actor, n) | objects_systems.make(actor, n) | others
    )


def make_lookalike(actor: Actor, n: int) -> Arguments:
    """Find a name that looks like one of ours."""
    name = f"geme{n}ente-{actor.organisation_id}.example"
    seen = Seen(name, receives_mail=True, has_address=True)
    found = lookalikes.record(
        organisation_id=actor.organisation_id,
        resembles="gemeente.example",
        asked=[name],
        found=[seen],
    )
    return {f"surface:{page}": {"pk": found[0].pk} for page in ("lookalike", "judge_name")}


def make_findings(actor: Actor, n: int) -> Arguments:
    """Make a name with a finding and a certificate that ends."""
    name = f"bevonden-{n}-{actor.organisation_id}.example"
    stated(actor, name, responsible="Zuiderhost")
    ends = (clock.today() + timedelta(days=5 * n)).isoformat()
    address = f"{name}/192.0.2.{n}"
    seen = {"until": ends, "subject": f"CN={name}", "issuer": "CN=R3,O=Zuiderzekerheid,C=NL"}
    rounds.record(
        actor=actor,
        source=SOURCE,
        member=name,
        observed_at=clock.now(),
        observations=[
            Observation(kind_of("web-tls.tls_version"), address, "fail", {"seen": {}}),
            Observation(kind_of("web-extra.cert_expiry"), address, "fail", {"seen": seen}),
            Observation(
                kind_of("mail-extra.cert_expiry"),
                f"{name}/192.0.2.25",
                "pass",
                {"seen": seen | {"host": f"mail.{name}"}},
            ),
        ],
    )
    fact = Fact.objects.get(kind=kind_of("web-tls.tls_version"), subject=address, until=None)
    return {"surface:finding": {"pk": fact.pk}}
