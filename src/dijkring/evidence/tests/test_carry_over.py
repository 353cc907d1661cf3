# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A new version of a norm: judgements go along, and what changed is looked at again."""

from datetime import timedelta
from io import BytesIO

import pytest

from dijkring.controls.importers import read
from dijkring.controls.importers.tests.shared import accepted, real
from dijkring.controls.models import Applicability, Framework, LookAgain, Requirement
from dijkring.controls.services import (
    approve_applicability,
    decide_applicability,
    import_pack,
    looked_again,
)
from dijkring.controls.tests.makers import house
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement
from dijkring.evidence.selectors.standings import of_leaf
from dijkring.evidence.services import uploads
from dijkring.evidence.services.carry_over import carry_over
from dijkring.evidence.services.judgements import judge
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting, ClientOf
from dijkring.tests.harness.work import DoJobs

FATES = """was_becomes:
  - {was: a1, becomes: [b1], note: {nl: "Verplaatst."}}
  - {was: a2, becomes: []}
"""
LAYERS = ("design", "existence", "operation")


def leaf(ref: str, version: str, key: str = "huis") -> Requirement:
    return Requirement.objects.get(framework__key=key, framework__version=version, ref=ref)


def say(actor: Actor, requirement: Requirement, verdict: str = "met") -> None:
    file = uploads.upload(actor=actor, name="besluit.txt", content=BytesIO(b"Besluit."))
    for layer in requirement.layers:
        judge(
            actor=actor,
            requirement=requirement,
            layer=layer,
            line="ciso",
            verdict=verdict,
            reason="Vastgesteld in het overleg.",
            valid_until=clock.now() + timedelta(days=100),
            documents=[file],
        )


def versions() -> tuple[Framework, Framework]:
    found = Framework.objects.filter(key="huis").order_by("version")
    return found[0], found[1]


def second() -> object:
    return house("2.0", rest=FATES, a1="", a2="", b1="De deur is op slot.", a4="Nieuw.")


def test_a_new_version_takes_judgements_along_by_itself(
    acting: Acting, alice: User, charlie: User, do_jobs: DoJobs
) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        for ref in ("a1", "a2", "a3"):
            say(actor, leaf(ref, "1.0"))
        result = import_pack(pack=second(), actor=actor)  # type: ignore[arg-type]
        assert result.look_again == ["a1 → b1", "a2 → ×"]
    do_jobs()
    with acting(alice) as actor:
        own = actor.organisation_id
        assert of_leaf(own, leaf("a3", "2.0").pk).verdict == "met"
        assert of_leaf(own, leaf("b1", "2.0").pk).verdict == "met"
        assert of_leaf(own, leaf("a4", "2.0").pk).verdict == "not_assessed"
        assert of_leaf(own, leaf("a1", "1.0").pk).verdict == "met"
        listed = {str(row): row.reason for row in LookAgain.objects.all()}
        assert listed == {"a1 → b1": "moved", "a2 → a2": "gone"}
        copy = Judgement.objects.get(requirement=leaf("b1", "2.0"), layer="design")
        source = Judgement.objects.get(requirement=leaf("a1", "1.0"), layer="design")
        assert copy.carried_from == source
        assert (copy.judged_by, copy.judged_at) == (source.judged_by, source.judged_at)
        assert copy.valid_until == source.valid_until
        assert copy.documents.get().upload == source.documents.get().upload
    with acting(charlie):
        assert not LookAgain.objects.exists()


def test_a_second_time_carries_nothing_twice_and_spares_what_was_judged_anew(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        say(actor, leaf("a1", "1.0"))
        say(actor, leaf("a3", "1.0"))
        import_pack(pack=second(), actor=actor)  # type: ignore[arg-type]
        say(actor, leaf("a3", "2.0"), "not_met")
        old, new = versions()
        first = carry_over(actor=actor, old=old, new=new)
        again = carry_over(actor=actor, old=old, new=new)
        assert (first.carried, again.carried) == (len(LAYERS), 0)
        assert (len(first.look_again), len(again.look_again)) == (1, 0)
        assert of_leaf(actor.organisation_id, leaf("a3", "2.0").pk).verdict == "not_met"


def test_two_that_become_one_take_the_worst_along(acting: Acting, alice: User) -> None:
    merged = "was_becomes:\n  - {was: a1, becomes: [b1]}\n  - {was: a2, becomes: [b1]}\n"
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        say(actor, leaf("a1", "1.0"), "met")
        say(actor, leaf("a2", "1.0"), "partly")
        import_pack(pack=house("2.0", rest=merged, a1="", a2="", b1="Dicht."), actor=actor)
        old, new = versions()
        carry_over(actor=actor, old=old, new=new)
        assert of_leaf(actor.organisation_id, leaf("b1", "2.0").pk).verdict == "partly"
        assert LookAgain.objects.count() == 2


def test_another_text_under_the_same_number_is_looked_at_again(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        for ref in ("a1", "a2", "a3"):
            say(actor, leaf(ref, "1.0"))
        import_pack(pack=house("2.0", a2="Elk raam heeft een slot."), actor=actor)
        old, new = versions()
        done = carry_over(actor=actor, old=old, new=new)
        assert done.carried == 3 * len(LAYERS)
        assert [(row.was, row.reason) for row in done.look_again] == [("a2", "reworded")]


def test_applicability_goes_along_only_where_nothing_changed(
    acting: Acting, alice: User, fatima: User
) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        chosen = [leaf("a1", "1.0"), leaf("a3", "1.0")]
        decide_applicability(
            actor=actor, requirements=chosen, applicable=False, reason="Wij hebben geen hek."
        )
    with acting(fatima) as actor:
        approve_applicability(actor=actor, requirements=chosen)
    with acting(alice) as actor:
        import_pack(pack=second(), actor=actor)  # type: ignore[arg-type]
        old, new = versions()
        carry_over(actor=actor, old=old, new=new)
        row = Applicability.objects.get(requirement__framework=new)
        assert (row.requirement.ref, row.approved_by) == ("a3", fatima)
        assert of_leaf(actor.organisation_id, leaf("a3", "2.0").pk).verdict == "not_applicable"
        assert [one.was for one in LookAgain.objects.all()] == ["a1"]


def test_looking_again_ends_with_a_conclusion(
    client_of: ClientOf, acting: Acting, alice: User, bob: User
) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        say(actor, leaf("a1", "1.0"))
        import_pack(pack=second(), actor=actor)  # type: ignore[arg-type]
        old, new = versions()
        [row] = carry_over(actor=actor, old=old, new=new).look_again
    address = "/o/dijkerveen/opnieuw-bekijken/"
    assert "Verplaatst." in client_of(bob).get(address).content.decode()
    assert client_of(bob).post(f"{address}{row.pk}/", {"reason": "x"}).status_code == 403
    client = client_of(alice)
    assert client.post(f"{address}{row.pk}/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}{row.pk}/", {"reason": "Past nog."}).status_code == 302
    with acting(alice) as actor:
        row.refresh_from_db()
        assert (row.done_by, row.conclusion) == (alice, "Past nog.")
        with pytest.raises(Refused):
            looked_again(actor=actor, row=row, conclusion="Nog eens.")


def test_the_real_bio2_from_1_2_to_1_3(client_of: ClientOf, acting: Acting, alice: User) -> None:
    """The library of version 1.2 comes in later, as an older norm of the organisation's own."""
    pack = accepted(read(real("frameworks/ciso-assistant-bio2.yaml")))
    refs = ("5.01.01", "5.04.02", "5.21.01")
    with acting(alice) as actor:
        import_pack(pack=pack, actor=actor)
        for ref in refs:
            say(actor, leaf(ref, "1.2", "bio2"))
        new = Framework.objects.get(key="bio2", version="1.3")
    page = client_of(alice).get(f"/o/dijkerveen/normen/{new.pk}/").content.decode()
    assert f"/normen/{new.pk}/overnemen/" in page
    done = client_of(alice).post(f"/o/dijkerveen/normen/{new.pk}/overnemen/")
    assert done.status_code == 302
    with acting(alice) as actor:
        own = actor.organisation_id
        for ref in ("5.01.01", "5.10.02"):
            assert of_leaf(own, leaf(ref, "1.3", "bio2").pk).verdict == "met"
        listed = {(row.was, row.requirement.ref, row.reason) for row in LookAgain.objects.all()}
        assert listed == {
            ("5.04.02", "5.10.02", "moved"),
            ("5.21.01", "5.21.01", "gone"),
        }
