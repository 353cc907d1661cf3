# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""An identity provider of the practice internet: honest by the standard, and lying on request."""
