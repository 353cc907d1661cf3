# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score at any moment, kept per day; and certificates by the day on which they end."""

from datetime import timedelta

import pytest

from dijkring.core import clock
from dijkring.core.access import Actor, system_actor
from dijkring.evidence.models import Fact
from dijkring.evidence.services import rounds, withdrawals
from dijkring.evidence.services.rounds import Observation
from dijkring.organisations.models import User
from dijkring.surface import keeping
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.models import Domain, ScoreDay
from dijkring.surface.selectors import certificates
from dijkring.surface.selectors import scores as selectors
from dijkring.surface.selectors.domains import domain_row
from dijkring.surface.services import domains, scores
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting

NAMES = ("een.example", "twee.example")
KINDS = [
    kind_of(check)
    for check in ("web-tls.https_exists", "web-tls.https_hsts", "web-dnssec.dnssec_valid")
]


def observe(actor: Actor, name: str, *states: str) -> None:
    """Record https, HSTS and DNSSEC of a name."""
    rounds.record(
        actor=system_actor(actor.organisation_id),
        source=SOURCE,
        member=name,
        observed_at=clock.now(),
        observations=[
            Observation(kind, name, state) for kind, state in zip(KINDS, states, strict=True)
        ],
    )


@pytest.mark.django_db
def test_the_past_is_reckoned_as_it_was(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        start = clock.now()
        seen = {}
        days = {
            0: ("pass", "pass", "pass"),
            3: ("pass", "fail", "pass"),
            6: ("pass", "pass", "not_measured"),
            30: ("pass", "fail", "fail"),
        }
        with clock.moved_to(start):
            for name in NAMES:
                stated(actor, name, carries_mail=False)
        for day, states in days.items():
            with clock.moved_to(start + timedelta(days=day)):
                observe(actor, NAMES[0], *states)
                (found,) = selectors.at(actor.organisation_id, clock.now())
                # The other name was never measured, so it is not complete.
                assert (found.names, found.unknown, found.complete) == (1, 1, False)
                seen[day] = found
        with clock.moved_to(start + timedelta(days=40)):
            for day, found in seen.items():
                then = start + timedelta(days=day, seconds=1)
                assert selectors.at(actor.organisation_id, then) == [found], day
            # In the gap everything had lapsed: nothing is known, and that is no nought.
            for day in (20, 39):
                (gap,) = selectors.at(actor.organisation_id, start + timedelta(days=day))
                assert (gap.percent, gap.names, gap.unknown) == (None, 0, 2), day


@pytest.mark.django_db
def test_days_are_kept_and_missed_weeks_made_up(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        start = clock.now()
        stated(actor, NAMES[0], carries_mail=False)
        observe(actor, NAMES[0], "pass", "pass", "pass")
        with clock.moved_to(start + timedelta(days=60)):
            observe(actor, NAMES[0], "pass", "fail", "pass")
            assert actor.organisation_id in keeping.due()
            assert scores.keep(actor.organisation_id) in (9, 10)
            assert actor.organisation_id not in keeping.due()
            assert scores.keep(actor.organisation_id) == 1
            course = selectors.course(actor.organisation_id)
            # The first week was good, then nothing was measured, and now less is.
            assert course.percents["web"][0] == 100
            assert course.percents["web"][4] is None
            assert course.percents["web"][-1] == 50
            assert course.categories["web-tls"][-1] == 0
            assert [
                (one.check.id, one.names) for one in selectors.costs(actor.organisation_id)
            ] == [("web-tls.https_hsts", 1)]
            stored = ScoreDay.objects.count()
        with clock.moved_to(start + timedelta(days=61)):
            assert actor.organisation_id in keeping.due()
            keeping.keep_scores(0)
            assert ScoreDay.objects.count() == stored + 1
            wrong = Fact.objects.get(kind=KINDS[1], until=None)
            withdrawals.withdraw(actor=actor, fact=wrong, reason="Verkeerd adres gemeten.")
            (found,) = selectors.at(actor.organisation_id, clock.now())
            assert (found.percent, found.complete) == (100, False)


@pytest.mark.django_db
def test_certificates_by_their_day(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        today = clock.today()
        of_mail = {
            "until": (today + timedelta(days=99)).isoformat(),
            "host": "mail.host.example",
            "subject": "CN=mail.host.example",
            "issuer": "CN=R3,O=Sluis,C=NL",
        }
        for name, days in {"a.example": 40, "b.example": -2, "c.example": 40}.items():
            stated(actor, name, carries_mail=False)
            ends = (today + timedelta(days=days)).isoformat()
            rounds.record(
                actor=actor,
                source=SOURCE,
                member=name,
                observed_at=clock.now(),
                observations=[
                    Observation(
                        certificates.WEB,
                        f"{name}/192.0.2.{at}",
                        "pass",
                        {"seen": {"until": ends, "subject": "*.example"}},
                    )
                    for at in (1, 2)
                ]
                + [
                    Observation(certificates.MAIL, f"{name}/192.0.2.9", "pass", {"seen": of_mail}),
                ],
            )
        rows = certificates.certificates(actor.organisation_id)
        assert [(row.name, row.days, row.addresses) for row in rows] == [
            ("b.example", -2, 2),
            ("a.example", 40, 2),
            ("c.example", 40, 2),
            ("mail.host.example", 99, 1),
        ]
        # A mail server of three names stands there once, with whoever issued its certificate.
        (mail,) = [row for row in rows if row.is_mail]
        assert (mail.names, mail.subject, mail.issuer) == (3, "mail.host.example", "Sluis (R3)")
        soon = certificates.due(actor.organisation_id, clock.now() + timedelta(days=7))
        assert [(item.url_name, item.day - today) for item in soon] == [
            ("surface:domain", timedelta(days=-2))
        ]
        # One certificate on two names is one thing to do.
        later = certificates.due(actor.organisation_id, clock.now() + timedelta(days=90))
        assert [item.url_name for item in later] == ["surface:domain", "surface:certificates"]


@pytest.mark.django_db
def test_a_row_is_not_good_while_its_mail_was_never_measured(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        domain = stated(actor, "een.nl", carries_mail=False)
        observe(actor, "een.nl", "pass", "pass", "pass")
        assert domain_row(domain).state == "pass"
        domains.change(
            actor=actor,
            domain=domain,
            carries_web=True,
            carries_mail=True,
            responsible="",
            note="",
        )
        row = domain_row(Domain.objects.get(pk=domain.pk))
        assert (row.state, row.met) == ("not_measured", 3)
