# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a pack's references point to: from `bio2:5.24` to one stored requirement."""

from collections.abc import Mapping as Dict
from functools import cached_property

from django.db.models import Q

from dijkring.controls.importers.pack import Place
from dijkring.controls.models import Framework, Requirement

# The texts are large and no reference needs them.
_NEEDED = ("id", "framework_id", "parent_id", "ref", "leaf", "organisation_id")


def visible(organisation_id: int | None) -> Q:
    """Return what a pack may refer to: content for everybody, and the organisation's own."""
    everybody = Q(organisation=None)
    return everybody if organisation_id is None else everybody | Q(organisation=organisation_id)


def named_versions(organisation_id: int | None) -> dict[str, str]:
    """Return which version of a norm the laws point at: framework key to version."""
    laws = Framework.objects.filter(visible(organisation_id), is_law=True)
    found: dict[str, str] = {}
    for law in sorted(laws, key=lambda law: law.age):
        found.update(law.names_versions)
    return found


def owned_by(organisation_id: int | None) -> Q:
    """Return the rows of one organisation; None: those for everybody."""
    return Q(organisation=organisation_id)


class Places:
    """The requirements that references may mean; read once per framework, not per reference."""

    def __init__(self, organisation_id: int | None, versions: Dict[str, str]) -> None:
        self.organisation_id = organisation_id
        self._versions = versions
        self._read: dict[str, dict[str, Requirement]] = {}

    def find(self, place: Place) -> Requirement | None:
        """Return the requirement of a place, capitals or not; None when there is none.

        A framework is taken in the version that the pack names, else that a law names, else in
        its newest version.
        """
        key, ref = place
        return self.of_framework(key).get(ref.casefold())

    def of_framework(self, key: str) -> dict[str, Requirement]:
        """Return the requirements of the framework that a key means, by their folded number."""
        if key not in self._read:
            framework = self._framework(key)
            rows = framework.requirements.only(*_NEEDED) if framework else ()
            self._read[key] = {row.ref.casefold(): row for row in rows}
        return self._read[key]

    def _framework(self, key: str) -> Framework | None:
        found = sorted(self._frameworks.get(key, ()), key=lambda one: one.age)
        wanted = self._versions.get(key) or self._named.get(key)
        named = [one for one in found if one.version == wanted]
        return next(reversed(named or found), None)

    @cached_property
    def _frameworks(self) -> dict[str, list[Framework]]:
        found: dict[str, list[Framework]] = {}
        known = Framework.objects.filter(visible(self.organisation_id), requirements__isnull=False)
        for framework in known.distinct():
            found.setdefault(framework.key, []).append(framework)
        return found

    @cached_property
    def _named(self) -> dict[str, str]:
        return named_versions(self.organisation_id)
