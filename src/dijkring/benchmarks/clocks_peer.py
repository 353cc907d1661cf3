# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same terms as a programmer writes them on an afternoon, with dateutil: the peer of the bench.

It reckons instants and nothing else: no state, no words, no request, no amendment.
"""

from datetime import UTC, datetime, timedelta

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from dateutil.tz import gettz  # type: ignore[import-untyped]

from dijkring.incidents.deadlines import Case

AMSTERDAM = gettz("Europe/Amsterdam")


def peer(case: Case) -> dict[str, datetime]:
    """Return the instants (UTC) of the terms that have one."""
    aware = case.aware.astimezone(UTC)
    notification = aware + timedelta(hours=72)
    given = case.submitted.get("cbw.notification", notification)
    month = given.astimezone(AMSTERDAM) + relativedelta(months=1)
    found: dict[str, datetime] = {
        "cbw.early_warning": aware + timedelta(hours=24),
        "cbw.notification": notification,
        "cbw.final_report": month.astimezone(UTC),
        "avg.authority": aware + timedelta(hours=72),
    }
    return found
