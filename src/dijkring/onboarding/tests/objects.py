# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests of all pages visit in this room."""

from io import BytesIO
from typing import Any

from dijkring.core.access import Actor
from dijkring.onboarding.models import Intake
from dijkring.onboarding.services import bringing, files, planning

Arguments = dict[str, dict[str, Any]]


def make(actor: Actor, n: int) -> Arguments:
    """Make a file that is looked at, and one that was brought in."""
    looked = keep(actor, f"Nr;Oordeel\n5.01.01;voldaan {n}\n5.01.02;nee\n")
    done = keep(actor, f"Nr;Oordeel;Systeem\n5.14.01;deels;systeem {n}\n")
    mark = planning.plan(actor=actor, intake=done).mark
    bringing.confirm(actor=actor, intake=done, mark=mark)
    return {
        "onboarding:upload": {"kind": "judgements"},
        "onboarding:intake": {"pk": looked.pk},
        "onboarding:cancel": {"pk": looked.pk},
        "onboarding:take_back": {"pk": done.pk},
    }


def keep(actor: Actor, body: str) -> Intake:
    return files.keep(
        actor=actor, kind="judgements", name="oordelen.csv", content=BytesIO(body.encode())
    )
