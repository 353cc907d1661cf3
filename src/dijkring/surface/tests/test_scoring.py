# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score from facts: what is measured, what is broken, and what has lapsed."""

from datetime import timedelta

import pytest

from dijkring.core import clock
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface import scoring
from dijkring.surface.selectors import scores as selectors
from dijkring.surface.tests.conftest import NAME, measure, stated
from dijkring.tests.harness.people import Acting
from dijkring.tests.harness.work import DoJobs, broken

BELOW = f"portaal.{NAME}"


@pytest.mark.django_db(transaction=True)
def test_the_score_follows_the_facts(
    practice: ThreadedLab, acting: Acting, alice: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        whole, below = stated(actor, carries_mail=True), stated(actor, BELOW)
        assert scoring.of_domain(whole) == []
    with broken(practice, BELOW, "web-ipv6.web_reach"):
        measure(acting, alice, do_jobs)
    with acting(alice) as actor:
        assert [(one.part, one.percent) for one in scoring.of_domain(whole)] == [
            ("web", 100),
            ("mail", 100),
        ]
        (web,) = scoring.of_domain(below)
        ipv6 = web.categories[0]
        # The site behind IPv6 is closed: neither reached nor compared, so 10 of 22 is left.
        assert (ipv6.score.points, ipv6.score.maximum) == (10, 22)
        assert {one.id for one in ipv6.lost} == {"web-ipv6.web_reach", "web-ipv6.web_ipv46"}
        both = selectors.at(actor.organisation_id, clock.now())
        assert [(one.part, one.names) for one in both] == [("web", 2), ("mail", 1)]
        assert both[0].percent == (100 + web.percent) // 2
        with clock.moved_to(clock.now() + timedelta(days=8)):
            lapsed = selectors.at(actor.organisation_id, clock.now())
        # Nothing was looked at lately: there is no score, and old failures do not make one.
        assert [(one.percent, one.unknown) for one in lapsed] == [(None, 2), (None, 1)]
