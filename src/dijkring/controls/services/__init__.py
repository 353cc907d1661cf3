# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of controls."""

from dijkring.controls.services.storing import ImportResult, import_pack

__all__ = ["ImportResult", "import_pack"]
