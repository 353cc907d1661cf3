# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""One object of every kind, made by the real services, for the tests that visit every page."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from dijkring.actions import services as actions
from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Fact
from dijkring.evidence.services import deviations, judgements, populations, rounds, uploads
from dijkring.organisations import services as organisations

Arguments = dict[str, dict[str, Any]]
KIND = "evidence.restore_test"


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of an organisation; returns the arguments of each page.

    The actor is a CISO and acts already. A page that is not named here has no arguments.
    """
    return make_evidence(actor, n) | make_actions(actor, n) | make_organisation(actor, n)


def leaf(n: int) -> Requirement:
    """Return the `n`-th leaf of BIO2, content that all organisations share."""
    return Requirement.objects.filter(framework__key="bio2", layers__len__gt=0).order_by("ref")[n]


def make_evidence(actor: Actor, n: int) -> Arguments:
    now, member = clock.now(), f"omgeving-{n}"
    system = system_actor(actor.organisation_id)
    populations.add(actor=system, population="organisation", member=member)
    failing = rounds.Observation(
        kind=KIND, subject=member, state="fail", detail={"gezien": "niets"}
    )
    rounds.record(
        actor=system, source="proef", member=member, observed_at=now, observations=[failing]
    )
    fact = Fact.objects.get(subject=member, until=None, organisation_id=actor.organisation_id)
    document = uploads.upload(actor=actor, name=f"besluit-{n}.txt", content=BytesIO(b"Besluit."))
    judgements.judge(
        actor=actor,
        requirement=leaf(n),
        layer="design",
        line="owner",
        verdict="met",
        reason="Vastgesteld door de directie.",
        valid_until=now + timedelta(days=200),
        documents=[document],
    )
    deviation = deviations.accept(
        actor=actor,
        requirement=leaf(n),
        reason="Wordt vervangen.",
        ends_at=now + timedelta(days=90),
    )
    of_fact, of_leaf = {"pk": fact.pk}, {"pk": leaf(n).pk}
    return {
        "evidence:fact": of_fact,
        "evidence:withdraw": of_fact,
        "evidence:deviate_fact": of_fact,
        "evidence:requirement": of_leaf,
        "evidence:why": of_leaf,
        "evidence:judge": of_leaf,
        "evidence:deviate": of_leaf,
        "evidence:end_deviation": {"pk": deviation.pk},
        "evidence:download": {"pk": document.pk},
    }


def make_actions(actor: Actor, n: int) -> Arguments:
    action = actions.open_action(
        actor=actor,
        title=f"Back-up terugzetten {n}",
        owner_id=actor.user_id,
        due_on=clock.now().date() + timedelta(days=n),
        subjects=[f"server-{n}"],
        requirements=["bio2:8.13.04"],
    )
    actions.comment(actor=actor, action=action, text="Besproken met de leverancier.")
    return {}


def make_organisation(actor: Actor, n: int) -> Arguments:
    organisations.invite(
        actor=actor, email=f"nieuw-{n}-{actor.organisation_id}@example.org", role="reader"
    )
    organisations.create_token(
        actor=actor,
        name=f"koppeling {n}",
        scopes=["facts:write"],
        kinds=[KIND],
        expires_at=clock.now() + timedelta(days=30),
    )
    return {}
