# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facts of outside systems: only granted kinds, under their own source, all or none."""

import pytest
from django.db import transaction

from dijkring.controls.models import Requirement
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Fact, PopulationMember
from dijkring.evidence.services import posting
from dijkring.evidence.services.posting import Posted
from dijkring.evidence.services.rounds import Recorded
from dijkring.evidence.tests.makers import DAY, TLS, count, current, day, judge, see, verdict_of

MFA, RESTORE = "evidence.mfa_coverage", "evidence.restore_test"
GRANTED = {MFA, RESTORE}
SITE = "www.dijkerveen.example"


def post(actor: Actor, *facts: Posted, source: str = "koppeling") -> list[Recorded]:
    return posting.post(actor=actor, source=source, granted=GRANTED, facts=facts)


def posted(kind: str, state: str = "pass", subject: str = "accounts", ago: float = 0) -> Posted:
    return Posted(kind, subject, state, clock.now() - ago * DAY)


def test_recorded_under_their_own_source(ciso: Actor) -> None:
    post(ciso, posted(MFA), posted(RESTORE, "fail"))
    found = Fact.objects.order_by("kind").values_list("kind", "state", "source", "recorded_by")
    assert list(found) == [
        (MFA, "pass", f"koppeling/{MFA}", ciso.name),
        (RESTORE, "fail", f"koppeling/{RESTORE}", ciso.name),
    ]


def test_kind_that_was_not_granted_stops_everything(ciso: Actor) -> None:
    with pytest.raises(Forbidden):
        post(ciso, posted(MFA), posted(TLS))
    with pytest.raises(Refused):
        post(ciso, posted(MFA), posted("huis.tuin"))
    assert not Fact.objects.exists()


def test_all_or_none(ciso: Actor) -> None:
    with pytest.raises(Refused), transaction.atomic():
        post(ciso, posted(MFA), posted(RESTORE, ago=-1))
    assert not Fact.objects.exists()
    assert not PopulationMember.objects.exists()


def test_own_source_stands_beside_ours(ciso: Actor) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    facts = [Posted(TLS, SITE, "fail", clock.now())]
    posting.post(actor=ciso, source="scanner", granted={TLS}, facts=facts)
    assert current(ciso, SITE).state == "pass"
    assert current(ciso, SITE, source=f"scanner/{TLS}").state == "fail"


def test_one_post_leaves_what_another_said_alone(ciso: Actor) -> None:
    post(ciso, posted(MFA, subject="beheer"))
    with day(1):
        post(ciso, posted(MFA, subject="medewerkers"))
        post(ciso, posted(RESTORE))
    assert Fact.objects.filter(until=None).count() == 3
    with day(2):
        assert [one.unchanged for one in post(ciso, posted(RESTORE))] == [True]


def test_posted_fact_about_the_organisation_breaks_a_norm(ciso: Actor) -> None:
    leaf = Requirement.objects.get(
        framework__key="bio2", framework__organisation=None, ref="8.13.04"
    )
    for layer in leaf.layers:
        judge(ciso, leaf, layer)
    post(ciso, posted(RESTORE))
    assert verdict_of(ciso, leaf) == "met"
    with day(1):
        post(ciso, posted(RESTORE, "fail"))
        assert verdict_of(ciso, leaf) == "not_met"
