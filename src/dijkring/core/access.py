# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rights per role. Rooms register their rights in `apps.py`; the matrix page shows them all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dijkring.core.errors import Forbidden


class Role(StrEnum):
    """What somebody is to an organisation."""

    CISO = "ciso"
    ADMINISTRATOR = "administrator"
    SECRETARY = "secretary"
    BOARD = "board"
    PUBLIC_ORDER = "public_order"
    PRIVACY_OFFICER = "privacy_officer"
    AUDITOR = "auditor"
    PROCESS_OWNER = "process_owner"
    BUYER = "buyer"
    READER = "reader"


ROLE_LABELS: dict[Role, Promise] = {
    Role.CISO: _("CISO"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.SECRETARY: _("Municipal secretary"),
    Role.BOARD: _("Member of the board"),
    Role.PUBLIC_ORDER: _("Adviser on public order and safety"),
    Role.PRIVACY_OFFICER: _("Privacy officer"),
    Role.AUDITOR: _("Auditor"),
    Role.PROCESS_OWNER: _("Process owner"),
    Role.BUYER: _("Buyer or contract manager"),
    Role.READER: _("Reader"),
}
EVERYONE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Right:
    """One right: its id (`room.verb`), its label and the roles that hold it."""

    id: str
    label: Promise | str
    roles: frozenset[Role]
    writes: bool


_rights: dict[str, Right] = {}


def register(id: str, label: Promise | str, roles: Iterable[Role], *, writes: bool = True) -> None:
    """Register a right; a second registration of the same id is a mistake."""
    if id in _rights and _rights[id].label != label:
        raise ValueError(f"right {id} is registered twice")
    _rights[id] = Right(id, label, frozenset(roles), writes)


def rights() -> list[Right]:
    """Return all rights, ordered by id."""
    return [_rights[id] for id in sorted(_rights)]


def rights_of(role: str) -> frozenset[str]:
    """Return the ids of the rights that a role holds."""
    return frozenset(right.id for right in _rights.values() if role in right.roles)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person, a token of an outside system, or Dijkring itself."""

    organisation_id: int
    name: str
    kind: str = "person"
    user_id: int | None = None
    role: str = ""
    rights: frozenset[str] = field(default_factory=frozenset)

    def can(self, right: str) -> bool:
        """Tell whether the actor holds a right; Dijkring itself holds them all."""
        return self.kind == "system" or right in self.rights

    def require(self, right: str) -> None:
        """Raise Forbidden when the actor lacks the right."""
        if not self.can(right):
            raise Forbidden(right)


def system_actor(organisation_id: int) -> Actor:
    """Return Dijkring itself, acting for one organisation."""
    return Actor(organisation_id=organisation_id, name="Dijkring", kind="system")


def person_actor(organisation_id: int, user_id: int, name: str, role: str) -> Actor:
    """Return a person in the role that the membership gives."""
    return Actor(organisation_id, name, "person", user_id, role, rights_of(role))
