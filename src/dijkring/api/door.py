# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The door of the API: which system, for which organisation, inside one transaction."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import ValidationError

from dijkring.api import problems
from dijkring.api.problems import Trouble
from dijkring.api.services import idempotency, tokens
from dijkring.api.services.tokens import Caller
from dijkring.core.tenancy import transaction_for

VERSION = "1.0.0"
MOST_BYTES = 1024 * 1024
View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """Give a view the headers of the API, and turn whatever it raises into a problem."""

    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Exception as error:
            response = problems.answer(error)
        response["API-Version"] = VERSION
        response.setdefault("Cache-Control", "no-store")
        return response

    return opened


def guarded(view: View) -> View:
    """Open a view to a system with a token; all that it does is one transaction."""

    @wraps(view)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.caller = caller = _caller(request)
        request.actor, request.source, request.kinds = caller.actor, caller.source, caller.kinds
        _check_size(request)
        with transaction_for([caller.actor.organisation_id], caller.actor):
            response = view(request, *args, **kwargs)
        return _not_allowed(response) if response.status_code == 405 else response

    return answered(opened)


def _caller(request: HttpRequest) -> Caller:
    caller = tokens.enter(request.headers.get("Authorization", ""))
    if caller is None:
        detail = _("Send a valid token: Authorization: Bearer dr_…")
        raise Trouble(401, detail, {"WWW-Authenticate": "Bearer"})
    return caller


def _check_size(request: HttpRequest) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Trouble(413, _("A request is at most 1 MB. Send the facts in parts."))


def _not_allowed(response: HttpResponse) -> HttpResponse:
    allowed = response["Allow"]
    detail = _("Possible here: %(methods)s.") % {"methods": allowed}
    return problems.problem(405, detail, headers={"Allow": allowed})


def strict(operation: View) -> View:
    """Let an operation refuse keys of the query that it does not know: a typo filters nothing."""
    models = operation.__self__.models  # type: ignore[attr-defined]
    queries = [model for model in models if model.__ninja_param_source__ == "query"]
    known = {name for model in queries for name in model.__ninja_flatten_map__}

    @wraps(operation)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            faults = [{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown]
            raise ValidationError(faults)
        return operation(request, *args, **kwargs)

    return opened


def once(operation: View) -> View:
    """Let a writing operation take only JSON, and answer the same request twice the same way."""

    @wraps(operation)
    def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return operation(request, *args, **kwargs)
        if request.content_type != "application/json":
            raise Trouble(415, _("Send Content-Type: application/json."))
        return idempotency.once(
            actor=request.actor,
            token_id=request.caller.token_id,
            key=request.headers.get("Idempotency-Key", ""),
            fingerprint=_fingerprint(request),
            work=lambda: operation(request, *args, **kwargs),
        )

    return opened


def _fingerprint(request: HttpRequest) -> str:
    return hashlib.sha256(request.get_full_path().encode() + b"\n" + request.body).hexdigest()
