# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""By when a change must stand in the national register of the Cbw: plain dates, no database."""

from datetime import date, timedelta

from dijkring.core.working_days import working_day_from

# Cbw art. 98: within a month after it came into force on 15 August 2026.
FIRST_DUE = date(2026, 9, 15)
TWO_WEEKS = timedelta(weeks=2)


def change_due(changed_on: date) -> date:
    """Return the last day to report a change: two weeks after it (Cbw art. 44).

    A term that ends on a Saturday, a Sunday or a public holiday goes on until the next day that is
    none of these (Algemene termijnenwet art. 1).
    """
    return working_day_from(changed_on + TWO_WEEKS)
