# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be changed: filters, drafts, the theme and the accessibility statement."""
