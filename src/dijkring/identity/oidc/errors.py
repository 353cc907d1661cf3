# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with an identity provider; the pages turn the code into words."""

from typing import Literal

Code = Literal[
    "address",
    "private",
    "unreachable",
    "too_large",
    "not_json",
    "metadata",
    "refused",
    "client",
    "keys",
    "token",
    "state",
]


class ProviderError(Exception):
    """The provider could not be used; `code` says how, `detail` what exactly (for the log)."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
