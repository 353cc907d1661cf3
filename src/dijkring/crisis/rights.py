# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody may do in the crisis room."""

from dijkring.core.access import EVERYONE, Role

VIEW, WRITE, LEAD, KEEP = "crisis.view", "crisis.write", "crisis.lead", "crisis.keep"
READERS = EVERYONE - {Role.READER}
WRITERS = READERS - {Role.AUDITOR}
LEADERS = {Role.CISO, Role.SECRETARY, Role.BOARD, Role.PUBLIC_ORDER}
KEEPERS = {Role.CISO, Role.PUBLIC_ORDER}
