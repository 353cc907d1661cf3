# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking a file of others over from a shell, as Dijkring itself for one organisation."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import django
from django.apps import apps


class NotTaken(Exception):
    """Nothing was recorded; the message says why."""


def take_over(
    slug: str,
    kind: str,
    name: str,
    body: bytes,
    day: date | None,
    whole: bool,
    chosen: Mapping[str, int | None] | None,
) -> dict[str, Any]:
    """Take one file over in one transaction; returns the counts, and what exactly this file did.

    Raises NotTaken for an unknown organisation and for what a service refuses.
    """
    if not apps.ready:
        django.setup()

    from django.utils.translation import override

    from dijkring.core.access import system_actor
    from dijkring.core.errors import Refused
    from dijkring.core.tenancy import transaction_for
    from dijkring.organisations.models import Organisation
    from dijkring.surface.services import import_files, import_plan, imported

    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotTaken(f"Er is geen organisatie {slug} | there is no organisation {slug}")
    actor = system_actor(found.pk)
    try:
        with override("nl"), transaction_for([found.pk], actor):
            file = import_files.keep(
                actor=actor, kind=kind, name=name, content=BytesIO(body), day=day, whole=whole
            )
            plan = import_plan.plan(actor=actor, imported=file, chosen=chosen)
            if plan.before is not None:
                imported.cancel(actor=actor, imported=file)
                return {"unchanged": plan.counts["taken"]}
            imported.take_over(actor=actor, imported=file, mark=plan.mark, chosen=chosen)
            return {key: count for key, count in file.counts.items() if isinstance(count, int)}
    except Refused as refused:
        raise NotTaken(refused.message) from refused
