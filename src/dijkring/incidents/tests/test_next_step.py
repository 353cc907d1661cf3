# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one thing to do next, from the first minute to the last."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dijkring.incidents.next_step import Situation, Step, step

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
# Nothing is left to do but to close it.
DONE = Situation(
    state="ended",
    aware=True,
    due=None,
    triaged=True,
    to_confirm=False,
    to_weigh=False,
    to_judge=False,
    to_tell=False,
    open_tasks=False,
)


def test_each_step_comes_before_what_can_wait_longer() -> None:
    soon, far = NOW + timedelta(hours=3), NOW + timedelta(hours=20)
    worst = replace(
        DONE, state="handling", triaged=False, to_confirm=True, to_weigh=True, to_judge=True,
        to_tell=True, open_tasks=True, due=far,
    )  # fmt: skip
    cases = [
        (replace(worst, aware=False, due=None), Step.AWARE),
        (replace(worst, state="reported", due=NOW - timedelta(hours=1)), Step.REPORT),
        (replace(worst, due=soon), Step.REPORT),
        (replace(worst, state="reported"), Step.TAKE_UP),
        (worst, Step.TRIAGE),
        (worst := replace(worst, triaged=True), Step.CONFIRM),
        (worst := replace(worst, to_confirm=False), Step.WEIGH),
        (worst := replace(worst, to_weigh=False), Step.JUDGE),
        (worst := replace(worst, to_judge=False), Step.REPORT),
        (worst := replace(worst, due=None), Step.TELL),
        (worst := replace(worst, to_tell=False), Step.TASKS),
        (worst := replace(worst, open_tasks=False), Step.END),
        (DONE, Step.CLOSE),
        (replace(worst, state="closed", aware=False), Step.NOTHING),
    ]
    assert [step(situation, NOW) for situation, wanted in cases] == [one for _, one in cases]
