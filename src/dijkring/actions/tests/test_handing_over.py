# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An action goes to another organisation, which makes it its own or says why not."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from dijkring.actions import handing_over, services
from dijkring.actions.handing_over import Sent
from dijkring.actions.models import Action, Proposal
from dijkring.actions.selectors import proposals
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.tenancy import acting_for, transaction_for
from dijkring.notices.models import Notice
from dijkring.organisations.models import Membership, Organisation, User
from dijkring.sharing.models import Agreement, Handover, Record
from dijkring.sharing.services import agreements, handovers
from dijkring.sharing.tests.objects import in_force, secretary
from dijkring.tests.harness.people import Acting, ClientOf, actor_of
from dijkring.tests.harness.work import DoJobs

SENT = Sent("Back-up testen", "Zet één map terug.", "U beheert de server.", date(2031, 3, 1))


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    """Speak Dutch, whatever was spoken before."""
    with translation.override("nl"):
        yield


@pytest.fixture
def waterhoek(fatima: User, charlie: User) -> Organisation:
    """Waterhoek co-operates with Dijkerveen: there is an agreement."""
    givers = [secretary(actor_of(user).organisation_id, user.pk) for user in (fatima, charlie)]
    with transaction.atomic():
        in_force(*givers, records=[Record.ACTIONS.value], detail="fact")
    return Organisation.objects.get(slug="waterhoek")


@pytest.fixture
def ours(acting: Acting, alice: User) -> Action:
    with acting(alice) as actor:
        return services.open_action(
            actor=actor, title="Onze eigen naam ervoor", description="Intern: Henk slaapt."
        )


@pytest.fixture
def sent(acting: Acting, alice: User, ours: Action, waterhoek: Organisation) -> Handover:
    return give(acting, alice, ours, waterhoek)


def give(
    acting: Acting, user: User, action: Action, to: Organisation, what: Sent = SENT
) -> Handover:
    with acting(user) as actor:
        return handing_over.hand_over(actor=actor, action=action, receiver=to, sent=what)


@pytest.fixture
def proposal(sent: Handover, do_jobs: DoJobs, acting: Acting, charlie: User) -> Proposal:
    do_jobs()
    with acting(charlie):
        return Proposal.objects.get()


def notices(acting: Acting, user: User) -> list[tuple[str, str]]:
    with acting(user):
        rows = Notice.objects.filter(user=user).order_by("pk")
        return [(row.kind, row.values["title"]) for row in rows if row.kind.startswith("action.")]


def test_accepted_proposal_becomes_an_action_of_the_receiver(
    acting: Acting, alice: User, charlie: User, proposal: Proposal, do_jobs: DoJobs
) -> None:
    assert notices(acting, charlie) == [("action.proposed", "Back-up testen")]
    with acting(charlie) as actor:
        made = handing_over.accept(
            actor=actor, proposal=proposal, title=proposal.title, due_on=proposal.due_on
        )
        assert (made.handed_over_by, made.due_on) == ("Dijkerveen", SENT.due_on)
        assert made.organisation_id == actor.organisation_id
        assert Proposal.objects.get().action == made
        with pytest.raises(Refused):
            handing_over.accept(actor=actor, proposal=proposal, title="Nog eens")
        with pytest.raises(Refused):
            handing_over.decline(actor=actor, proposal=proposal, reason="Toch niet.")
    do_jobs()
    assert notices(acting, alice) == [("action.accepted", "Back-up testen")]
    with acting(alice):
        found = Handover.objects.get()
        assert (found.answer, found.answered_by) == ("accepted", charlie.name)
        assert Action.objects.get().state == "open"


def test_declined_with_a_reason_may_be_handed_over_again(
    acting: Acting,
    alice: User,
    charlie: User,
    ours: Action,
    waterhoek: Organisation,
    proposal: Proposal,
    do_jobs: DoJobs,
) -> None:
    with pytest.raises(Refused, match="heeft dit al"):
        give(acting, alice, ours, waterhoek)
    with acting(charlie) as actor:
        with pytest.raises(Refused):
            handing_over.decline(actor=actor, proposal=proposal, reason="  ")
        handing_over.decline(actor=actor, proposal=proposal, reason="Die server is van u.")
        assert not Action.objects.exists()
    do_jobs()
    assert notices(acting, alice) == [("action.declined", "Back-up testen")]
    with acting(alice):
        assert Handover.objects.get().answer_reason == "Die server is van u."
    again = give(acting, alice, ours, waterhoek)
    do_jobs()
    with acting(charlie):
        assert Proposal.objects.get(handover=again).state == "open"


def test_only_what_the_sender_typed_goes(sent: Handover, ours: Action, alice: User) -> None:
    assert sent.payload == {
        "ref": ours.pk,
        "title": SENT.title,
        "description": SENT.description,
        "why": SENT.why,
        "due_on": "2031-03-01",
        "by": alice.name,
    }


def test_taken_up_once_however_often_the_job_runs(
    sent: Handover, waterhoek: Organisation, do_jobs: DoJobs
) -> None:
    do_jobs()
    for _again in range(2):
        assert not handovers.take(receiver_id=waterhoek.pk, handover_id=sent.pk)
    with transaction_for([waterhoek.pk]):
        assert Proposal.objects.count() == 1
        with pytest.raises(DatabaseError):
            handing_over.take_up(actor=Actor(waterhoek.pk, "Dijkring", "system"), handover=sent)


@pytest.mark.parametrize(
    "what",
    [
        Sent(""),
        Sent("   "),
        Sent("x" * 201),
        Sent("Goed", "x" * 4001),
        Sent("Goed", "", "x" * 2001),
        Sent("Goed", due_on=date(2020, 1, 1)),
    ],
)
def test_bad_words_are_refused(
    acting: Acting, alice: User, ours: Action, waterhoek: Organisation, what: Sent
) -> None:
    with pytest.raises(Refused):
        give(acting, alice, ours, waterhoek, what)
    with acting(alice):
        assert not Handover.objects.exists()


def test_wrong_people_actions_and_receivers_are_refused(
    acting: Acting,
    alice: User,
    bob: User,
    charlie: User,
    dora: User,
    ours: Action,
    waterhoek: Organisation,
) -> None:
    sluisland = Organisation.objects.get(slug="sluisland")
    with pytest.raises(Refused, match="samenwerkt"):
        give(acting, alice, ours, sluisland)
    with pytest.raises(Forbidden):
        give(acting, bob, ours, waterhoek)
    with pytest.raises(Action.DoesNotExist):
        give(acting, charlie, ours, waterhoek)
    with pytest.raises(Forbidden):
        give(acting, dora, ours, waterhoek)
    with acting(alice) as actor:
        services.move(actor=actor, action=ours, to="cancelled", reason="Vervallen.")
    with pytest.raises(Refused, match="open actie"):
        give(acting, alice, ours, waterhoek)


def test_receiver_that_ended_is_not_reached_any_more(
    acting: Acting, alice: User, fatima: User, ours: Action, waterhoek: Organisation
) -> None:
    with acting(fatima) as actor:
        for agreement in Agreement.objects.all():
            agreements.end(actor=actor, agreement=agreement, reason="Voorbij.")
    with pytest.raises(Refused, match="samenwerkt"):
        give(acting, alice, ours, waterhoek)


def test_where_nobody_can_accept_it_comes_back_and_can_be_tried_again(
    acting: Acting,
    alice: User,
    charlie: User,
    sent: Handover,
    waterhoek: Organisation,
    do_jobs: DoJobs,
) -> None:
    def give_role(role: str) -> None:
        with transaction_for([waterhoek.pk]):
            Membership.objects.filter(user=charlie, until=None).update(role=role)

    give_role("reader")
    do_jobs()
    assert notices(acting, alice) == [("action.failed", "Back-up testen")]
    give_role("ciso")
    with acting(alice) as actor:
        handovers.retry(actor=actor, handover=Handover.objects.get())
        assert [one.alive for one in proposals.sent(Action.objects.get())] == [True, False]
    do_jobs()
    with acting(charlie):
        assert Proposal.objects.count() == 1


def test_third_sees_nothing_and_the_sender_not_what_the_receiver_makes_of_it(
    acting: Acting, alice: User, dora: User, proposal: Proposal, waterhoek: Organisation
) -> None:
    with acting(dora):
        assert not Handover.objects.exists()
        assert not Proposal.objects.exists()
    with acting(alice):
        assert not Proposal.objects.exists()
        assert Proposal.objects.filter(pk=proposal.pk).update(state="accepted") == 0
    # Who may read the actions of another does not read what a third one proposes to it.
    stranger = actor_of(dora).organisation_id
    with transaction.atomic(), acting_for([stranger], reading={"action": [waterhoek.pk]}):
        assert not Proposal.objects.exists()


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def form(waterhoek: Organisation) -> dict[str, str]:
    return {
        "receiver": str(waterhoek.pk),
        "title": "Back-up <b>testen</b>",
        "description": "Zet één map terug.",
        "why": "U beheert de server.",
        "due_on": "2031-03-01",
    }


def test_page_shows_all_that_goes_before_it_goes(
    acting: Acting,
    alice: User,
    client_of: ClientOf,
    ours: Action,
    form: dict[str, str],
) -> None:
    client, path = client_of(alice), f"/o/dijkerveen/acties/{ours.pk}/overdragen/"
    assert "Waterhoek" in client.get(path).content.decode()
    preview = client.post(path, form)
    body = preview.content.decode()
    assert preview.status_code == 200
    for shown in ("Back-up &lt;b&gt;testen&lt;/b&gt;", "Zet één map terug.", alice.name):
        assert shown in body
    assert "Henk" not in body
    with acting(alice):
        assert not Handover.objects.exists()
    changed = client.post(path, {**form, "change": "1"}).content.decode()
    assert "U beheert de server." in changed
    assert client.post(path, {**form, "title": "", "send": "1"}).status_code == 422
    assert client.post(path, {**form, "send": "1"}).status_code == 302
    body = client.get(f"/o/dijkerveen/acties/{ours.pk}/").content.decode()
    assert "onderweg" in body
    assert client.post(path, {**form, "send": "1"}).status_code == 422
    with acting(alice):
        assert Handover.objects.count() == 1


def test_page_takes_no_receiver_that_is_no_partner(
    acting: Acting, alice: User, client_of: ClientOf, ours: Action, form: dict[str, str]
) -> None:
    stranger = Organisation.objects.get(slug="sluisland").pk
    path = f"/o/dijkerveen/acties/{ours.pk}/overdragen/"
    for id in (stranger, 987_654_321, "x"):
        form["receiver"] = str(id)
        assert client_of(alice).post(path, {**form, "send": "1"}).status_code == 422
    with acting(alice):
        assert not Handover.objects.exists()


def test_receiver_accepts_on_its_pages(
    acting: Acting, charlie: User, client_of: ClientOf, proposal: Proposal
) -> None:
    client, home = client_of(charlie), "/o/waterhoek/acties/"
    assert "Aan ons overgedragen (1)" in client.get(home).content.decode()
    assert "Back-up testen" in client.get(f"{home}voorstellen/").content.decode()
    page = f"{home}voorstellen/{proposal.pk}/"
    assert "U beheert de server." in client.get(page).content.decode()
    asked = client.get(f"{page}aannemen/").content.decode()
    assert "Zet één map terug." in asked
    answer = client.post(
        f"{page}aannemen/", {"title": "Back-up testen", "priority": "normal", "due_on": ""}
    )
    assert answer.status_code == 302
    body = client.get(answer["Location"]).content.decode()
    assert "Overgedragen door" in body
    assert "Dijkerveen" in body
    assert client.get(f"{page}aannemen/").status_code == 404
    assert client.post(f"{page}afwijzen/", {"reason": "Nee."}).status_code == 404


def test_receiver_declines_on_its_pages(
    charlie: User, alice: User, client_of: ClientOf, proposal: Proposal, sent: Handover
) -> None:
    page = f"/o/waterhoek/acties/voorstellen/{proposal.pk}/"
    client = client_of(charlie)
    assert client.post(f"{page}afwijzen/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}afwijzen/", {"reason": "Niet van ons."}).status_code == 302
    assert "Niet van ons." in client.get(page).content.decode()
    seen = client_of(alice).get(f"/o/dijkerveen/delen/overdrachten/{sent.pk}/")
    assert "Niet van ons." in seen.content.decode()


def test_others_come_nowhere(
    bob: User, dora: User, alice: User, client_of: ClientOf, proposal: Proposal, ours: Action
) -> None:
    for user, slug in ((dora, "sluisland"), (alice, "dijkerveen")):
        page = f"/o/{slug}/acties/voorstellen/{proposal.pk}/"
        assert client_of(user).get(page).status_code == 404
    assert client_of(bob).get(f"/o/dijkerveen/acties/{ours.pk}/overdragen/").status_code == 403
    assert client_of(dora).get(f"/o/dijkerveen/acties/{ours.pk}/overdragen/").status_code == 404
