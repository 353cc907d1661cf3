# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The yearly test of break-glass accounts as a fact; identity tells, evidence records."""

from datetime import timedelta

from dijkring.core.access import system_actor
from dijkring.evidence.kinds import ORGANISATION, FactKind, register
from dijkring.evidence.services import populations, rounds
from dijkring.identity.models import BreakGlassUse

KIND = "identity.break_glass"

register(
    FactKind(
        id=KIND,
        label={
            "nl": "Noodaccount voor een crisisrol dit jaar getest",
            "en": "Break-glass account for a role in a crisis tested this year",
        },
        subject_type="organisation",
        validity=timedelta(days=366),
        population=ORGANISATION,
        mend={
            "nl": "Open een verzegelde envelop als test en verzegel het account daarna opnieuw.",
            "en": "Open a sealed envelope as a test and seal the account again afterwards.",
        },
    )
)


def on_tested(*, organisation_id: int, use: int) -> None:
    """Record that somebody came in with a code from an envelope, for a crisis or as a test."""
    found = BreakGlassUse.objects.select_related("account").get(pk=use)
    actor = system_actor(organisation_id)
    populations.add(actor=actor, population=ORGANISATION, member=ORGANISATION)
    rounds.record(
        actor=actor,
        source="identity",
        member=ORGANISATION,
        observed_at=found.used_at,
        observations=[
            rounds.Observation(
                kind=KIND,
                subject=ORGANISATION,
                state="pass",
                detail={"account": found.account.name, "why": found.why},
            )
        ],
    )
