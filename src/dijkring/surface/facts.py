# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact of this room: one for each check of the engine."""

from datetime import timedelta

from dijkring.evidence.kinds import FactKind, register
from dijkring.surface.engine import CHECKS
from dijkring.surface.engine.checks.model import Check

SOURCE = "dijkring"
WEB, MAIL = "surface.web", "surface.mail"
# Measured daily: a week leaves room for days on which measuring does not work.
VALIDITY = timedelta(days=7)
REPAIR_DAYS = {"high": 14, "medium": 30, "low": 90}
# BIO2 8.08.01 leaves a week for what anybody on the internet can get at.
WEEK, OPEN_TO_ALL = 7, ("web-extra.exposed_services", "mail-extra.exposed_services")
SEVERITY = {"high": "high", "medium": "normal", "low": "low"}


def kind_of(check_id: str) -> str:
    """Return the id of the kind that records a check."""
    return f"surface.{check_id}"


def population_of(check: Check) -> str:
    """Return who ought to have a fact of a check: names with a website, or with mail."""
    return MAIL if check.category.startswith("mail") else WEB


def _kind(check: Check) -> FactKind:
    return FactKind(
        id=kind_of(check.id),
        label=check.label,
        subject_type="domain" if check.scope == "domain" else "address",
        validity=VALIDITY,
        population=population_of(check),
        what=check.what,
        why=check.why,
        mend=check.mend,
        severity=SEVERITY[check.severity],
        grace=timedelta(0),
        repair_days=WEEK if check.id in OPEN_TO_ALL else REPAIR_DAYS[check.severity],
        level=check.level,
    )


for _check in CHECKS.values():
    register(_kind(_check))

# --- the register of systems -------------------------------------------------------------------

REGISTER = "register"
PLACED_WEB, PLACED_MAIL = "surface.register.web", "surface.register.mail"
# Half a year without anybody looking at the register: it cannot be called current any more.
REGISTER_VALIDITY = timedelta(days=183)
PLACED_TEXTS = {
    "placed": {
        "nl": "Deze naam staat bij een systeem met een eigenaar.",
        "en": "This name stands under a system with an owner.",
    },
    "without_owner": {
        "nl": "Deze naam staat bij een systeem, maar dat heeft geen eigenaar.",
        "en": "This name stands under a system, but that has no owner.",
    },
    "nowhere": {
        "nl": "Deze naam staat bij geen enkel systeem in het register.",
        "en": "This name stands under no system in the register.",
    },
}


def _placed(kind: str, population: str, label: dict[str, str]) -> FactKind:
    return FactKind(
        id=kind,
        label=label,
        subject_type="domain",
        validity=REGISTER_VALIDITY,
        population=population,
        what={
            "nl": "Elke naam die u laat meten, hoort bij een systeem in het register.",
            "en": "Each name that you have measured belongs to a system in the register.",
        },
        why={
            "nl": "Wat in geen register staat, wordt vergeten als er iets moet gebeuren.",
            "en": "What stands in no register is forgotten when something must be done.",
        },
        mend={
            "nl": "Zet de naam bij een systeem, en geef dat systeem een eigenaar.",
            "en": "Put the name under a system, and give that system an owner.",
        },
        level="information",
    )


register(
    _placed(
        PLACED_WEB,
        WEB,
        {"nl": "Website staat in het register", "en": "Website stands in the register"},
    )
)
register(
    _placed(
        PLACED_MAIL,
        MAIL,
        {"nl": "Maildomein staat in het register", "en": "Mail domain stands in the register"},
    )
)
