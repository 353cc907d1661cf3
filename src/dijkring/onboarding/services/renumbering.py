# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""A was-becomes list that an organisation brings in itself, for the numbers of an older norm."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dijkring.controls.models import WasBecomes
from dijkring.core.access import Actor
from dijkring.onboarding.intake.rows import Read
from dijkring.onboarding.models import Brought, Intake
from dijkring.onboarding.services.lines import Line, refused
from dijkring.onboarding.services.numbers import BIO1, BIO2, Numbers, Unknown


def compare(actor: Actor, reads: Sequence[Read], intake: Intake) -> list[Line]:
    """Return a line per old number; a new number must exist in the norm in force."""
    numbers = Numbers(actor.organisation_id, BIO2)
    old = intake.numbering if intake.numbering not in ("", BIO2) else BIO1
    return [_line(one, old, numbers) for one in reads]


def _line(one: Read, old: str, numbers: Numbers) -> Line:
    was = str(one.values.get("was") or "")
    if one.refused:
        return refused(one.line, one.refused, was)
    refs = one.values.get("becomes") or ()
    try:
        for ref in refs:
            numbers.meaning(ref)
    except Unknown as unknown:
        return refused(one.line, str(unknown), was)
    becomes = [f"{BIO2}:{ref}" for ref in refs]
    label = f"{was} → {', '.join(refs) or '×'}"
    values = {"key": old, "was": was, "becomes": becomes, "note": one.values.get("note") or ""}
    return Line(one.line, key=f"{old}:{was.casefold()}", label=label, values=values)


def write(actor: Actor, intake: Intake, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Write the list as the organisation's own; it goes before what comes with Dijkring."""
    made = []
    for one in lines:
        values = one.values
        row, _new = WasBecomes.objects.update_or_create(
            organisation_id=actor.organisation_id,
            key=values["key"],
            version="own",
            was=values["was"],
            defaults={
                "becomes": values["becomes"],
                "note": {"nl": values["note"]} if values["note"] else {},
            },
        )
        made.append({"was_becomes": row.pk})
    return made


def take_back(actor: Actor, rows: Sequence[Brought], reason: str) -> dict[int, str]:
    """Take the list away; what was found by it keeps its place."""
    ids = [row.made["was_becomes"] for row in rows]
    found = WasBecomes.objects.filter(organisation_id=actor.organisation_id, pk__in=ids)
    there = set(found.values_list("pk", flat=True))
    found.delete()
    words = _("This was taken away already.")
    return {row.pk: words for row in rows if row.made["was_becomes"] not in there}
