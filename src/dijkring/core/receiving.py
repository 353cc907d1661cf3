# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking in files that are sent: a disk that is full costs the file, not what was typed with it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

_LOST = "dijkring.file_lost"


def lost_a_file(request: HttpRequest) -> bool:
    """Tell whether the disk did not take a file that came with this request."""
    return bool(request.META.get(_LOST))


class ToDisk(TemporaryFileUploadHandler):
    """Writes a file to the disk while it comes in; one that the disk does not take is left out."""

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file."""
        try:
            super().new_file(*args, **options)
        except OSError as error:
            raise self._lost() from error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            raise self._lost() from error

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Hand over the whole file; nothing when its last piece could not be written."""
        try:
            return super().file_complete(file_size)
        except OSError:
            self._lost()
            return None

    def _lost(self) -> SkipFile:
        assert self.request is not None  # noqa: S101 -- every handler is made for a request
        self.request.META[_LOST] = "1"
        return SkipFile()
