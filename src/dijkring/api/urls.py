# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The assembled API under `/api/v1`; what is not an endpoint there is a problem too."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.parser import Parser

from dijkring.actions import api as actions
from dijkring.api import door
from dijkring.api.description import Description
from dijkring.api.problems import Trouble
from dijkring.controls import api as controls
from dijkring.crisis import api as crisis
from dijkring.evidence import api as evidence
from dijkring.incidents import api as incidents
from dijkring.incidents import file_api, joint_api, report_api
from dijkring.landscape import api as landscape
from dijkring.organisations import api as organisations
from dijkring.suppliers import api as suppliers
from dijkring.surface import api as surface


class StrictParser(Parser):
    """Reads JSON as RFC 8259 has it: no NaN, no endless nesting, no key twice."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body; ValueError for what is not JSON."""
        try:
            return json.loads(request.body, parse_constant=_refuse, object_pairs_hook=_unique)
        except RecursionError as error:
            raise ValueError("nested too deep") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


class Api(NinjaAPI):
    """ninja, with errors left to the door so that everything rolls back."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Let the door turn it into a problem, outside the transaction."""
        raise exc

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Return the name of the handler: it is unique over all rooms."""
        return str(operation.view_func.__name__)


api = Api(
    title="Dijkring",
    version=door.VERSION,
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
    urls_namespace="api-v1",
)
for decorator in (door.strict, door.once):
    api.add_decorator(decorator, mode="view")
ROUTERS = (
    organisations.router,
    controls.router,
    *evidence.routers,
    actions.router,
    surface.router,
    landscape.router,
    suppliers.router,
    incidents.router,
    report_api.router,
    joint_api.router,
    file_api.router,
    crisis.router,
)
for _router in ROUTERS:
    api.add_router("", _router)


def description(request: HttpRequest) -> dict[str, Any]:
    """Return the OpenAPI description, in the language of the reader."""
    contact = settings.SECURITY_CONTACT.removeprefix("mailto:")
    root = request.build_absolute_uri("/")
    found = _described(get_language())
    told = {
        "description": _(
            "Facts, judgements, standings and actions of one organisation. A fact that an outside "
            "system posts counts at once."
        ),
        "contact": {"name": "Dijkring", "email": contact, "url": root},
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    }
    servers = [{"url": f"{root}api/v1"}]
    return {**found, "servers": servers, "info": {**found["info"], **told}}


@cache
def _described(_language: str) -> dict[str, Any]:
    """Describe all endpoints; that takes half a second, and everybody may ask for it."""
    return dict(Description(api, ""))


def openapi(request: HttpRequest) -> HttpResponse:
    """Show the description to everybody, also to pages of others (CORS)."""
    if request.method not in {"GET", "HEAD"}:
        raise Trouble(405, _("Possible here: %(methods)s.") % {"methods": "GET"}, {"Allow": "GET"})
    text = json.dumps(description(request), ensure_ascii=False, default=str)
    response = HttpResponse(text, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def nowhere(request: HttpRequest, **_rest: str) -> HttpResponse:
    """Say that there is no such endpoint."""
    raise Http404


def _endpoints() -> list[URLPattern]:
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    return [
        path(f"v1/{pattern.pattern}", door.guarded(pattern.callback), name=pattern.name)
        for pattern in found
        if pattern.name != "api-root"
    ]


app_name = "api"
urlpatterns = [
    path("v1/openapi.json", door.answered(openapi), name="openapi"),
    *_endpoints(),
    re_path(r"^(?P<rest>.*)$", door.answered(nowhere), name="nowhere"),
]
