# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of an organisation, as plain computing: colours, contrast, style sheet, logo."""
