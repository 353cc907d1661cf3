# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writers of a landscape: ArchiMate Model Exchange, GraphML and sheets. No database."""
