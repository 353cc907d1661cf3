# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practice internet: real DNS, web and mail servers with planted defects, on loopback."""
