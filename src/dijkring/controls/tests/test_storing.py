# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Storing packs: ids stay, periods stay, and what points nowhere or round is refused."""

from datetime import timedelta

import pytest

from dijkring.controls.catalogue import _load, catalogue, current_framework
from dijkring.controls.models import (
    EvidenceRule,
    Framework,
    Mapping,
    Requirement,
    WasBecomes,
    version_key,
)
from dijkring.controls.services import RefusedPack, import_pack, version_before, was_becomes
from dijkring.controls.tests.makers import house, pack
from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Forbidden
from dijkring.organisations.models import User
from dijkring.tests.harness.people import Acting

RULE = """rules:
  - requirement: "huis:A1"
    layer: operation
    decides: true
    population: organisation
    kinds: [evidence.restore_test]
    tolerance: {tolerance}
"""


def mapping(source: str, target: str, kind: str = "carries") -> str:
    return f'  - {{source: "{source}", target: "{target}", kind: {kind}, official: false}}\n'


def rows(actor: Actor) -> dict[str, int]:
    own = Requirement.objects.filter(organisation_id=actor.organisation_id)
    return dict(own.values_list("ref", "pk"))


def test_the_same_pack_again_changes_nothing(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        first = import_pack(pack=house(), actor=actor)
        stamp = Framework.objects.get(key="huis").imported_at
        again = import_pack(pack=house(), actor=actor)
        assert (first.new, again.new, again.changed, again.unchanged) == (4, 0, 0, 3)
        assert Framework.objects.get(key="huis").imported_at == stamp


def test_ids_stay_when_texts_change(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        before = rows(actor)
        result = import_pack(pack=house(a2="Het raam is op slot."), actor=actor)
        assert (result.new, result.changed, result.unchanged) == (0, 1, 2)
        assert rows(actor) == before
        assert "slot" in Requirement.objects.get(pk=before["a2"]).description


def test_only_who_may_import_imports(acting: Acting, bob: User) -> None:
    with acting(bob) as actor, pytest.raises(Forbidden):
        import_pack(pack=house(), actor=actor)


def test_an_import_is_for_one_organisation_only(acting: Acting, alice: User, charlie: User) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
    with acting(charlie):
        assert not Framework.objects.filter(key="huis").exists()


def test_rules_end_and_stay_for_the_past(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(rest=RULE.format(tolerance=0)), actor=actor)
        leaf = rows(actor)["a1"]
        first = EvidenceRule.objects.get(requirement_id=leaf)
        later = first.valid_from + timedelta(days=30)
        with clock.moved_to(later):
            result = import_pack(pack=house(rest=RULE.format(tolerance=2)), actor=actor)
        assert (result.new, result.changed) == (1, 1)
        [now] = catalogue(later + timedelta(days=1)).rules[leaf]
        [then] = catalogue(later - timedelta(days=1)).rules[leaf]
        assert (now.tolerance, then.tolerance, then.id) == (2, 0, first.pk)


def test_mappings_of_others_stay_when_a_list_is_replaced(acting: Acting, alice: User) -> None:
    own = "mappings:\n" + mapping("huis:a1", "bio2:5.14.01", "contributes")
    official = Mapping.objects.filter(valid_until=None)
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        before = official.count()
        import_pack(pack=pack(own, id="lijst"), actor=actor)
        assert official.count() == before + 1
        other = "mappings:\n" + mapping("huis:a2", "bio2:5.14.01", "contributes")
        result = import_pack(pack=pack(other, id="lijst"), actor=actor)
        assert (result.new, result.changed, official.count()) == (1, 1, before + 1)


def test_own_mappings_are_in_nobody_elses_catalogue(
    acting: Acting, alice: User, charlie: User
) -> None:
    body = "mappings:\n" + mapping("bio2:5.14.01", "bio2:5.14.02")
    with acting(alice) as actor:
        import_pack(pack=pack(body, id="eigen"), actor=actor)
        source = Requirement.objects.get(framework=current_framework("bio2"), ref="5.14.01")
        assert len(catalogue(clock.now()).carries[source.pk]) >= 1
        mine = set(catalogue(clock.now()).carries[source.pk])
    with acting(charlie):
        theirs = set(catalogue(clock.now()).carries[source.pk])
    assert len(mine - theirs) == 1


def test_an_own_rule_without_a_framework_of_ones_own_reaches_nobody_else(
    acting: Acting, alice: User, charlie: User
) -> None:
    """Nor oneself: such a rule came in by no way of ours, and what is loaded serves everybody."""
    some = EvidenceRule.objects.filter(organisation=None).first()
    assert some is not None
    _load.cache_clear()
    with acting(alice) as actor:
        some.pk, some.organisation_id, some.tolerance = None, actor.organisation_id, 98
        some.save(force_insert=True)
        here = {rule.tolerance for rule in catalogue(clock.now()).rules[some.requirement_id]}
    with acting(charlie):
        there = {rule.tolerance for rule in catalogue(clock.now()).rules[some.requirement_id]}
    assert 98 not in here | there


def test_a_mapping_to_nowhere_is_refused_with_its_line(acting: Acting, alice: User) -> None:
    body = "mappings:\n" + mapping("bio2:5.14.01", "bio2:99.01")
    with acting(alice) as actor:
        with pytest.raises(RefusedPack) as refused:
            import_pack(pack=pack(body, id="eigen"), actor=actor)
        [remark] = refused.value.remarks
        assert remark.line == 3
        assert "bio2:99.01" in remark.reason["en"]
        assert not Framework.objects.filter(key="eigen").exists()


def test_a_circle_over_two_files_is_refused(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        first = "mappings:\n" + mapping("huis:a1", "bio2:5.14.01")
        import_pack(pack=pack(first, id="heen"), actor=actor)
        back = "mappings:\n" + mapping("bio2:5.14.01", "huis:a1")
        with pytest.raises(RefusedPack) as refused:
            import_pack(pack=pack(back, id="terug"), actor=actor)
        assert "circle" in refused.value.remarks[0].reason["en"]


def test_a_circle_through_the_tree_is_refused(acting: Acting, alice: User) -> None:
    """A chapter speaks with the voice of its leaves: it may not carry what carries a leaf."""
    first = "mappings:\n" + mapping("bio2:5", "huis:a1")
    back = "mappings:\n" + mapping("huis:a1", "bio2:5.14.01")
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        import_pack(pack=pack(first, id="heen"), actor=actor)
        with pytest.raises(RefusedPack):
            import_pack(pack=pack(back, id="terug"), actor=actor)


def test_references_are_found_whatever_their_capitals(acting: Acting, alice: User) -> None:
    body = "mappings:\n" + mapping("huis:A1", "bio2:5.14.01")
    with acting(alice) as actor:
        import_pack(pack=house(), actor=actor)
        import_pack(pack=pack(body, id="lijst"), actor=actor)
        assert Mapping.objects.filter(source_id=rows(actor)["a1"], valid_until=None).exists()


def test_an_older_version_does_not_become_the_current_one(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        import_pack(pack=house("1.10"), actor=actor)
        import_pack(pack=house("1.9", more=", published: 2026-11-01"), actor=actor)
        found = current_framework("huis")
        assert found is not None
        assert found.version == "1.10"
        before = version_before(found)
        assert before is not None
        assert before.version == "1.9"


def test_the_version_that_a_law_names_stays_in_force(acting: Acting, alice: User) -> None:
    body = "requirements:\n" + '  - {ref: "5.14.01", kind: measure, title: {nl: "Nieuw"}}\n'
    ties = "mappings:\n" + mapping("bio2:5.14.01", "huis:a1")
    with acting(alice) as actor:
        import_pack(pack=pack(body, id="bio2", version="2.0"), actor=actor)
        found = current_framework("bio2")
        assert found is not None
        assert (found.version, found.organisation_id) == ("1.3", None)
        import_pack(pack=house(), actor=actor)
        import_pack(pack=pack(ties, id="lijst"), actor=actor)
        made = Mapping.objects.get(target_id=rows(actor)["a1"])
        assert made.source.framework == found


def test_versions_sort_as_people_read_them() -> None:
    versions = ["1.2²", "1.2", "1.3-concept", "1.3", "1.10", "2.0", "2026"]
    assert sorted(reversed(versions), key=version_key) == versions


FATES = """was_becomes:
  - {was: a1, becomes: [b1], note: {nl: "Verplaatst."}}
  - {was: a2, becomes: []}
"""


def test_was_becomes_follows_the_lists_of_every_version_between(
    acting: Acting, alice: User
) -> None:
    second = house("2.0", rest=FATES, a1="", a2="", b1="De deur is op slot.")
    on = 'was_becomes:\n  - {was: b1, becomes: [c1], note: {nl: "Weer verplaatst."}}\n'
    third = house("3.0", rest=on, a1="", a2="", c1="De deur is op slot.")
    with acting(alice) as actor:
        for one in (house(), second):
            import_pack(pack=one, actor=actor)
        result = import_pack(pack=third, actor=actor)
        assert result.look_again == ["b1 → c1"]
        old, new = (Framework.objects.get(key="huis", version=v) for v in ("1.0", "3.0"))
        found = was_becomes(old, new)
        ids = {row.pk: row.ref for row in Requirement.objects.filter(framework__key="huis")}
        named = {ids[was]: [ids[one] for one in became] for was, became in found.items()}
        assert named == {"a1": ["c1"], "a2": [], "a3": ["a3"]}


def test_the_list_of_content_is_stored(acting: Acting, alice: User) -> None:
    with acting(alice):
        row = WasBecomes.objects.get(key="bio2", version="1.3", was="5.04.02")
        assert row.becomes == ["bio2:5.10.02"]
