# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fact of this room: recorded daily once there is an incident."""

from datetime import timedelta

from dijkring.evidence.kinds import FactKind, register

SOURCE = "incidents"
# There since the first incident; without one there is nothing to be good at.
REGISTER, MEMBER = "incidents.register", "register"
# One member per incident that had to be reported.
REPORTING = "incidents.reporting"
# Recorded daily; a week leaves room for days on which nothing ran.
VALIDITY = timedelta(days=7)
KEPT, IN_TIME = "incidents.register_kept", "incidents.reported_in_time"

register(
    FactKind(
        id=KEPT,
        label={
            "nl": "Register van incidenten wordt bijgehouden",
            "en": "Register of incidents is kept",
        },
        subject_type="register",
        validity=VALIDITY,
        population=REGISTER,
        what={
            "nl": "Elk incident is binnen een dag opgepakt en binnen drie dagen gewogen.",
            "en": "Each incident was taken up within a day and weighed within three days.",
        },
        why={
            "nl": "Wat blijft liggen, wordt te laat of niet gemeld, en niemand leert ervan.",
            "en": "What is left lying is reported late or not at all, and nobody learns from it.",
        },
        mend={
            "nl": "Pak de genoemde incidenten op en weeg of zij gemeld moeten worden.",
            "en": "Take up the incidents named and weigh whether they must be reported.",
        },
        repair_days=7,
    )
)
register(
    FactKind(
        id=IN_TIME,
        label={"nl": "Incident op tijd gemeld", "en": "Incident reported in time"},
        subject_type="incident",
        validity=VALIDITY,
        population=REPORTING,
        what={
            "nl": "Elke melding en elk verslag ging voor het uiterste tijdstip weg.",
            "en": "Every notification and report went before its latest instant.",
        },
        why={
            "nl": "Wie te laat meldt, krijgt te laat hulp en kan een boete krijgen.",
            "en": "Who reports late gets help late and may be fined.",
        },
        mend={
            "nl": "Meld alsnog, leg vast waarom het te laat was, en oefen het melden.",
            "en": "Report still, record why it was late, and exercise the reporting.",
        },
    )
)
