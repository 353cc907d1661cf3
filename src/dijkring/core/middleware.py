# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Between the server and the pages: errors of services become pages with words."""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dijkring.core.errors import Forbidden, Refused, disk_is_full


class ErrorPages:
    """Turn what services refuse with, and an address that takes only a form, into a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the errors we know; leave the others to Django."""
        context: dict[str, Any] = {"exception": exception}
        if isinstance(exception, Forbidden):
            return render(request, "403.html", context, status=403)
        if isinstance(exception, Refused):
            return render(request, "400.html", {"message": exception.message}, status=400)
        if isinstance(exception, OperationalError):
            context = {"disk_full": disk_is_full(exception)}
            return render(request, "503.html", context, status=503)
        return None
