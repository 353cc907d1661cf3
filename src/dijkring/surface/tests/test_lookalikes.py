# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names like ours: found in the DNS, kept while they come and go, judged by people."""

import pytest
from django.utils.translation import override

from dijkring.core import jobs
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.models import Job, Schedule
from dijkring.lab.threads import ThreadedLab
from dijkring.organisations.models import User
from dijkring.surface.engine.lookalikes import Lookalike as Seen
from dijkring.surface.lookalikes import _words
from dijkring.surface.models import Lookalike
from dijkring.surface.selectors import lookalikes as selectors
from dijkring.surface.services import lookalikes
from dijkring.surface.tests.conftest import stated
from dijkring.tests.harness.people import Acting, ClientOf

OURS = "dijkerveen.example"
ASKED = ["dijkerven.example", "d1jkerveen.example", "dijkerveen-.example"]


def seen(actor_organisation: int, *found: Seen) -> list[str]:
    new = lookalikes.record(
        organisation_id=actor_organisation, resembles=OURS, asked=ASKED, found=found
    )
    return [row.name for row in new]


def test_a_name_comes_is_judged_begins_to_receive_mail_and_goes(
    acting: Acting, alice: User
) -> None:
    quiet = Seen("dijkerven.example", receives_mail=False, has_address=True)
    with acting(alice) as actor:
        assert seen(actor.organisation_id, quiet) == ["dijkerven.example"]
        assert seen(actor.organisation_id, quiet) == []
        row = Lookalike.objects.get()
        with pytest.raises(Refused):
            lookalikes.judge(actor=actor, lookalike=row, verdict="harmless", note=" ")
        lookalikes.judge(actor=actor, lookalike=row, verdict="harmless", note="Van een bakker.")
        seen(actor.organisation_id, Seen(row.name, receives_mail=True, has_address=True))
        row.refresh_from_db()
        assert (row.verdict, row.judged_at) == ("open", None)
        seen(actor.organisation_id)
        row.refresh_from_db()
        assert row.gone_at is not None


def test_what_could_not_be_looked_up_is_neither_new_nor_gone(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        seen(actor.organisation_id, Seen(ASKED[0], receives_mail=True, has_address=True))
        lost = [Seen(name, False, False, trouble="dns_timeout") for name in ASKED[:2]]
        assert seen(actor.organisation_id, *lost) == []
        assert Lookalike.objects.get().gone_at is None


def test_a_file_says_yes_and_no(client_of: ClientOf, acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        seen(actor.organisation_id, Seen(ASKED[0], receives_mail=True, has_address=False))
    address = "/o/dijkerveen/internetmeting/lijkt-op-ons/?export=csv"
    line = client_of(alice).get(address).content.decode().splitlines()[1]
    assert line.startswith(f"{ASKED[0]},{OURS},nog te beoordelen,ja,nee,")


def test_that_nothing_could_be_looked_up_is_not_told_as_nothing_found() -> None:
    with override("nl"):
        assert _words(0, 3) == "Er is niets nieuws gevonden. 3 namen konden niet worden opgezocht."
        assert _words(1, 0) == "1 nieuwe naam gevonden."


def test_our_own_names_are_not_taken_for_others(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        stated(actor, ASKED[0])
        found = Seen(ASKED[0], receives_mail=True, has_address=True)
        assert seen(actor.organisation_id, found) == []


def test_the_job_asks_the_dns_of_the_practice_internet(
    acting: Acting, alice: User, bob: User, practice: ThreadedLab
) -> None:
    """The practice internet knows waterhoek.example; a name one letter off finds it."""
    with acting(alice) as actor:
        with pytest.raises(Refused):
            lookalikes.look_now(actor=actor)
        stated(actor, "www.waterhoeck.example")
        assert selectors.own_names(actor.organisation_id) == ["waterhoeck.example"]
        job = lookalikes.look_now(actor=actor)
        assert Schedule.objects.get(kind=selectors.KIND).every_hours == 7 * 24
    jobs.perform(job_id=job.pk, organisation_id=job.organisation_id, kind=job.kind, ids={})
    with acting(alice):
        assert Job.objects.get(pk=job.pk).state == Job.State.DONE
        found = Lookalike.objects.get(name="waterhoek.example")
        assert (found.receives_mail, found.resembles) == (True, "waterhoeck.example")
    with acting(bob) as reader, pytest.raises(Forbidden):
        lookalikes.look_now(actor=reader)
