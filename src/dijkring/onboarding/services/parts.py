# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The systems, processes, locations and services that a file names, as parts to judge apart."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.evidence.models import Judgement, Offer, Provision, Scope
from dijkring.evidence.services import scopes
from dijkring.onboarding.intake.values import plain
from dijkring.onboarding.models import TakenOver

# More different names than this in one column are no list of systems.
MOST_NEW = 100
LONGEST = 120
# What the header of a column says of the names in it.
SAID = {
    "systeem": "system", "applicatie": "system", "system": "system",
    "proces": "process", "process": "process", "locatie": "location",
}  # fmt: skip


def proposed(header: str) -> str:
    """Return which kind of part the words above a column speak of; empty for none."""
    words = set(plain(header).split())
    return next((kind for word, kind in SAID.items() if word in words), "")


class Parts:
    """The parts that are there, and which ones a file would make; names in any case."""

    def __init__(self, actor: Actor, kind: str, named: Iterable[str]) -> None:
        rows = Scope.objects.filter(organisation_id=actor.organisation_id, until=None)
        self.here = {row.name.casefold(): row for row in rows}
        names: dict[str, str] = {}
        for one in named:
            names.setdefault(one.strip().casefold(), one.strip())
        fresh = {
            key: name for key, name in names.items()
            if key and key not in self.here and len(name) <= LONGEST
        }  # fmt: skip
        may = kind in Scope.Kind.values and actor.can("evidence.scopes")
        self.kind = kind if may and len(fresh) <= MOST_NEW else ""
        self.fresh = fresh if self.kind else {}

    def knows(self, about: str) -> bool:
        """Tell whether a name is a part, or becomes one."""
        key = about.strip().casefold()
        return key in self.here or key in self.fresh

    def remark(self, about: str) -> str:
        """Say what becomes of a name; nothing when it stays as text only."""
        key = about.strip().casefold()
        if key in self.here:
            return _("Is judged for %(part)s apart.") % {"part": self.here[key]}
        if key in self.fresh:
            words = _("%(part)s is added as %(kind)s, and judged apart.")
            return words % {"part": self.fresh[key], "kind": Scope.Kind(self.kind).label}
        return ""

    def make(self, actor: Actor) -> Mapping[str, Scope]:
        """Add the new parts; returns those that were made, by name in small letters."""
        return {
            key: scopes.add(actor=actor, kind=self.kind, name=name)
            for key, name in self.fresh.items()
        }


def unmake(actor: Actor, ids: Iterable[int], reason: str) -> None:
    """End parts that an import made, as far as nothing is about them."""
    for scope in Scope.objects.filter(pk__in=list(ids), until=None):
        if not _used(scope):
            try:
                scopes.end(actor=actor, scope=scope, reason=reason)
            except Refused:
                continue


def _used(scope: Scope) -> bool:
    return (
        Judgement.objects.filter(scope=scope).exists()
        or Provision.objects.filter(scope=scope).exists()
        or Offer.objects.filter(service=scope).exists()
        or TakenOver.objects.filter(scope=scope, ended_at=None).exists()
    )
