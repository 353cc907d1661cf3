# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact that an outside system can post about an organisation as a whole."""

from datetime import timedelta

from dijkring.evidence.kinds import ORGANISATION, FactKind, register


def _posted(id: str, nl: str, en: str, days: int, mend_nl: str, mend_en: str) -> None:
    register(
        FactKind(
            id=f"evidence.{id}",
            label={"nl": nl, "en": en},
            subject_type="organisation",
            validity=timedelta(days=days),
            population=ORGANISATION,
            mend={"nl": mend_nl, "en": mend_en},
        )
    )


_posted(
    "mfa_coverage",
    "Meervoudige aanmelding op alle accounts die het vraagt",
    "Multi-factor login on every account that needs it",
    31,
    "Zet meervoudige aanmelding aan voor de genoemde accounts of leg de uitzondering vast.",
    "Turn on multi-factor login for the accounts named, or record the exception.",
)
_posted(
    "restore_test",
    "Geslaagde terugzettest van de back-up",
    "Successful restore test of the backup",
    366,
    "Zet een back-up terug op een proefomgeving en leg de uitkomst vast.",
    "Restore a backup to a test environment and record the result.",
)
_posted(
    "awareness_training",
    "Bewustwordingstraining binnen drie maanden gevolgd",
    "Awareness training followed within three months",
    92,
    "Nodig de medewerkers uit die de training nog niet volgden.",
    "Invite the staff who have not followed the training yet.",
)
_posted(
    "privileged_review",
    "Beoordeling van beheerrechten",
    "Review of privileged rights",
    92,
    "Loop de beheerrechten na met de eigenaar en trek in wat niet nodig is.",
    "Go through the privileged rights with the owner and withdraw what is not needed.",
)
_posted(
    "patch_term",
    "Ernstige kwetsbaarheden binnen een week verholpen",
    "Severe vulnerabilities mended within a week",
    8,
    "Verhelp de kwetsbaarheid of leg een uitdrukkelijke risicoafweging vast.",
    "Mend the vulnerability or record an explicit weighing of the risk.",
)
