# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one error of the practice internet that is meant for people."""


class LabError(Exception):
    """Something the user can put right; told in one line, Dutch and then English."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(f"{nl} | {en}")
