# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking a landscape or the software of a system over from a shell, as Dijkring itself."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import django
from django.apps import apps

from dijkring.documents.reading import Remark


class NotTaken(Exception):
    """Nothing was recorded; the remarks say why."""

    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__(remarks[0].reason["en"] if remarks else "")
        self.remarks = remarks


def _because(nl: str, en: str, line: int | None = None, where: str = "") -> Remark:
    return Remark(line, where, {"nl": nl, "en": en})


def take_over(
    slug: str,
    name: str,
    body: bytes,
    system: str,
    columns: Mapping[str, int | None] | None,
    kinds: tuple[str, ...],
) -> dict[str, Any]:
    """Take one file over in one transaction; returns how many lines were new, changed and so on.

    Raises NotTaken for an unknown organisation or system and for what is refused.
    """
    if not apps.ready:
        django.setup()

    from django.utils.translation import override

    from dijkring.core.access import system_actor
    from dijkring.core.errors import Refused
    from dijkring.core.tenancy import transaction_for
    from dijkring.organisations.models import Organisation

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotTaken(
            [_because(f"Er is geen organisatie {slug}.", f"There is no organisation {slug}.")]
        )
    actor = system_actor(found.pk)
    try:
        with override("nl"), transaction_for([found.pk], actor):
            return _take(actor, name, body, system, columns, kinds)
    except Refused as refused:
        raise NotTaken([_because(refused.message, refused.message)]) from refused


def _take(
    actor: Any,
    name: str,
    body: bytes,
    system: str,
    columns: Mapping[str, int | None] | None,
    kinds: tuple[str, ...],
) -> dict[str, Any]:
    from dijkring.landscape.services import import_files, import_plan, imports
    from dijkring.landscape.services.import_files import Choice

    choice = Choice(kinds, columns, system=_system(actor.organisation_id, system))
    file = import_files.keep(actor=actor, name=name, content=BytesIO(body))
    plan = import_plan.plan(actor=actor, imported=file, choice=choice)
    refused = [row for row in plan.rows if row.status == import_plan.REFUSED]
    if refused:
        imports.cancel(actor=actor, imported=file)
        # What the reader itself refused has been told already.
        own = refused[len(plan.report.refused) :]
        raise NotTaken([_because(one.reason, one.reason, one.line, one.label) for one in own])
    if not plan.something and not plan.report.components:
        imports.cancel(actor=actor, imported=file)
        return dict(plan.counts)
    imports.take_over(actor=actor, imported=file, mark=plan.mark, choice=choice, at_once=True)
    return {key: file.counts[key] for key in import_plan.STATUSES}


def _system(organisation_id: int, name: str) -> int | None:
    from dijkring.landscape.selectors import components

    if not name:
        return None
    found = components.systems(organisation_id).filter(name__iexact=name.strip()).first()
    if found is None:
        raise NotTaken([_because(f"Er is geen systeem {name}.", f"There is no system {name}.")])
    return found.pk
