# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what a provider claims about a person to a role, by explicit rules only."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Rule(NamedTuple):
    """Who has this value in this claim gets this role."""

    claim: str
    value: str
    role: str


def role_of(claims: dict[str, Any], rules: Iterable[Rule]) -> str | None:
    """Return the role of the first rule that fits; None when no rule fits."""
    fitting = (rule.role for rule in rules if rule.value in values_of(claims, rule.claim))
    return next(fitting, None)


def values_of(claims: dict[str, Any], name: str) -> list[str]:
    """Return the values of a claim as texts; a dotted name looks inside (`realm_access.roles`)."""
    found = claims.get(name, _inside(claims, name))
    several = found if isinstance(found, list) else [found]
    return [one for one in several if isinstance(one, str)]


def _inside(claims: dict[str, Any], name: str) -> Any:
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found
