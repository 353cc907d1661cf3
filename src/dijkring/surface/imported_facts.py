# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact that only others can tell, and the names of those others."""

from datetime import timedelta
from typing import Any

from dijkring.evidence.kinds import FactKind, all_kinds, register
from dijkring.surface.facts import WEB
from dijkring.surface.importers import content, easm, internetnl, rio

SOURCES = {
    internetnl.SOURCE: "Internet.nl",
    easm.SOURCE: "EASM",
    rio.SOURCE: "Register Internetdomeinen Overheid",
}
EASM_PREFIX = "surface.easm."
# A scan comes about once a month; the register must be kept up every six months (BIO2 5.14.05).
EASM_VALIDITY, RIO_VALIDITY = timedelta(days=45), timedelta(days=183)
REPAIR_DAYS = {"high": 14, "normal": 30, "low": 90}


def _of_scan(one: dict[str, Any]) -> FactKind:
    return FactKind(
        id=f"{EASM_PREFIX}{one['id']}",
        label=one["label"],
        subject_type="domain",
        validity=EASM_VALIDITY,
        population=WEB,
        what=one["what"],
        why=one["why"],
        mend=one["mend"],
        severity=one["severity"],
        repair_days=one.get("repair_days", REPAIR_DAYS[one["severity"]]),
        level="mandatory" if one["severity"] == "high" else "warning",
    )


LISTED = FactKind(
    id=rio.KIND,
    label={
        "nl": "Staat in het Register Internetdomeinen Overheid",
        "en": "Stands in the register of government domains (RIO)",
    },
    subject_type="domain",
    validity=RIO_VALIDITY,
    population=WEB,
    what={
        "nl": "Elke openbare website van de overheid hoort in dit register te staan.",
        "en": "Each public website of government ought to stand in this register.",
    },
    why={
        "nl": "Inwoners kunnen er nagaan of een website echt van de overheid is.",
        "en": "Residents can check there whether a website really is of government.",
    },
    mend={
        "nl": "Meld de naam aan bij het register, en werk de lijst elk half jaar bij.",
        "en": "Enter the name in the register, and keep the list up every six months.",
    },
    repair_days=90,
)


def add() -> None:
    """Register the kinds, once."""
    for one in content.own_findings():
        register(_of_scan(one))
    register(LISTED)


def kinds_of_others() -> dict[str, FactKind]:
    """Return the kinds of which no measurement here speaks."""
    return {
        kind.id: kind
        for kind in all_kinds()
        if kind.id.startswith(EASM_PREFIX) or kind.id == LISTED.id
    }
