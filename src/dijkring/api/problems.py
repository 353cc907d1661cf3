# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors as problem+json (RFC 9457), in the language of the reader."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from dijkring.api.services.idempotency import Conflict
from dijkring.core.errors import Forbidden, Refused
from dijkring.core.rest import Resource

log = structlog.get_logger(__name__)


class Fault(Resource):
    """One thing that is wrong: where (`in` and a JSON pointer or name), a code, and words."""

    place: str = Field(serialization_alias="in")
    location: str
    code: str
    detail: str


class Problem(Resource):
    """What went wrong, for a machine and for a person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class Trouble(Exception):
    """A problem that the door itself finds."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


TITLES: dict[int, Promise] = {
    400: gettext_lazy("The request is not right"),
    401: gettext_lazy("Not logged in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("This method is not possible here"),
    409: gettext_lazy("The request contradicts an earlier one"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Not JSON"),
    500: gettext_lazy("Something went wrong here"),
    503: gettext_lazy("The database is not available"),
}


def problem(
    status: int,
    detail: str,
    errors: Sequence[Fault] = (),
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Return a problem as a response."""
    title = str(TITLES.get(status, HTTPStatus(status).phrase))
    body = Problem(title=title, status=status, detail=detail, errors=list(errors))
    return JsonResponse(
        body.model_dump(), status=status, content_type="application/problem+json", headers=headers
    )


def answer(error: Exception) -> HttpResponse:
    """Return the problem of an exception; one that nobody expected is logged and says no more."""
    for kind, make in _ANSWERS.items():
        if isinstance(error, kind):
            return make(error)
    log.error("api_failed", exc_info=error)
    return problem(500, _("This has been logged. Try again later or ask the administrator."))


def _trouble(error: Trouble) -> HttpResponse:
    return problem(error.status, error.detail, headers=error.headers)


def _refused(error: Refused) -> HttpResponse:
    if error.field is None:
        return problem(400, error.message)
    place = "header" if error.field == "Idempotency-Key" else "body"
    fault = Fault(place=place, location=error.field, code="refused", detail=error.message)
    return problem(400, error.message, [fault])


def _forbidden(error: Forbidden) -> HttpResponse:
    detail = _("This token lacks the scope or the kind of fact “%(right)s”.")
    return problem(403, detail % {"right": error.right})


def _invalid(error: ValidationError) -> HttpResponse:
    faults = [_fault(found) for found in error.errors[:50]]
    return problem(400, _("Mend what stands under errors and send it again."), faults)


def _http(error: HttpError) -> HttpResponse:
    # ninja raises this for one thing only: a body that cannot be read.
    return problem(error.status_code, _("The body is not JSON that can be read."))


def _without_database(error: OperationalError) -> HttpResponse:
    log.error("api_without_database", exc_info=error)
    return problem(503, _("Try again in a minute."), headers={"Retry-After": "60"})


_ANSWERS: dict[Any, Callable[[Any], HttpResponse]] = {
    Trouble: _trouble,
    Refused: _refused,
    Forbidden: _forbidden,
    ValidationError: _invalid,
    HttpError: _http,
    (Http404, ObjectDoesNotExist): lambda _error: problem(
        404, _("This does not exist, or not for your organisation.")
    ),
    Conflict: lambda _error: problem(
        409, _("This Idempotency-Key was used before for another request. Use a new one.")
    ),
    OperationalError: _without_database,
}

# --- what pydantic finds, in our words ----------------------------------------------------------

_WORDS: dict[str, Promise] = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("This field is unknown."),
    "literal_error": gettext_lazy("Choose one of: %(expected)s."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("This has characters that cannot be used here."),
    "too_long": gettext_lazy("At most %(max_length)s items."),
    "too_short": gettext_lazy("At least %(min_length)s items."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "bool_parsing": gettext_lazy("This must be true or false."),
    "detail_too_long": gettext_lazy("At most %(most)s items."),
    "detail_value": gettext_lazy(
        "“%(name)s” cannot be kept: give a text, a number, true, false, a list of texts or texts "
        "with names."
    ),
    "too_many_moments": gettext_lazy("At most %(most)s different moments in one request."),
    "timezone_aware": gettext_lazy("A moment needs a time zone, such as Z or +01:00."),
}
_MOMENT = gettext_lazy("Write a moment as 2026-11-22T14:30:00Z.")
_OTHER = gettext_lazy("This value is not right.")


def _fault(found: dict[str, Any]) -> Fault:
    place, *path = found["loc"]
    is_moment = found["type"].startswith("datetime") or "observedAt" in path[-1:]
    words = _WORDS.get(found["type"], _MOMENT if is_moment else _OTHER)
    return Fault(
        place=place,
        location=_pointer(path) if place == "body" else ".".join(str(part) for part in path[-1:]),
        code=found["type"],
        detail=str(words) % found.get("ctx", {}) if "%" in str(words) else str(words),
    )


def _pointer(path: Sequence[Any]) -> str:
    # The first step is the name of ninja's parameter, the second which form of the body it was.
    parts = [str(part) for part in path[1:] if part not in {"one", "many"}]
    return "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)
