# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An index on the register of triggers.

The library looks through its whole register at every entry, which was a fifth of the start of every
command. The rules stay the library's own: only what it looks through is kept ready.
"""

from typing import Any

from pgtrigger import registry


class IndexedRegistry(registry._Registry):
    """The register with its triggers by table and the names of their functions kept ready."""

    tables: dict[tuple[str, str], Any] = {}
    functions: set[str] = set()

    @property
    def by_db_table(self) -> dict[tuple[str, str], Any]:
        return self.tables

    @property
    def pg_function_names(self) -> set[str]:
        return self.functions

    def __setitem__(self, key: str, value: tuple[Any, Any]) -> None:
        super().__setitem__(key, value)  # type: ignore[no-untyped-call]
        model, trigger = value
        self.tables[model._meta.db_table, trigger.name] = trigger
        self.functions.add(trigger.get_pgid(model))

    def __delitem__(self, key: str) -> None:
        super().__delitem__(key)  # type: ignore[no-untyped-call]
        self.index()

    def index(self) -> None:
        """Read the whole register, as the library does each time."""
        self.tables = super().by_db_table
        self.functions = super().pg_function_names


def index_triggers() -> None:
    """Let the register of this process keep its index; called before the first model is loaded."""
    kept: Any = registry._registry
    kept.__class__ = IndexedRegistry
    kept.index()
