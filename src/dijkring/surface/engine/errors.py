# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a probe got no answer, and what a person gave wrong."""


class ProbeError(Exception):
    """A probe that got no usable answer; `reason` is a key of content/reasons.yaml."""

    def __init__(self, reason: str, note: str = "") -> None:
        super().__init__(f"{reason}: {note}" if note else reason)
        self.reason = reason
        self.note = note


class InputError(Exception):
    """Wrong input of a person: one line in Dutch, then in English."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(f"{dutch} | {english}")
        self.dutch = dutch
        self.english = english
