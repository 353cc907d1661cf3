# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of notices, of what is asked, and the doorstep for people without a login."""
