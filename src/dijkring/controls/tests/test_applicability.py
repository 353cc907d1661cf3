# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The statement of applicability: four eyes, its effect at once, its history, its documents."""

import pytest
from django.test import Client

from dijkring.controls.catalogue import current_framework
from dijkring.controls.models import Applicability, Requirement
from dijkring.controls.selectors import applicability as select
from dijkring.controls.services import approve_applicability, decide_applicability
from dijkring.core.audit import timeline
from dijkring.core.errors import Forbidden, Refused
from dijkring.evidence.selectors.standings import of_leaf
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf

BASE = "/o/dijkerveen/verklaring-van-toepasselijkheid/"
REASON = "Wij hebben geen eigen rekencentrum."


def leaves(*refs: str) -> list[Requirement]:
    rows = Requirement.objects.filter(framework=current_framework("bio2"), ref__in=refs)
    return list(rows.order_by("position"))


def state(organisation_id: int, ref: str) -> str:
    norm = current_framework("bio2")
    assert norm is not None
    return next(line.state for line in select.lines(organisation_id, norm) if line.ref == ref)


def test_not_applicable_counts_only_after_a_second_person(
    acting: Acting, alice: User, fatima: User
) -> None:
    chosen = leaves("7.05", "7.06")
    with acting(alice) as actor:
        decide_applicability(actor=actor, requirements=chosen, applicable=False, reason=REASON)
        assert state(actor.organisation_id, "7.05") == "waits"
        assert of_leaf(actor.organisation_id, chosen[0].pk).verdict == "not_assessed"
        with pytest.raises(Refused):
            approve_applicability(actor=actor, requirements=chosen)
    with acting(fatima) as actor:
        approve_applicability(actor=actor, requirements=chosen)
        assert state(actor.organisation_id, "7.05") == "does_not_apply"
        assert of_leaf(actor.organisation_id, chosen[0].pk).verdict == "not_applicable"
        row = Applicability.objects.get(requirement=chosen[0], valid_until=None)
        assert row.approved_by == fatima
        assert [entry.who for entry in timeline(row)] == ["Fatima Aydin", "Alice Bakker"]


def test_back_to_applicable_has_its_effect_at_once(
    acting: Acting, alice: User, fatima: User
) -> None:
    chosen = leaves("7.05")
    with acting(alice) as actor:
        decide_applicability(actor=actor, requirements=chosen, applicable=False, reason=REASON)
    with acting(fatima) as actor:
        approve_applicability(actor=actor, requirements=chosen)
    with acting(alice) as actor:
        decide_applicability(actor=actor, requirements=chosen, applicable=True, reason="")
        assert of_leaf(actor.organisation_id, chosen[0].pk).verdict == "not_assessed"
        assert Applicability.objects.filter(requirement=chosen[0]).count() == 2


def test_another_owner_keeps_the_approval_and_nothing_new_writes_nothing(
    acting: Acting, alice: User, bob: User, fatima: User
) -> None:
    chosen = leaves("7.05")
    decision = {"requirements": chosen, "applicable": False, "reason": REASON}
    with acting(alice) as actor:
        decide_applicability(actor=actor, **decision)  # type: ignore[arg-type]
    with acting(fatima) as actor:
        approve_applicability(actor=actor, requirements=chosen)
    with acting(alice) as actor:
        [row] = decide_applicability(actor=actor, owner=bob, **decision)  # type: ignore[arg-type]
        assert row.approved_by == fatima
        assert decide_applicability(actor=actor, owner=bob, **decision) == []  # type: ignore[arg-type]


def test_what_is_refused(acting: Acting, alice: User, bob: User, charlie: User) -> None:
    chosen, chapter = leaves("7.05"), leaves("7")
    with acting(alice) as actor:
        for wrong, owner, reason in (
            ([], None, REASON),
            (chapter, None, REASON),
            (chosen, None, "kort"),
            (chosen, charlie, REASON),
        ):
            with pytest.raises(Refused):
                decide_applicability(
                    actor=actor, requirements=wrong, applicable=False, reason=reason, owner=owner
                )
        with pytest.raises(Refused):
            approve_applicability(actor=actor, requirements=chosen)
    with acting(bob) as actor:
        with pytest.raises(Forbidden):
            decide_applicability(actor=actor, requirements=chosen, applicable=True, reason="")
        with pytest.raises(Forbidden):
            approve_applicability(actor=actor, requirements=chosen)


# --- pages --------------------------------------------------------------------------------------


def decide(client: Client, chosen: list[Requirement], **values: str) -> int:
    address = f"{BASE}besluit/?{'&'.join(f'leaf={one.pk}' for one in chosen)}"
    return client.post(address, {"applicable": "no", "reason": REASON, **values}).status_code


def test_a_selection_is_decided_and_approved_on_the_pages(
    client_of: ClientOf, acting: Acting, alice: User, fatima: User
) -> None:
    chosen = leaves("7.05", "7.06", "7.07.01")
    assert decide(client_of(alice), chosen) == 302
    approval = f"{BASE}akkoord/?{'&'.join(f'leaf={one.pk}' for one in chosen)}"
    assert REASON in client_of(fatima).get(approval).content.decode()
    refused = client_of(alice).post(approval)
    assert refused.status_code == 422
    assert client_of(fatima).post(approval).status_code == 302
    with acting(alice) as actor:
        assert {state(actor.organisation_id, one.ref) for one in chosen} == {"does_not_apply"}


def test_a_wrong_form_keeps_what_was_typed(client_of: ClientOf, alice: User) -> None:
    [one] = leaves("7.05")
    response = client_of(alice).post(
        f"{BASE}besluit/?leaf={one.pk}", {"applicable": "no", "reason": "te kort"}
    )
    assert response.status_code == 422
    assert "te kort" in response.content.decode()


def test_the_list_is_filtered(client_of: ClientOf, alice: User) -> None:
    assert decide(client_of(alice), leaves("7.05")) == 302
    page = client_of(alice).get(f"{BASE}?state=waits").content.decode()
    assert "7.05" in page
    assert "7.06" not in page
    assert client_of(alice).get(f"{BASE}besluit/").status_code == 302


@pytest.mark.parametrize(("kind", "start"), [("ods", b"PK"), ("xlsx", b"PK"), ("csv", b"")])
def test_the_statement_leaves_as_a_sheet(
    client_of: ClientOf, bob: User, kind: str, start: bytes
) -> None:
    response = client_of(bob).get(f"{BASE}?export={kind}")
    assert response.status_code == 200
    assert response.content.startswith(start)
    assert "dijkerveen" in response.headers["Content-Disposition"].lower()


def test_the_statement_leaves_as_a_pdf(client_of: ClientOf, bob: User) -> None:
    response = client_of(bob).get(f"{BASE}pdf/")
    assert response.content.startswith(b"%PDF-")
    assert "dijkerveen" in response.headers["Content-Disposition"]


def test_a_reader_sees_and_does_not_choose(client_of: ClientOf, bob: User) -> None:
    page = client_of(bob).get(BASE).content.decode()
    assert "5.01.01" in page
    assert 'name="leaf"' not in page
