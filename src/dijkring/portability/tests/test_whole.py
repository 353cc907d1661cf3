# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole of one organisation goes out and comes in elsewhere without loss."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import BigIntegerField, IntegerField

from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement, Standing
from dijkring.organisations.models import User
from dijkring.portability.models import Newcomer, Transfer
from dijkring.portability.services import people, whole
from dijkring.portability.tests.archives import brought_in, comparable, content, exported
from dijkring.portability.whole import layout
from dijkring.portability.whole.tables import (
    LISTS,
    MOVES,
    NATURAL,
    USERS,
    Table,
    going,
    moving,
    tables,
)
from dijkring.tests import objects
from dijkring.tests.harness.people import Acting


@pytest.fixture
def fresh(alice: User, acting: Acting, tmp_path: Path) -> Path:
    """Dijkerveen with one of everything, exported; the rows are still there."""
    with acting(alice) as actor:
        objects.make(actor)
        return exported(actor, tmp_path / "dijkerveen.zip")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archives")


@pytest.fixture
def archive(alice: User, acting: Acting, folder: Path) -> Path:
    """The same file for every test; after the first one its rows are there no more."""
    kept = folder / "dijkerveen.zip"
    if not kept.exists():
        with acting(alice) as actor, transaction.atomic():
            objects.make(actor)
            exported(actor, kept)
            transaction.set_rollback(True)
    return kept


def test_there_and_back_nothing_is_lost_but_the_numbers(
    archive: Path, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    with acting(charlie) as actor:
        result = brought_in(actor, archive)
        again = exported(actor, tmp_path / "again.zip")
    assert result["differences"] == []
    assert result["standings"] > 0
    before, after = comparable(archive), comparable(again)
    assert set(before) == set(after)
    for name in before:
        assert after[name] == before[name], name
    filled = {name for name, rows in before.items() if rows}
    assert {"evidence_judgement", "evidence_fact", "actions_actionline", "surface_domain"} <= filled
    assert {"controls_framework", "evidence_judgementevent", "accountability_report"} <= filled
    with zipfile.ZipFile(archive) as one, zipfile.ZipFile(again) as other:
        documents = {name for name in one.namelist() if name.startswith("uploads/")}
        assert documents
        assert documents == {name for name in other.namelist() if name.startswith("uploads/")}


def test_only_an_empty_organisation_takes_an_archive(
    fresh: Path, alice: User, charlie: User, acting: Acting
) -> None:
    with acting(alice) as actor, pytest.raises(Refused):
        brought_in(actor, fresh)
    with acting(charlie) as actor:
        brought_in(actor, fresh)
        before = Judgement.objects.count()
        with pytest.raises(Refused):
            brought_in(actor, fresh)
        assert Judgement.objects.count() == before


def test_no_secret_leaves(fresh: Path, alice: User) -> None:
    with zipfile.ZipFile(fresh) as found:
        everything = b"".join(
            found.read(name) for name in found.namelist() if not name.startswith("uploads/")
        )
    assert alice.password.encode() not in everything
    for name in ("organisations_apitoken", "organisations_invitation"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT token_hash FROM {name}")  # noqa: S608
            hashes = [row[0] for row in cursor.fetchall()]
        assert not any(one.encode() in everything for one in hashes)
    for row in content(fresh)["people.jsonl"]:
        assert set(row) == {"id", "name", "email"}


SUSPICIOUS = re.compile(r"token|secret|password|hash|sealed|key$|salt|otp|seed|private")
HARMLESS = {
    ("api_idempotencykey", "key"),
    ("controls_framework", "key"),
    ("crisis_level", "key"),
    ("crisis_levelchange", "key"),
    ("controls_wasbecomes", "key"),
    ("evidence_fact", "digest"),
    ("identity_breakglass", "sealed_at"),
    ("identity_breakglass", "sealed_by_id"),
    ("incidents_delivery", "key"),
    ("incidents_intake", "key"),
    ("incidents_joint", "key"),
    ("incidents_jointentry", "key"),
    ("incidents_jointinvite", "key"),
    ("incidents_jointmandate", "key"),
    ("incidents_jointplace", "key"),
    ("incidents_playbook", "key"),
    ("notices_notice", "key"),
    ("onboarding_brought", "key"),
    ("surface_domain", "token"),
    ("surface_domainevent", "token"),
    ("workplace_theme", "logo_hash"),
    ("workplace_formdraft", "key"),
}


def test_every_column_that_looks_like_a_secret_stays_behind_or_was_looked_at() -> None:
    found = {
        (table.name.removesuffix("event"), column)
        for table in going()
        for column in table.columns
        if SUSPICIOUS.search(column)
    }
    harmless = {(name.removesuffix("event"), column) for name, column in HARMLESS}
    assert found - harmless == set()


def test_every_table_of_an_organisation_is_known_and_all_it_refers_to_can_be_found_again() -> None:
    for table in moving():
        for column, target in table.references.items():
            found = tables().get(target)
            known = target == USERS or target in NATURAL
            nullable = table.model._meta.get_field(_field(table, column)).null or table.history
            moves = found is not None and found.treatment == MOVES
            assert known or moves or nullable, f"{table.name}.{column} → {target}"


def _field(table: Table, column: str) -> str:
    return next(one.name for one in table.model._meta.concrete_fields if one.column == column)


# Counts, sizes and positions: whole numbers that point at no row.
NUMBERS = {
    "answer_days",
    "availability",
    "avoidable",
    "board_days",
    "breach_days",
    "budget_year",
    "cents",
    "confidentiality",
    "contain_hours",
    "content_version",
    "count",
    "detect_hours",
    "integrity",
    "line",
    "most_on_one",
    "names",
    "needed",
    "number",
    "percent",
    "persons_least",
    "persons_most",
    "place",
    "playbook_version",
    "position",
    "rank",
    "records_least",
    "records_most",
    "recover_hours",
    "repair_days",
    "reported_in",
    "residents",
    "serial",
    "size",
    "stand",
    "times",
    "tolerance",
    "unknown",
    "version",
    "wanted",
    "weeks",
    "year",
    "years",
}


def test_no_column_hides_the_number_of_a_row() -> None:
    for table in moving():
        if table.history:
            continue
        for field in table.model._meta.concrete_fields:
            inner = getattr(field, "base_field", field)
            if isinstance(inner, IntegerField | BigIntegerField) and field.column in table.columns:
                known = field.column in {*table.references, table.key, "organisation_id", *NUMBERS}
                assert known or (table.name, field.column) in LISTS, f"{table.name}.{field.column}"


def test_people_come_as_stand_ins_that_nobody_can_enter(
    archive: Path, alice: User, charlie: User, acting: Acting
) -> None:
    with acting(charlie) as actor:
        brought_in(actor, archive)
        newcomer = Newcomer.objects.get(email=alice.email)
        assert (newcomer.name, newcomer.role) == (alice.name, "ciso")
        stand_in = newcomer.stand_in
        assert stand_in.pk != alice.pk
        assert not stand_in.is_active
        assert not stand_in.has_usable_password()
        judged = Judgement.objects.filter(organisation_id=actor.organisation_id)
        assert set(judged.values_list("judged_by_id", flat=True)) == {stand_in.pk}


def test_a_person_is_linked_only_after_joining_and_after_a_colleague_confirms(
    archive: Path, alice: User, charlie: User, acting: Acting
) -> None:
    from dijkring.organisations.services import add_member

    with acting(charlie) as actor:
        brought_in(actor, archive)
        newcomer = Newcomer.objects.get(email=alice.email)
        with pytest.raises(Refused):
            people.confirm(actor=actor, newcomer=newcomer, user=alice)
        assert people.invite(actor=actor, newcomer=newcomer, role="reader")
        add_member(organisation_id=actor.organisation_id, user=alice, role="reader")
        with pytest.raises(Refused):
            people.confirm(actor=actor, newcomer=newcomer, user=charlie)
        people.confirm(actor=actor, newcomer=newcomer, user=alice)
        judged = Judgement.objects.filter(organisation_id=actor.organisation_id)
        assert set(judged.values_list("judged_by_id", flat=True)) == {alice.pk}


def rewritten(path: Path, to: Path, change: Any) -> Path:
    """Copy an archive with members changed; `change` gets the members and returns them."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in change(members):
            archive.writestr(name, body)
    return to


def resealed(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Give the members with a list of files that agrees with them."""
    import hashlib

    manifest = json.loads(members["manifest.json"])
    manifest["files"] = [
        {
            "path": name, "bytes": len(body), "rows": body.count(b"\n"),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        for name, body in members.items()
        if name != "manifest.json"
    ]  # fmt: skip
    members["manifest.json"] = json.dumps(manifest).encode()
    yield from members.items()


def without_manifest(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [(name, body) for name, body in members.items() if name != "manifest.json"]


def newer(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    manifest = {**json.loads(members["manifest.json"]), "version": layout.VERSION + 1}
    return [*without_manifest(members), ("manifest.json", json.dumps(manifest).encode())]


def other_hash(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return list(
        {**members, "people.jsonl": members["people.jsonl"].replace(b"Alice", b"Alina")}.items()
    )


def way_out(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [*members.items(), ("../../etc/cron.d/x", b"x")]


def not_listed(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [*members.items(), ("uploads/" + "0" * 64, b"x")]


def bomb(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [*members.items(), ("tables/bomb.jsonl", b"\n" * 20_000_000)]


def missing_file(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [(name, body) for name, body in members.items() if name != "people.jsonl"]


def strange_table(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    manifest = json.loads(members["manifest.json"])
    strange = {
        "name": "auth_user",
        "file": "tables/auth_user.jsonl",
        "treatment": "moves",
        "columns": [],
    }
    manifest["tables"].append(strange)
    return resealed({**members, "manifest.json": json.dumps(manifest).encode()})


def _changed(members: dict[str, bytes], name: str, change: Any) -> Iterator[tuple[str, bytes]]:
    rows = [json.loads(line) for line in members[name].splitlines()]
    body = b"".join(layout.as_line(row) for row in change(rows))
    return resealed({**members, name: body})


def row_of_another(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "action_id": 999_999_999} for row in rows]

    return _changed(members, "tables/actions_comment.jsonl", change)


def unknown_verdict(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "verdict": "prima"} for row in rows]

    return _changed(members, "tables/evidence_judgement.jsonl", change)


def wrong_type(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "judged_at": "gisteren misschien"} for row in rows]

    return _changed(members, "tables/evidence_judgement.jsonl", change)


def list_for_a_word(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "verdict": ["met"], "requirement_id": {}} for row in rows]

    return _changed(members, "tables/evidence_judgement.jsonl", change)


def no_number(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "id": "1; DROP TABLE x"} for row in rows]

    return _changed(members, "tables/evidence_judgement.jsonl", change)


def file_of_the_server(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    def change(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "sha256": "/etc/passwd"} for row in rows]

    return _changed(members, "tables/evidence_upload.jsonl", change)


def under_a_norm_of_everybody(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    norms = [json.loads(line) for line in members["content.jsonl"].splitlines()]
    norm = next(row["id"] for row in norms if row["table"] == "controls_framework")
    own = {
        "id": 990002, "framework_id": norm, "parent_id": None, "ref": "5.99.01",
        "kind": "measure", "title": {"nl": "van ons"}, "text": {}, "official_text": {},
        "leaf": True, "status": "active", "moved_to": "", "layers": ["design"],
        "outside_duty": False, "link": "", "position": 1,
    }  # fmt: skip
    return _changed(members, "tables/controls_requirement.jsonl", lambda rows: [*rows, own])


def deep(members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [*without_manifest(members), ("manifest.json", b"[" * 500_000)]


HOSTILE = [
    without_manifest, newer, other_hash, way_out, not_listed, bomb, missing_file, strange_table,
    row_of_another, unknown_verdict, wrong_type, list_for_a_word, no_number, deep,
    file_of_the_server, under_a_norm_of_everybody,
]  # fmt: skip


@pytest.mark.parametrize("change", HOSTILE, ids=lambda one: one.__name__)
def test_a_wrong_archive_is_refused_whole_and_nothing_stays(
    change: Any, archive: Path, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    wrong = rewritten(archive, tmp_path / "wrong.zip", change)
    with acting(charlie) as actor:
        users = User.objects.count()
        with pytest.raises(Refused) as told:
            brought_in(actor, wrong)
        assert told.value.message
        assert User.objects.count() == users
        assert not Standing.objects.filter(organisation_id=actor.organisation_id).exists()
        assert not Newcomer.objects.exists()


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"geen zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_refused(
    body: bytes, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    (tmp_path / "x.zip").write_bytes(body)
    with acting(charlie) as actor, pytest.raises(Refused):
        whole.look(actor=actor, path=tmp_path / "x.zip")


def test_a_name_twice_is_refused(
    archive: Path, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    with zipfile.ZipFile(archive) as found:
        members = [(name, found.read(name)) for name in found.namelist()]
    made = zipfile.ZipFile(tmp_path / "t.zip", "w")
    for name, body in members:
        made.writestr(name, body)
    with pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr(*members[0])
    made.close()
    with acting(charlie) as actor, pytest.raises(Refused):
        whole.look(actor=actor, path=tmp_path / "t.zip")


def test_looking_tells_what_will_happen_and_writes_nothing(
    archive: Path, charlie: User, acting: Acting
) -> None:
    with acting(charlie) as actor:
        users = User.objects.count()
        look = whole.look(actor=actor, path=archive)
        assert User.objects.count() == users
    assert look.possible
    assert not look.same_organisation
    assert dict(look.counts)["evidence_judgement"] > 0
    assert "organisations_membership" in dict(look.kept_apart)
    assert {one["name"] for one in look.people} >= {"Alice Bakker"}


def test_a_norm_that_is_not_here_is_named(
    archive: Path, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    def change(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
        def renamed(row: dict[str, Any]) -> dict[str, Any]:
            norm = row["table"] == "controls_framework"
            return {**row, "key": {"key": "bio9", "version": "9"}} if norm else row

        return _changed(members, "content.jsonl", lambda rows: [renamed(row) for row in rows])

    wrong = rewritten(archive, tmp_path / "wrong.zip", change)
    with acting(charlie) as actor:
        look = whole.look(actor=actor, path=wrong)
        assert any("bio9" in one for one in look.not_here)
        with pytest.raises(Refused, match="bio9"):
            brought_in(actor, wrong)


def test_other_standings_than_the_archive_tells_are_listed(
    archive: Path, charlie: User, acting: Acting, tmp_path: Path
) -> None:
    def change(members: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
        return _changed(
            members, "tables/evidence_standing.jsonl",
            lambda rows: [{**row, "verdict": "met"} for row in rows],
        )  # fmt: skip

    rosy = rewritten(archive, tmp_path / "rosy.zip", change)
    with acting(charlie) as actor:
        result = brought_in(actor, rosy)
        assert result["differences"]
        assert all(one["told"] == "met" != one["here"] for one in result["differences"])
        met = Standing.objects.filter(organisation_id=actor.organisation_id, verdict="met")
        assert met.count() == result["standings"] - len(result["differences"])


def test_a_reader_exports_nothing(bob: User, acting: Acting) -> None:
    from dijkring.core.errors import Forbidden

    with acting(bob) as actor, pytest.raises(Forbidden):
        whole.start_export(actor=actor, reason="Ik wil alles hebben.")


def test_an_export_needs_a_reason(alice: User, acting: Acting) -> None:
    with acting(alice) as actor, pytest.raises(Refused):
        whole.start_export(actor=actor, reason=" kort ")
    assert not Transfer.objects.exists()
