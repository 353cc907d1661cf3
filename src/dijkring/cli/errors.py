# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors that are told to a person in one line, never as a traceback."""

import errno


class UserError(Exception):
    """Something the person at the keyboard can mend; told in Dutch, then in English."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(dutch)
        self.dutch = dutch
        self.english = english

    def line(self) -> str:
        return f"{self.dutch} | {self.english}"


REASONS = {
    errno.ENOSPC: ("de schijf is vol", "the disk is full"),
    errno.EDQUOT: ("uw schijfruimte is op", "the disk quota is used up"),
    errno.EROFS: ("de schijf is alleen-lezen", "the disk is read-only"),
    errno.EACCES: ("u mag hier niet schrijven", "you may not write here"),
    errno.EPERM: ("u mag hier niet schrijven", "you may not write here"),
    errno.ENOTDIR: ("een deel van het pad is geen map", "part of the path is not a folder"),
    errno.EEXIST: ("er staat een bestand op deze plek", "a file is in its place"),
}


def from_os_error(error: OSError) -> UserError:
    """Turn a failed file operation into one line that names the path and the reason."""
    where = error.filename or "?"
    unknown = (error.strerror or str(error),) * 2
    dutch, english = REASONS.get(error.errno or 0, unknown)
    return UserError(f"Kan niet werken in {where}: {dutch}.", f"Cannot use {where}: {english}.")
