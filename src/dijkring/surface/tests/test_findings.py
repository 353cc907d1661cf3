# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings: what stands in the list, what is solved, many at once, and the daily word about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from dijkring.actions.models import Action, ActionLine
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.models import Deviation
from dijkring.evidence.services import rounds
from dijkring.evidence.services.rounds import Observation
from dijkring.organisations.models import User
from dijkring.surface import told
from dijkring.surface.facts import SOURCE, kind_of
from dijkring.surface.filters.findings import FindingFilter
from dijkring.surface.selectors import findings as selectors
from dijkring.surface.selectors.findings_listed import Listed
from dijkring.surface.services import findings as services
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting, ClientOf

NAME = "gevonden.example"
TLS, HSTS, CSP = (
    kind_of(check)
    for check in ("web-tls.tls_version", "web-tls.https_hsts", "web-appsecpriv.http_csp")
)


def observe(actor: Actor, source: str = SOURCE, **states: str) -> None:
    """Record the states of TLS, HSTS and CSP on the one name, a moment later than before."""
    kinds = {"tls": TLS, "hsts": HSTS, "csp": CSP}
    rounds.record(
        actor=actor,
        source=source,
        member=NAME,
        observed_at=clock.now(),
        observations=[Observation(kinds[key], NAME, state) for key, state in states.items()],
    )


def shown(actor: Actor, **filters: str) -> list[tuple[str, str]]:
    """Return what stands in the list under some filters, as kind and the state that holds."""
    request: Any = RequestFactory().get("/", filters)
    request.actor = actor
    rows = Listed(actor.organisation_id)
    found = FindingFilter(request.GET, queryset=rows, request=request).qs
    return [(row.kind, row.shown) for row in found]


def test_the_list_and_its_filters(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        stated(actor, NAME, responsible="Zuiderhost")
        start, first = clock.now(), clock.today()
        third = first + timedelta(days=2)
        observe(actor, tls="fail", hsts="pass", csp="fail")
        # What is mandatory and grave comes before advice; what passes is no finding.
        assert shown(actor) == [(TLS, "fail"), (CSP, "fail")]
        cases: dict[str, list[dict[str, str]]] = {
            TLS: [{"severity": "high"}, {"level": "mandatory"}, {"category": "web-tls"}],
            CSP: [{"category": "web-appsecpriv"}, {"kind": CSP}, {"level": "warning"}],
        }
        for kind, filters in cases.items():
            for one in filters:
                assert shown(actor, **one) == [(kind, "fail")], one
        assert len(shown(actor, hoster="Zuiderhost", search="gevonden")) == 2
        assert shown(actor, search="niets") == []
        # Both have an action, that has an owner: the CISO.
        assert [len(shown(actor, state=s)) for s in ("busy", "nobody", "accepted")] == [2, 0, 0]
        found = Listed(actor.organisation_id)
        assert [one.kind for one in found.ordered("-level")[:1]] == [CSP]
        assert [one.kind for one in found[1:]] == [CSP]
        assert found.narrowed({"kind": CSP}).counted() == {"all": 2, "mandatory": 1}
        with clock.moved_to(start + timedelta(days=8)):
            # A pass that lapsed is not measured; a failure stays, unconfirmed.
            assert (HSTS, "not_measured") in shown(actor, state="not_measured")
            assert len(shown(actor, state="unconfirmed")) == 2
        with clock.moved_to(start + timedelta(days=1)):
            observe(actor, tls="pass", hsts="pass", csp="fail")
            assert shown(actor) == [(CSP, "fail")]
            assert shown(actor, solved=f"{first}") == [(TLS, "fail")]
            assert shown(actor, solved=f"{third}") == []
        with clock.moved_to(start + timedelta(days=2)):
            observe(actor, tls="fail", hsts="pass", csp="fail")
            assert shown(actor, solved=f"{first}") == []
            assert shown(actor, since=f"{third}") == [(TLS, "fail")]


def test_many_are_accepted_or_get_an_owner(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        stated(actor, NAME, responsible="Zuiderhost")
        observe(actor, tls="fail", csp="fail")
        observe(actor, source="internet.nl", tls="fail")
        ids = [str(row.pk) for row in Listed(actor.organisation_id)]
        found = selectors.chosen(actor.organisation_id, [*ids, "x", "9" * 30], services.MOST + 1)
        assert len(found) == 2, "what two sources say of one subject is one finding"
        day = clock.today() + timedelta(days=5)
        made = services.hand_out(actor=actor, findings=found, owner_id=bob.pk, due_on=day)
        # Two kinds at one host: the two actions that stood open already, and no new line.
        assert {(one.owner_id, one.due_on) for one in made} == {(bob.pk, day)}
        assert Action.objects.filter(state="open").count() == 2
        assert ActionLine.objects.count() == 2
        values: dict[str, Any] = {
            "reason": "Wordt in maart vervangen.",
            "ends_at": clock.now() + timedelta(days=90),
        }
        assert services.accept_many(actor=actor, findings=found, **values) == 2
        assert Deviation.objects.count() == 2
        assert len(shown(actor, state="accepted")) == 2
        assert not ActionLine.objects.filter(closed_at=None).exists()
        for refused in ([], found * 101):
            with pytest.raises(Refused):
                services.accept_many(actor=actor, findings=refused, **values)
    with acting(bob) as reader:
        with pytest.raises(Forbidden):
            services.accept_many(actor=reader, findings=found, **values)
        with pytest.raises(Forbidden):
            services.hand_out(actor=reader, findings=found, owner_id=bob.pk, due_on=None)


def test_the_pages_take_what_was_chosen(client_of: ClientOf, acting: Acting, alice: User) -> None:
    home = "/o/dijkerveen/internetmeting/bevindingen/"
    with acting(alice) as actor:
        stated(actor, NAME)
        observe(actor, tls="fail")
        (found,) = Listed(actor.organisation_id)
    client = client_of(alice)
    page = client.get(f"{home}?export=csv").content.decode()
    assert "TLS-versie" in page
    assert "Versleutelde website" in page
    values = {"reason": "Wordt in maart vervangen.", "ends_at": "2099-01-01"}
    assert client.post(f"{home}aanvaarden/?finding={found.pk}", values).status_code == 302
    with acting(alice):
        assert Deviation.objects.get().subject == NAME
    assert "aanvaard tot en met 1 januari 2099" in client.get(home).content.decode()


def test_people_are_told_of_changes_only(acting: Acting, alice: User, bob: User) -> None:
    with acting(alice) as actor:
        stated(actor, NAME)
        start = clock.now()
        observe(actor, tls="fail", csp="pass")
        (draft,) = told.find(actor, start - timedelta(hours=1))
        assert draft.values == {"new": 1, "solved": 0}
        with clock.moved_to(start + timedelta(days=1)):
            observe(actor, tls="fail", csp="pass")
            assert told.find(actor, start + timedelta(hours=1)) == []
        with clock.moved_to(start + timedelta(days=2)):
            observe(actor, tls="pass", csp="fail")
            (draft,) = told.find(actor, start + timedelta(days=1, hours=1))
            assert draft.values == {"new": 1, "solved": 1}
        with clock.moved_to(start + timedelta(days=2, hours=5)):
            observe(actor, tls="pass", csp="pass")
            # What broke and was mended since the last e-mail is no news.
            last = told.find(actor, start + timedelta(days=2, hours=-1))
            assert [one.values for one in last] == [{"new": 0, "solved": 1}]
    with acting(bob) as reader:
        assert told.find(reader, start - timedelta(hours=1)) == []
