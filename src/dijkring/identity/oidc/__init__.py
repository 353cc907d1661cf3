# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""OpenID Connect as the relying party: plain Python without Django, in a few short files."""
