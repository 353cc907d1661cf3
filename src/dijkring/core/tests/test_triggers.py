# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The index on the register of triggers says what the library would find by looking through it."""

from typing import Any

import pgtrigger
import pytest
from pgtrigger.registry import _Registry, _registry

from dijkring.actions.models import Action

MODEL: Any = Action


def looked_through(name: str) -> object:
    return getattr(_Registry, name).fget(_registry)


def holds() -> bool:
    return all(
        getattr(_registry, name) == looked_through(name)
        for name in ("by_db_table", "pg_function_names")
    )


def test_index_holds_every_trigger_of_every_table() -> None:
    assert len(_registry.by_db_table) == len(_registry)
    assert holds()


def test_a_second_trigger_of_one_name_is_refused_and_one_that_leaves_is_forgotten() -> None:
    def made(function: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name="only_for_this_test", when=pgtrigger.Before, operation=pgtrigger.Insert,
            func=function,
        )  # fmt: skip

    with made("RETURN NEW;").register(MODEL):
        assert holds()
        with pytest.raises(KeyError, match="already used"):
            made("RETURN NULL;").register(MODEL)
    assert holds()
    assert ("actions_action", "only_for_this_test") not in _registry.by_db_table
