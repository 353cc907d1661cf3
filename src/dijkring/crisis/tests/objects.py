# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Objects of this room, made by the real services, for the tests that visit every page."""

from dijkring.core.access import Actor
from dijkring.crisis.tests import crises_objects, partners_objects
from dijkring.crisis.tests.crises_objects import Arguments


def make(actor: Actor, n: int = 1) -> Arguments:
    """Make the `n`-th set of objects of this room; returns the arguments of each page."""
    return {**crises_objects.make(actor, n), **partners_objects.make(actor, n)}
