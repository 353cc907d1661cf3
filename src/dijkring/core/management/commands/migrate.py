# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Migrate, then put every table under its declaration."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from dijkring.core import tenancy


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's own migrate and enforce the tenancy after it."""
        with nullcontext() if MigrationRecorder(connection).has_table() else few_reloads():
            super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            tenancy.enforce()


@contextmanager
def few_reloads() -> Iterator[None]:
    """Let what changes one model make only that model anew.

    Django also makes all its neighbours anew, for rows that a migration may hold meanwhile; with
    every model beside the organisation that is nine tenths of the time of a first start. An empty
    database holds no rows.
    """
    all_related = ProjectState._find_reload_model  # type: ignore[attr-defined]

    def found(self: Any, app_label: str, model_name: str, delay: bool = False) -> Any:
        return {(app_label, model_name.lower())}

    ProjectState._find_reload_model = found  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = all_related  # type: ignore[attr-defined]
