# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is exposed to what, as far as each agreement says; and scores compared without names."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from dijkring.accountability import exposing
from dijkring.accountability.selectors import exposure
from dijkring.accountability.selectors.comparison import compared_scores
from dijkring.core import clock
from dijkring.core.access import Actor, Role, person_actor, system_actor
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.evidence.services import populations, rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.organisations.models import Organisation, User
from dijkring.sharing.models import Agreement, Look
from dijkring.sharing.services import agreements
from dijkring.sharing.tests.objects import in_force
from dijkring.surface.facts import SOURCE, WEB, kind_of
from dijkring.surface.models import ScoreDay
from dijkring.tests.harness.people import ClientOf, actor_of

TLS, SOFTWARE = kind_of("web-tls.tls_version"), kind_of("web-extra.disclosure")
PAGE = "/o/waterhoek/blootgesteld/"


def board(organisation_id: int, user: User) -> Actor:
    return person_actor(organisation_id, user.pk, "Secretaris", Role.SECRETARY)


def measured(organisation_id: int, name: str) -> None:
    """Record a failing TLS version on two addresses, one that passes, and what a server told."""
    told = {"seen": {"headers": ["server: Apache/2.4.49"]}}
    states: list[tuple[str, int, str, dict[str, Any]]] = [
        (TLS, 1, "fail", {}),
        (TLS, 2, "fail", {}),
        (TLS, 3, "pass", {}),
    ]
    states += [(SOFTWARE, 1, "fail", told), (SOFTWARE, 2, "pass", {"seen": {}})]
    with transaction_for([organisation_id]):
        rounds.record(
            actor=system_actor(organisation_id),
            source=SOURCE,
            member=name,
            observed_at=clock.now(),
            observations=[
                Observation(kind, f"{name}/192.0.2.{at}", state, detail)
                for kind, at, state, detail in states
            ],
        )


@pytest.fixture
def looker(alice: User, fatima: User, charlie: User) -> Iterator[Actor]:
    """Waterhoek looks: Dijkerveen gives the facts, a second one counts, a third no exposure."""
    receiver = board(actor_of(charlie).organisation_id, charlie)
    others = Organisation.objects.filter(kind="safety_region").order_by("pk")[:2]
    givers = [actor_of(fatima), *(board(one.pk, alice) for one in others)]
    terms = [
        {"records": ["exposure"], "detail": "fact"},
        {"records": ["exposure"], "detail": "aggregate"},
        {"records": ["norms"], "detail": "fact"},
    ]
    with transaction.atomic():
        for giver, chosen in zip(givers, terms, strict=True):
            in_force(giver, receiver, **chosen)
            measured(giver.organisation_id, f"www.gever-{giver.organisation_id}.example")
        measured(receiver.organisation_id, "www.waterhoek.example")
        with acting_for([receiver.organisation_id], receiver):
            yield receiver


def test_each_is_seen_as_far_as_its_agreement_says(looker: Actor) -> None:
    found = exposing.picture(actor=looker, kind=TLS)
    facts, counts = sorted(found.rows, key=lambda row: not row.subjects)
    assert (facts.exposed, facts.safe, facts.unknown, facts.state) == (2, 1, 0, "fail")
    assert len(facts.subjects) == 2
    assert (counts.exposed, counts.subjects) == (2, ())
    assert found.exposed == 4
    looks = Look.objects.filter(organisation_id=looker.organisation_id)
    assert set(looks.values_list("what", "about")) == {
        ("exposed", "TLS-versie"),
        ("exposure", "TLS-versie"),
    }


def test_a_name_that_was_never_looked_at_is_not_known(looker: Actor) -> None:
    giver = Agreement.objects.filter(receiver_id=looker.organisation_id).order_by("pk")[1]
    with transaction_for([giver.organisation_id]):
        actor = system_actor(giver.organisation_id)
        populations.add(actor=actor, population=WEB, member="nooit.gever.example")
    with acting_for([looker.organisation_id], looker):
        before, after = sorted(row.unknown for row in exposing.picture(actor=looker, kind=TLS).rows)
    assert (before, after) == (0, 1)


def test_words_search_only_who_shares_the_facts(looker: Actor) -> None:
    for words, exposed, safe in (("apache/2.4.49", 1, 0), ("nginx", 0, 1)):
        found = exposing.picture(actor=looker, kind=SOFTWARE, words=words)
        (row,) = found.rows
        assert (row.exposed, row.safe, found.left_out) == (exposed, safe, 1)
        # A server that tells nothing may well run it: that is not known, and not safe.
        assert row.unknown == 1
    # The doors ask for the agreement themselves.
    everybody = list(Organisation.objects.values_list("pk", flat=True))
    assert len(exposure.counts(everybody, SOFTWARE, "apache")) == 1
    assert len(exposure.counts(everybody, SOFTWARE, "")) == 2
    assert len(exposure.subjects(everybody, SOFTWARE, "")) == 1
    assert exposure.counts(everybody, "evidence.restore_test", "") == {}
    with clock.moved_to(clock.now() + timedelta(days=9)):
        (row, _counted) = exposing.picture(actor=looker, kind=TLS).rows
        # What passed has lapsed since: not known; what failed stays.
        assert (row.exposed, row.unknown, row.safe) == (2, 1, 0)
    for agreement in Agreement.objects.filter(receiver_id=looker.organisation_id):
        agreements.end(actor=looker, agreement=agreement, reason="Klaar.")
    assert exposure.counts(everybody, TLS, "") == {}


def test_nothing_is_looked_at_before_a_test_is_chosen(
    client_of: ClientOf, charlie: User, fatima: User, looker: Actor
) -> None:
    client = client_of(charlie)
    for query in ("", "?test=nergens&seen=apache", "?seen=apache"):
        assert "192.0.2" not in client.get(f"{PAGE}{query}").content.decode()
    assert not Look.objects.filter(organisation_id=looker.organisation_id).exists()
    sheet = client.get(f"{PAGE}?test={TLS}&export=csv").content.decode()
    assert "192.0.2.1" in sheet
    assert "waterhoek.example" not in sheet
    with acting_for([actor_of(fatima).organisation_id]):
        assert Look.objects.get().about == "TLS-versie"


def kept(organisation: Organisation, percent: int) -> None:
    now = clock.now()
    with transaction_for([organisation.pk]):
        ScoreDay.objects.create(
            organisation=organisation,
            part="web",
            day=clock.day_of(now),
            percent=percent,
            names=1,
            unknown=0,
            complete=True,
            reckoned_at=now,
        )


@pytest.mark.django_db
def test_scores_are_compared_with_at_least_five_unknown_others(alice: User) -> None:
    alike = list(Organisation.objects.filter(kind="municipality", population__gt=100_000)[:8])

    def seen(asker: Organisation) -> tuple[int | None, ...]:
        with transaction_for([asker.pk]):
            found = [one for one in compared_scores(asker.pk) if one.part == "web"]
        return next(((o.size, o.low, o.middle, o.high) for o in found), ())

    for place, one in enumerate(alike[:5]):
        kept(one, 61 + 4 * place)
    # With five in all there are only four others.
    assert seen(alike[0]) == ()
    kept(alike[5], 81)
    # 61 … 81: quartiles 66, 71 and 76, the same for everybody, also for who is outside the group.
    assert seen(alike[0]) == seen(alike[5]) == seen(alike[7]) == (5, 65, 70, 75)
    for place, one in enumerate(alike[6:]):
        kept(one, 85 + 4 * place)
    # 61 … 89: quartiles 68, 75 and 82, in steps of five.
    assert seen(alike[0]) == seen(alike[7]) == (5, 70, 75, 80)
    us = board(alike[0].pk, alice)
    with transaction.atomic():
        for giver in alike[1:4]:
            in_force(board(giver.pk, alice), us, records=["exposure"])
    # Who shares its exposure with us is known: only four strangers are left.
    assert seen(alike[0]) == ()
    assert seen(alike[7]) == (5, 70, 75, 80)
    with clock.moved_to(clock.now() + timedelta(days=15)):
        assert seen(alike[7]) == ()
