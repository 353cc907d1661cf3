# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What becomes content, and who leaves, seen by the role of the pages."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction

from dijkring.cooperation.models import Cooperation, Task
from dijkring.cooperation.selectors import cbw_tests as select
from dijkring.cooperation.selectors import register
from dijkring.cooperation.services import cbw_tests, content, proposals
from dijkring.cooperation.tests.conftest import make_it, owner_of
from dijkring.cooperation.tests.objects import NO_DECISIONS, do_test, propose
from dijkring.core.access import Role, person_actor
from dijkring.core.errors import Refused
from dijkring.core.tenancy import acting_for
from dijkring.organisations.models import Organisation, User
from dijkring.tests.harness.database import Clone
from dijkring.tests.harness.people import Acting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("english")]


def test_everybody_sees_content_and_nobody_changes_it(
    clone: Clone, acting: Acting, charlie: User
) -> None:
    with owner_of(clone):
        it = make_it()
    with acting(charlie) as actor:
        seen = register.cooperations(actor.organisation_id).get(pk=it.pk)
        assert (seen.members, seen.ours) == (2, True)  # type: ignore[attr-defined]
        with pytest.raises(Refused, match="content for everybody"):
            proposals.change(actor=actor, cooperation=seen, name="Van ons", legal_form="plain")
        Cooperation.objects.filter(pk=it.pk).update(name="Van ons")
        assert register.cooperations(actor.organisation_id).get(pk=it.pk).name == "IT Sluisland"


def test_role_of_the_pages_writes_no_content(acting: Acting, charlie: User) -> None:
    with acting(charlie), pytest.raises(ProgrammingError), transaction.atomic():
        Cooperation.objects.create(name="Voor iedereen", legal_form="plain")


def test_proposal_is_seen_by_the_proposer_only_until_it_is_content(
    clone: Clone, acting: Acting, alice: User, charlie: User
) -> None:
    with acting(alice) as actor:
        found = propose(actor, "Belastingen Sluisland")
        own, other = (Organisation.objects.get(slug=slug) for slug in ("dijkerveen", "waterhoek"))
        for one in (own, other):
            proposals.add_participant(actor=actor, cooperation=found, participant=one)
        proposals.add_task(actor=actor, cooperation=found, name="Aanslagen", takers=[own, other])
        proposals.add_seat(actor=actor, cooperation=found, organ="pen", function="secretaris")
    with acting(charlie) as actor:
        assert not Cooperation.objects.filter(pk=found.pk).exists()
        assert not Task.objects.filter(cooperation=found.pk).exists()
    with owner_of(clone):
        assert [row.pk for row in content.proposals()] == [found.pk]
        content.accept(pk=found.pk)
    with acting(charlie) as actor:
        seen = register.cooperations(actor.organisation_id).get(pk=found.pk)
        assert (seen.members, seen.ours) == (2, True)  # type: ignore[attr-defined]
        assert not seen.is_proposal
        assert seen.body is not None
        assert seen.body.slug == "belastingen-sluisland"
        assert [seat.function for seat in register.seats(seen)] == ["secretaris"]
        assert [task.name for task in register.tasks_for(seen, actor.organisation_id)]
    with owner_of(clone), pytest.raises(Refused, match="no proposal"):
        content.accept(pk=found.pk)


def test_command_is_for_the_owner(acting: Acting, alice: User) -> None:
    with acting(alice), pytest.raises(CommandError, match="owner of the tables"):
        call_command("cooperation", "regions")


def test_who_left_is_told_nothing(clone: Clone, acting: Acting, alice: User) -> None:
    with owner_of(clone):
        it = make_it()
    assert it.body_id is not None
    with acting(alice), acting_for([it.body_id]):
        actor = person_actor(it.body_id, alice.pk, "Ingrid", Role.CISO)
        cbw_tests.publish(actor=actor, test=do_test(actor, it, NO_DECISIONS))
    with owner_of(clone):
        left = Organisation.objects.get(slug="dijkerveen").participations.get(body=it.body)
        left.until = date(2026, 1, 1)
        left.save()
    with acting(alice) as mine:
        assert select.told() == {}
        assert not register.takes_part(it, mine.organisation_id)
        assert register.is_involved(it, mine.organisation_id)
