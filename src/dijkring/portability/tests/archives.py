# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two archives beside each other: what they say, with every number replaced by what it means."""

import json
import zipfile
from pathlib import Path
from typing import Any

from dijkring.core.access import Actor
from dijkring.portability.services import keeping, whole
from dijkring.portability.whole.tables import INSIDE, LISTS, USERS, Table, moving
from dijkring.portability.whole.taking_in import MARK

NORMS = "controls_framework"
Names = dict[tuple[str, Any], Any]


def exported(actor: Actor, to: Path) -> Path:
    whole.export(actor.organisation_id, to, lambda done, total: None)
    return to


def brought_in(actor: Actor, path: Path) -> dict[str, Any]:
    transfer = keeping.new(actor=actor, kind="import", state="running", file_name=path.name)
    return whole.bring_in(organisation_id=actor.organisation_id, transfer=transfer, path=path)


def content(path: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: [json.loads(line) for line in archive.read(name).splitlines()]
            for name in archive.namelist()
            if name.endswith(".jsonl")
        }


def comparable(path: Path) -> dict[str, Any]:
    """Return what an archive says with every number replaced by what it points at."""
    found = content(path)
    names: Names = {
        (USERS, row["id"]): f"{row['name']} <{row['email']}>" for row in found["people.jsonl"]
    }
    norms = {row["id"]: row["key"] for row in found["content.jsonl"] if row["table"] == NORMS}
    for row in found["content.jsonl"]:
        key = row["key"] | {"framework_id": norms.get(row["key"].get("framework_id"))}
        names[row["table"], row["id"]] = json.dumps(key, sort_keys=True)
    for table in moving():
        for place, row in enumerate(found[table.file]):
            names[table.name, row[table.key]] = f"{table.name} {place}"
    return {
        table.name: [compared(table, row, names) for row in found[table.file]] for table in moving()
    }


def compared(
    table: Table, row: dict[str, Any], names: dict[tuple[str, Any], Any]
) -> dict[str, Any]:
    keys = {table.key: table.name, **table.references}
    made: dict[str, Any] = {
        name: names.get((keys[name], value)) if name in keys and value is not None else value
        for name, value in row.items()
    }
    if "pgh_context" in made:
        context = made["pgh_context"] or {}
        made["pgh_context"] = {key: value for key, value in context.items() if key != MARK}
    inside = {column: to for (name, column), to in INSIDE.items() if name == table.name}
    inside["pgh_context"] = {"user": USERS}
    for column, to in inside.items():
        if isinstance(made.get(column), dict):
            pairs = made[column].items()
            made[column] = {
                key: names.get((to[key], value), "lost") if key in to and value else value
                for key, value in pairs
            }
    for (name, column), target in LISTS.items():
        if name == table.name:
            made[column] = [names[target, value] for value in made[column]]
    made.pop("computed_at", None)
    # The reasons of a standing are worked out anew, with the numbers of here.
    if table.name == "evidence_standing":
        made["layers"] = [{**part, "reasons": len(part["reasons"])} for part in made["layers"]]
    return made
