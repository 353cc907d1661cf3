# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a service may say no with. Pages and the API turn these into words and a status."""

from django.db import OperationalError
from psycopg.errors import DiskFull


class Refused(Exception):
    """The request cannot be carried out; the message says what, where and what to do (400)."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Forbidden(Exception):
    """The person has too little right (status 403)."""

    def __init__(self, right: str) -> None:
        super().__init__(right)
        self.right = right


def disk_is_full(error: OperationalError) -> bool:
    """Tell whether the database refused because its disk is full."""
    return isinstance(error.__cause__, DiskFull)
