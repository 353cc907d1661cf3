# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search finds what a person may see, by the words they type, and nothing of anybody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dijkring.accountability import services as accountability
from dijkring.accountability.blocks import annex_document
from dijkring.actions import services as actions
from dijkring.core import clock, search
from dijkring.core.access import Actor, rights_of
from dijkring.documents.html import to_html
from dijkring.organisations.models import User
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting, ClientOf

ADDRESS = "/o/dijkerveen/zoeken/"


def kinds(found: list[search.Group]) -> set[str]:
    return {group.source.kind for group in found}


def titles(found: list[search.Group], kind: str) -> list[str]:
    return [hit.title for group in found if group.source.kind == kind for hit in group.found.hits]


def norms(actor: Actor) -> list[str]:
    found = search.ask("eis in versie", actor=actor, kind="requirements")
    return [hit.note for group in found for hit in group.found.hits]


def test_words_are_taken_out_of_anything_typed() -> None:
    assert search.words_of("  TLS-versie, 5.14.01! ") == ("tls-versie", "5.14.01")
    assert search.words_of("'; DROP TABLE x; -- \0 % _ & | :*") == ("drop", "table", "x")
    assert len(search.words_of("woord " * 500)) == search.MOST_WORDS


@pytest.mark.parametrize(
    "words", ["", "'", "!!!", "\0", "a:* | b", "\\", "%", "é" * 300, "de het een", "🦺 dijk"]
)
def test_any_words_get_an_answer(client_of: ClientOf, alice: User, words: str) -> None:
    assert client_of(alice).get(ADDRESS, {"q": words}).status_code == 200


def test_requirement_is_found_by_number_before_all_else(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        found = search.ask("5.14.01", actor=actor, kind="requirements")
    assert titles(found, "requirements")[0].startswith("5.14.01")


def test_requirement_is_found_by_its_words_in_the_language_of_the_reader(
    acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        dutch = search.ask("back-up ransomw", actor=actor, language="nl")
        english = search.ask("backup ransomware", actor=actor, language="en")
    assert any("8.13.01" in title for title in titles(dutch, "requirements"))
    assert "requirements" in kinds(english)


def test_every_word_holds_the_trace_of_its_stems(alice: User) -> None:
    """Over all Dutch that comes with Dijkring: what PostgreSQL finds, the trace lets through."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT word, unnest(tsvector_to_array(to_tsvector('dutch', word)))"
            " FROM controls_requirement r, regexp_split_to_table("
            "concat_ws(' ', r.title->>'nl', r.text->>'nl'), '[\\s,;:()]+') word"
            " UNION SELECT word, unnest(tsvector_to_array(to_tsvector('dutch', word)))"
            " FROM unnest(%s::text[]) word",
            [["maan", "manen", "katten", "gelegenheden", "reünie", "één", "bureaus", "loopt"]],
        )
        pairs = cursor.fetchall()
        traces = [(word, search.trace(stem)) for word, stem in pairs]
        cursor.execute(
            "SELECT count(*) FROM unnest(%s::text[], %s::text[]) AS t(word, trace)"
            " WHERE NOT word ILIKE trace",
            [[word for word, _trace in traces], [trace for _word, trace in traces]],
        )
        missed = cursor.fetchone()[0]
    assert len(pairs) > 1000
    assert missed == 0


def test_other_forms_of_a_word_are_found(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        actions.open_action(
            actor=actor, title="Servers vervangen", due_on=clock.today(), subjects=["a"]
        )
        assert titles(search.ask("vervang server", actor=actor), "actions") == ["Servers vervangen"]
        assert search.ask("vervang fietsenstalling", actor=actor) == []


def test_everything_a_room_registered_is_found(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        objects.make(actor, 7)
        found = {
            "actions": search.ask("terugzetten", actor=actor),
            "comments": search.ask("leverancier", actor=actor),
            "facts": search.ask("omgeving-7", actor=actor),
            "judgements": search.ask("vastgesteld directie", actor=actor),
            "documents": search.ask("besluit-7", actor=actor),
            "domains": search.ask("proef-7", actor=actor),
            "reports": search.ask("rapport 7", actor=actor),
            "people": search.ask("alice", actor=actor),
            "organisations": search.ask("sluisland", actor=actor),
            "frameworks": search.ask("cbw", actor=actor),
            "requirements": search.ask("back-up", actor=actor),
            "guides": search.ask("back-up", actor=actor),
        }
    assert {kind for kind, groups in found.items() if kind not in kinds(groups)} == set()


def test_nothing_of_another_organisation_is_found(
    acting: Acting, alice: User, charlie: User
) -> None:
    with acting(charlie) as actor:
        for make in (
            objects.make_facts,
            objects.make_judgements,
            objects.make_domains,
            objects.make_report,
        ):
            make(actor, 8)
        own = search.ask("proef-8", actor=actor)
    with acting(alice) as actor:
        assert {"domains", "facts"} & kinds(own)
        for words in ("proef-8", "omgeving-8", "rapport 8", "besluit-8", "charlie"):
            assert kinds(search.ask(words, actor=actor)) <= {
                "guides",
                "organisations",
                "requirements",
            }


def test_own_norm_of_another_is_not_found(acting: Acting, alice: User, charlie: User) -> None:
    with acting(charlie) as actor:
        objects.own_framework(actor, 9, "1")
        assert any("Eigen norm 9" in note for note in norms(actor))
    with acting(alice) as actor:
        assert not any("Eigen norm" in note for note in norms(actor))


def test_source_needs_its_right(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        blind = Actor(actor.organisation_id, "x", rights=rights_of("reader") - {"actions.view"})
        actions.open_action(actor=actor, title="Sluisdeur", due_on=clock.today(), subjects=["a"])
        assert "actions" in kinds(search.ask("sluisdeur", actor=actor))
        assert "actions" not in kinds(search.ask("sluisdeur", actor=blind))


def test_confidential_annex_is_not_searched(acting: Acting, alice: User) -> None:
    with acting(alice) as actor:
        objects.make_facts(actor, 7)
        today = clock.today()
        report = accountability.make_report(
            actor=actor, title="Kwartaal", first=today - timedelta(days=90), last=today
        )
        annex = to_html(annex_document(report, "Dijkerveen"))
        found = search.ask("omgeving-7", actor=actor)
    assert "omgeving-7" in annex
    assert "reports" not in kinds(found)


def test_more_than_five_lead_to_all_of_that_kind(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    with acting(alice) as actor:
        for number in range(7):
            actions.open_action(
                actor=actor, title=f"Kade {number}", due_on=clock.today(), subjects=["a"]
            )
    client = client_of(alice)
    first = client.get(ADDRESS, {"q": "kade"}).content.decode()
    every = client.get(ADDRESS, {"q": "kade", "kind": "actions"}).content.decode()
    assert first.count("Kade ") == 5
    assert every.count("Kade ") == 7


def test_search_box_stands_on_every_page(client_of: ClientOf, alice: User) -> None:
    html = client_of(alice).get("/o/dijkerveen/feiten/").content.decode()
    assert 'id="search-box"' in html
    assert 'aria-keyshortcuts="/"' in html


def test_queries_do_not_grow_with_what_is_found(
    client_of: ClientOf, acting: Acting, alice: User
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS, {"q": "terugzetten back-up"})
        return len(captured)

    client = client_of(alice)
    with acting(alice) as actor:
        objects.make_actions(actor, 1)
    count()
    few = count()
    with acting(alice) as actor:
        for number in range(2, 6):
            objects.make_actions(actor, number)
    assert count() == few
