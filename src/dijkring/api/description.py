# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI description, complete as the NLGov REST API Design Rules want it."""

from typing import Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from dijkring.api.problems import TITLES, Problem
from dijkring.api.services.idempotency import KEY
from dijkring.core.rest import Token

VERSION_HEADER = {
    "description": "Full version of the API",
    "required": True,
    "schema": {"type": "string"},
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "Your own key of this request; the same key and body are carried out once",
    "schema": {"type": "string", "pattern": KEY},
}


class Description(OpenAPISchema):
    """ninja's description, with scopes, problems, the version header and the idempotency key."""

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Describe one operation."""
        details: dict[str, Any] = super().operation_details(operation)
        details["summary"] = str(operation.summary)
        for parameter in details["parameters"]:
            parameter["schema"] = _present(parameter["schema"])
        writes = "POST" in operation.methods
        if writes:
            details["parameters"].append(IDEMPOTENCY_KEY)
        for response in details["responses"].values():
            response["headers"] = {"API-Version": VERSION_HEADER}
        details["responses"] |= {
            status: self._problem(status) for status in _statuses(operation, details, writes)
        }
        return details

    def operation_security(self, operation: Operation) -> list[dict[str, Any]]:
        """Describe the scope that an operation asks of the token."""
        scopes = [auth for auth in operation.auth_callbacks if isinstance(auth, Token)]
        for auth in scopes:
            self.securitySchemes["Token"] = auth.openapi_security_schema
        return [{"Token": [auth.scope]} for auth in scopes]

    def _problem(self, status: int) -> dict[str, Any]:
        schema = Problem.model_json_schema(ref_template=REF_TEMPLATE, mode="serialization")
        self.add_schema_definitions({**schema.pop("$defs"), "Problem": schema})
        reference = {"$ref": "#/components/schemas/Problem"}
        return {
            "description": str(TITLES[status]),
            "headers": {"API-Version": VERSION_HEADER},
            "content": {"application/problem+json": {"schema": reference}},
        }


def _present(schema: dict[str, Any]) -> dict[str, Any]:
    # A parameter is there or not; there is no way to send null in an address.
    options = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    return {**schema, "anyOf": options} if len(options) > 1 else (options or [schema])[0]


def _statuses(operation: Operation, details: dict[str, Any], writes: bool) -> list[int]:
    in_path = any(parameter["in"] == "path" for parameter in details["parameters"])
    return [
        400,
        401,
        403,
        *([404] if in_path or "standings" in (operation.tags or []) else []),
        *([409, 413, 415] if writes else []),
        503,
    ]
