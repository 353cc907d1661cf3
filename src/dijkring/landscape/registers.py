# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The landscape and what needs what, as sheets that come back."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dijkring.core import registers
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.registers import Column, Line, Values
from dijkring.landscape import countries
from dijkring.landscape.models import Asset, Dependency
from dijkring.landscape.selectors import assets as selectors
from dijkring.landscape.selectors import dependencies as edges
from dijkring.landscape.services import assets, dependencies
from dijkring.landscape.services.wanted import LEVELS, TIMES, AssetWanted, DependencyWanted
from dijkring.organisations.registers import colleague

_WORDS = ("name", "description", "law", "place", "reference")
_CHOICES = ("kind", "personal_data", "algorithm", "lifecycle")


def _lines(organisation_id: int) -> Iterable[Line]:
    for row in selectors.in_use(organisation_id).filter(provider=None):
        values = {name: getattr(row, name) for name in (*_WORDS, *_CHOICES, *LEVELS, *TIMES)}
        values |= {
            "owner": row.owner.email if row.owner else "",
            "party": str(row.party or ""),
            "jurisdiction": row.jurisdiction,
            "residents": row.residents,
            "statutory": row.statutory,
            "confirmed_on": row.confirmed_on,
        }
        yield Line(str(row.pk), row.name, values)


def _wanted(actor: Actor, values: Values, before: AssetWanted | None) -> AssetWanted:
    owner = colleague(actor.organisation_id, values.get("owner") or "", "owner_id")
    said: dict[str, Any] = {name: values.get(name) or "" for name in (*_WORDS, *_CHOICES)}
    said |= {name: _whole(values.get(name), name) for name in (*LEVELS, "residents")}
    said |= {name: values.get(name) for name in (*TIMES, "statutory", "confirmed_on")}
    said["lifecycle"] = said["lifecycle"] or Asset.Lifecycle.IN_USE
    kept = {"latitude", "longitude", "source"} if before else set()
    return AssetWanted(
        **said,
        owner_id=owner.user_id if owner else None,
        party=values.get("party") or "",
        jurisdiction=values.get("jurisdiction") or "",
        **{name: getattr(before, name) for name in kept},
    )


def _whole(value: Decimal | None, field: str) -> int | None:
    if value is not None and value != value.to_integral_value():
        raise Refused(_("Write a whole number."), field)
    return None if value is None else int(value)


def _change(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    asset = get_object_or_404(Asset, pk=int(id), organisation_id=actor.organisation_id)
    wanted = _wanted(actor, values, assets.said_of(asset))
    assets.change(actor=actor, asset=asset, wanted=wanted)


def _add(actor: Actor, values: Values) -> None:
    assets.add(actor=actor, wanted=_wanted(actor, values, None))


def _number(name: str, label: Any) -> Column:
    return Column(name, label, "number", editable=True)


registers.register(
    registers.Register(
        "landscape",
        gettext_lazy("Landscape"),
        "landscape.view",
        (
            Column("name", gettext_lazy("name"), editable=True),
            Column("kind", gettext_lazy("kind"), "choice", True, choices=Asset.Kind.choices),
            Column("description", gettext_lazy("description"), editable=True),
            Column("owner", gettext_lazy("owner"), "person", editable=True),
            _number("availability", gettext_lazy("availability")),
            _number("integrity", gettext_lazy("integrity")),
            _number("confidentiality", gettext_lazy("confidentiality")),
            _number("mtpd_hours", gettext_lazy("can be missed for at most (hours)")),
            _number("rto_hours", gettext_lazy("is back within (hours)")),
            _number("rpo_hours", gettext_lazy("loses at most (hours of data)")),
            _number("residents", gettext_lazy("residents touched")),
            Column("statutory", gettext_lazy("is a statutory task"), "yesno", editable=True),
            Column("law", gettext_lazy("law and article"), editable=True),
            Column(
                "personal_data", gettext_lazy("personal data"), "choice", True,
                choices=Asset.Personal.choices,
            ),
            Column(
                "algorithm", gettext_lazy("AI or algorithm"), "choice", True,
                choices=Asset.Algorithm.choices,
            ),
            Column(
                "lifecycle", gettext_lazy("lifecycle"), "choice", True,
                choices=Asset.Lifecycle.choices,
            ),
            Column("party", gettext_lazy("supplier"), editable=True),
            Column(
                "jurisdiction", gettext_lazy("jurisdiction"), "choice", True,
                choices=[(code, code) for code in countries.NAMES],
            ),
            Column("place", gettext_lazy("place"), editable=True),
            Column("reference", gettext_lazy("reference"), editable=True),
            Column("confirmed_on", gettext_lazy("last confirmed"), "date", editable=True),
        ),
        _lines,
        _change,
        _add,
        order=44,
        whole=True,
    )
)  # fmt: skip


# --- what needs what ----------------------------------------------------------------------------


def _edges(organisation_id: int) -> Iterable[Line]:
    for row in edges.dependencies(organisation_id):
        values = {
            "dependent": row.dependent.name,
            "needed": row.needed.name,
            "kind": row.kind,
            "group": row.group.name if row.group else "",
            "least": row.group.needed if row.group else None,
            "delay_hours": row.delay_hours,
            "since": row.since,
            "source": row.source,
            "note": row.note,
            "confirmed_on": row.confirmed_on,
        }
        yield Line(str(row.pk), str(row), values)


def _how(values: Values) -> DependencyWanted:
    return DependencyWanted(
        kind=values.get("kind") or Dependency.Kind.NEEDS,
        group=values.get("group") or "",
        least=_whole(values.get("least"), "least"),
        delay_hours=values.get("delay_hours"),
        since=values.get("since"),
        source=values.get("source") or "",
        note=values.get("note") or "",
        confirmed_on=values.get("confirmed_on"),
    )


def _change_edge(actor: Actor, id: str, values: Values, changed: frozenset[str]) -> None:
    found = get_object_or_404(Dependency, pk=int(id), organisation_id=actor.organisation_id)
    dependencies.change(actor=actor, dependency=found, wanted=_how(values))


def _add_edge(actor: Actor, values: Values) -> None:
    ends = [_named(actor, values.get(end) or "", end) for end in ("dependent", "needed")]
    dependencies.depend(actor=actor, dependent=ends[0], needed=[ends[1]], wanted=_how(values))


def _named(actor: Actor, name: str, field: str) -> Asset:
    rows = selectors.in_use(actor.organisation_id).filter(name__iexact=" ".join(name.split()))
    found = list(rows[:2])
    if len(found) != 1:
        words = _("'%(name)s' does not stand in the landscape.")
        if found:
            words = _("'%(name)s' stands in the landscape more than once.")
        raise Refused(words % {"name": name}, field)
    return found[0]


registers.register(
    registers.Register(
        "landscape_needs",
        gettext_lazy("What needs what"),
        "landscape.view",
        (
            Column("dependent", gettext_lazy("what"), adding=True),
            Column("needed", gettext_lazy("needs"), adding=True),
            Column("kind", gettext_lazy("how"), "choice", True, choices=Dependency.Kind.choices),
            Column("group", gettext_lazy("group"), editable=True),
            _number("least", gettext_lazy("needed of the group")),
            _number("delay_hours", gettext_lazy("can do without for (hours)")),
            Column("since", gettext_lazy("since"), "date", editable=True),
            Column("source", gettext_lazy("source"), editable=True),
            Column("note", gettext_lazy("note"), editable=True),
            Column("confirmed_on", gettext_lazy("last confirmed"), "date", editable=True),
        ),
        _edges,
        _change_edge,
        _add_edge,
        order=45,
        whole=True,
    )
)
