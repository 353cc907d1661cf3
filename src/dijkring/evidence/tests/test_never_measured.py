# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing becomes good by a new version of a norm, nor by being silent over a period."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dijkring.controls.services import import_pack
from dijkring.controls.tests.makers import house
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Fact
from dijkring.evidence.selectors.periods import operation_of
from dijkring.evidence.selectors.standings import of_leaf
from dijkring.evidence.services import provisions, scopes, withdrawals
from dijkring.evidence.services.carry_over import carry_over
from dijkring.evidence.tests.makers import START, Norm, count, current, day, judge, see
from dijkring.evidence.tests.test_carry_over import leaf, versions
from dijkring.organisations.models import Organisation

SITE = "www.dijkerveen.example"
MERGED = "was_becomes:\n  - {was: a1, becomes: [b1]}\n  - {was: a2, becomes: [b1]}\n"


def verdict(actor: Actor, ref: str, version: str) -> str:
    return str(of_leaf(actor.organisation_id, leaf(ref, version).pk).verdict)


def take_along(actor: Actor, **changes: str) -> None:
    import_pack(pack=house("2.0", **changes), actor=actor)
    old, new = versions()
    carry_over(actor=actor, old=old, new=new)


def test_what_was_judged_of_one_system_stays_about_that_system(ciso: Actor) -> None:
    import_pack(pack=house(), actor=ciso)
    scope = scopes.add(actor=ciso, kind="system", name="Zaaksysteem")
    for layer in leaf("a3", "1.0").layers:
        judge(ciso, leaf("a3", "1.0"), layer, "met", scope=scope)
    before = verdict(ciso, "a3", "1.0")
    take_along(ciso)
    assert verdict(ciso, "a3", "2.0") == before


def test_what_another_carries_out_does_not_become_good_without_it(ciso: Actor) -> None:
    import_pack(pack=house(), actor=ciso)
    old = leaf("a3", "1.0")
    for layer in old.layers:
        judge(ciso, old, layer, "met")
    provisions.take(
        actor=ciso,
        provider=Organisation.objects.get(slug="waterhoek"),
        service=None,
        service_name="Hek",
        requirements=[old],
        layers=["operation"],
        document="DVO",
    )
    judge(ciso, old, "own_part", "not_met")
    take_along(ciso)
    assert verdict(ciso, "a3", "2.0") != "met"


def test_of_two_that_become_one_half_is_not_enough(ciso: Actor) -> None:
    import_pack(pack=house(), actor=ciso)
    for layer in leaf("a1", "1.0").layers:
        judge(ciso, leaf("a1", "1.0"), layer, "met")
    take_along(ciso, rest=MERGED, a1="", a2="", b1="Dicht.")
    assert verdict(ciso, "b1", "2.0") != "met"


def test_of_two_that_become_one_the_ended_one_counts(ciso: Actor) -> None:
    import_pack(pack=house(), actor=ciso)
    for layer in leaf("a1", "1.0").layers:
        judge(ciso, leaf("a1", "1.0"), layer, "met", days=200)
        judge(ciso, leaf("a2", "1.0"), layer, "met", days=3)
    with day(10):
        assert verdict(ciso, "a2", "1.0") == "show_again"
        take_along(ciso, rest=MERGED, a1="", a2="", b1="Dicht.")
        assert verdict(ciso, "b1", "2.0") == "show_again"


def test_what_went_and_came_back_is_looked_at_again(ciso: Actor, norm: Norm) -> None:
    address = f"{SITE}/1"
    count(ciso, SITE)
    see(ciso, SITE, {address: "pass"}, complete=True)
    with day(1):
        see(ciso, SITE, {}, complete=True)
    with day(2):
        see(ciso, SITE, {address: "fail"}, complete=True)
    with day(30):
        until = START + timedelta(days=30)
        (found,) = operation_of(ciso.organisation_id, norm.tls.pk, START, until)
    assert not any(one.repaired for one in found.exceptions)
    assert found.coverage is not None
    assert found.coverage < 0.5


def test_what_was_withdrawn_does_not_come_back_with_the_same_message(
    ciso: Actor, norm: Norm
) -> None:
    count(ciso, SITE)
    see(ciso, SITE, "pass")
    with day(1):
        withdrawals.withdraw(actor=ciso, fact=current(ciso, SITE), reason="Verkeerd gemeten.")
        see(ciso, SITE, "pass", days_ago=1)
        assert current(ciso, SITE).state == "not_measured"
    with day(2):
        see(ciso, SITE, "pass")
        assert current(ciso, SITE).state == "pass"


def test_what_went_does_not_come_back_by_what_was_seen_before(ciso: Actor) -> None:
    address = f"{SITE}/1"
    count(ciso, SITE)
    see(ciso, SITE, {address: "fail"}, complete=True)
    with day(3):
        see(ciso, SITE, {}, complete=True)
    with day(4):
        see(ciso, SITE, {address: "pass"}, days_ago=3)
        assert not Fact.objects.filter(subject=address, until=None).exists()


def layers(actor: Actor, norm: Norm) -> dict[str, str]:
    found = of_leaf(actor.organisation_id, norm.tls.pk)
    return {part["layer"]: part["verdict"] for part in found.layers}


def test_withdrawing_the_worst_address_makes_nothing_good(ciso: Actor, norm: Norm) -> None:
    good, bad = f"{SITE}/192.0.2.1", f"{SITE}/192.0.2.2"
    count(ciso, SITE)
    see(ciso, SITE, {good: "pass", bad: "fail"})
    withdrawals.withdraw(actor=ciso, fact=current(ciso, bad), reason="Verkeerd gemeten.")
    assert layers(ciso, norm)["operation"] == "not_measured"
    with pytest.raises(Refused):
        withdrawals.withdraw(actor=ciso, fact=current(ciso, bad), reason="Bestaat niet.")
    other = replace(ciso, user_id=None, name="Een ander")
    withdrawals.withdraw(actor=other, fact=current(ciso, bad), reason="Bestaat niet.")
    assert not Fact.objects.filter(subject=bad, until=None).exists()


def test_what_is_judged_apart_does_not_end_without_a_reason(ciso: Actor, norm: Norm) -> None:
    scope = scopes.add(actor=ciso, kind="system", name="Zaaksysteem")
    judge(ciso, norm.judged, "design", "met")
    judge(ciso, norm.judged, "design", "not_met", scope=scope)
    with pytest.raises(Refused):
        scopes.end(actor=ciso, scope=scope, reason=" ")
    assert of_leaf(ciso.organisation_id, norm.judged.pk).verdict == "not_met"


def test_what_is_not_met_stays_so_when_the_other_half_has_ended(ciso: Actor) -> None:
    import_pack(pack=house(), actor=ciso)
    for layer in leaf("a1", "1.0").layers:
        judge(ciso, leaf("a1", "1.0"), layer, "not_met", days=200)
        judge(ciso, leaf("a2", "1.0"), layer, "met", days=3)
    with day(10):
        take_along(ciso, rest=MERGED, a1="", a2="", b1="Dicht.")
        assert verdict(ciso, "b1", "2.0") == "not_met"
