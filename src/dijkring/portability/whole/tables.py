# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which tables go along, which columns stay behind, and what each column refers to.

All of it follows from the models and their tenancy declarations: a table that a room adds goes
along without being named here. Only what must not be taken over elsewhere is named.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from dijkring.core import tenancy

USERS = "organisations_user"
ORGANISATIONS = "organisations_organisation"
MOVES, RECORD, STAYS = "moves", "record", "stays"

# For reading only: work, access, log-ins and agreements of one installation mean nothing in
# another, where others have to give access and to agree anew.
RECORDS = frozenset(
    {
        "actions_proposal",
        "core_job",
        "core_schedule",
        "evidence_publication",
        "evidence_taker",
        "incidents_delivery",
        "incidents_incidentnotice",
        "incidents_joint",
        "incidents_webhook",
        "landscape_servicetaker",
        "onboarding_brought",
        "organisations_apitoken",
        "organisations_invitation",
        "organisations_membership",
    }
)
RECORD_ROOMS = frozenset({"identity", "notices", "sharing"})
# What is worked out anew, what is personal or lasts a day, and the administration of moving itself.
STAYING = frozenset(
    {
        "accountability_visit",
        "api_idempotencykey",
        "evidence_summary",
        "evidence_tally",
        "incidents_incidentcount",
        "incidents_watchplan",
        "portability_newcomer",
        "portability_transfer",
        "suppliers_inquirytoken",
        "surface_batch",
        "workplace_formdraft",
    }
)
# A column whose name says so stays behind, also of a room that is not known here yet.
_SECRET = re.compile(
    r"token|secret|password|passphrase|private|code_hash|follow_hash|sealed$|salt|otp|seed"
)
# The number of a row of another organisation, which only means something in this database.
ELSEWHERE = frozenset(
    {
        ("evidence_provision", "service"),
        ("evidence_provisionevent", "service"),
        ("landscape_asset", "service"),
        ("landscape_assetevent", "service"),
    }
)
# The number of a row that outlives it: the proof that an incident was deleted names what is gone.
OUTLIVING = {
    ("incidents_deletion", "incident"): "incidents_incident",
    ("incidents_deletionevent", "incident"): "incidents_incident",
}
# In the DNS for everybody to see; it proves authority anew.
OPEN = frozenset({("surface_domain", "token"), ("surface_domainevent", "token")})
# Rows named inside JSON: table, column and key to the table.
INSIDE = {("actions_actionline", "proof"): {"fact": "evidence_fact"}}
LISTS = {
    ("onboarding_takenover", "judgements"): "evidence_judgement",
    ("onboarding_takenoverevent", "judgements"): "evidence_judgement",
    ("surface_imported", "domains"): "surface_domain",
    ("surface_imported", "facts"): "evidence_fact",
}
CONTEXT = {"user": USERS}
# By what a row that everybody shares is found again in another installation.
NATURAL = {
    ORGANISATIONS: ("slug",),
    "controls_framework": ("key", "version"),
    "controls_requirement": ("framework_id", "ref"),
    "cooperation_cooperation": ("name",),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its columns that go along, and the tables to which they refer."""

    name: str
    model: type[models.Model]
    treatment: str
    history: bool
    mixed: bool
    key: str
    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    references: dict[str, str]

    @property
    def file(self) -> str:
        """Where the rows stand in the archive."""
        return f"{'history' if self.history else 'tables'}/{self.name}.jsonl"


@cache
def tables() -> dict[str, Table]:
    """Return every table that holds rows of an organisation, by name, in a fixed order."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        declared = tenancy.declaration(model)
        if declared and declared.level in {"own", "mixed", "history", "between"}:
            made = _table(model, declared.level)
            found[made.name] = made
    return dict(sorted(found.items()))


def going() -> list[Table]:
    """Return the tables that stand in an archive."""
    return [table for table in tables().values() if table.treatment != STAYS]


def moving() -> list[Table]:
    """Return the tables that another installation takes over."""
    return [table for table in tables().values() if table.treatment == MOVES]


def _table(model: type[models.Model], level: str) -> Table:
    name = model._meta.db_table
    fields: list[Any] = [one for one in model._meta.concrete_fields if not _generated(one)]
    left_out = tuple(field.column for field in fields if _stays_behind(name, field))
    references = {field.column: _target(model, field) for field in fields}
    return Table(
        name=name,
        model=model,
        treatment=_treatment(model, level),
        history=level == "history",
        mixed=level == "mixed",
        key=str(model._meta.pk.column),
        columns=tuple(field.column for field in fields if field.column not in left_out),
        left_out=left_out,
        references={column: target for column, target in references.items() if target},
    )


def _generated(field: Any) -> bool:
    return isinstance(field, models.GeneratedField)


def _stays_behind(table: str, field: Any) -> bool:
    place = (table, field.column)
    secret = field.remote_field is None and bool(_SECRET.search(field.column))
    return place in ELSEWHERE or (secret and place not in OPEN)


def tracked(model: type[models.Model]) -> type[models.Model] | None:
    """Return the model of which a table keeps the history."""
    return getattr(model, "pgh_tracked_model", None)


def _target(model: type[models.Model], field: Any) -> str:
    """Return the table to which a column refers; history also holds the number of its row."""
    if field.column == "organisation_id":
        return ""
    if outliving := OUTLIVING.get((model._meta.db_table, field.column)):
        return outliving
    if field.remote_field is not None:
        return str(field.remote_field.model._meta.db_table)
    original = tracked(model)
    own_number = original is not None and field.column == original._meta.pk.column
    return original._meta.db_table if original is not None and own_number else ""


def _treatment(model: type[models.Model], level: str) -> str:
    original = tracked(model) or model
    name = original._meta.db_table
    if name in STAYING:
        return STAYS
    between = getattr(tenancy.declaration(original), "level", "") == "between"
    return RECORD if between or name in RECORDS or _room(original) in RECORD_ROOMS else MOVES


def _room(model: type[models.Model]) -> str:
    return str(model._meta.app_label)
