# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small files such as others give them, about invented names."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.surface.models import Imported
from dijkring.surface.services import import_files, import_plan, imported


def results(
    names: dict[str, dict[str, str]], at: datetime | None = None, percent: int = 87
) -> bytes:
    """Write results of Internet.nl: per name the status of each test."""
    moment = (at or clock.now()).isoformat()
    domains = {name: _result(name, tests, percent) for name, tests in names.items()}
    request = {"request_type": "web", "status": "done", "finished_date": moment}
    return json.dumps({"api_version": "2.4.0", "request": request, "domains": domains}).encode()


def _result(name: str, tests: dict[str, str], percent: int) -> dict[str, Any]:
    found = {test: {"status": status, "verdict": "good"} for test, status in tests.items()}
    return {
        "status": "ok",
        "report": {"url": f"https://batch.internet.nl/site/{name}/1/"},
        "scoring": {"percentage": percent},
        "results": {"categories": {}, "tests": found, "custom": {}},
    }


HEADER = "Asset;Bevinding;Ernst;Eerst gezien;Laatst gezien;Status"


def findings(*lines: str) -> bytes:
    """Write a sheet of findings."""
    return "\n".join([HEADER, *lines, ""]).encode()


def certificates(*names: str) -> bytes:
    """Write an export of crt.sh, one certificate per name."""
    return json.dumps(
        [{"common_name": "Dijkerveen", "name_value": name, "not_after": "2027-01-01T00:00:00"}
         for name in names]
    ).encode()  # fmt: skip


def kept(actor: Actor, kind: str, body: bytes, **options: Any) -> Imported:
    """Keep a file to be looked at."""
    name = f"{kind}.json" if body[:1] in (b"{", b"[") else f"{kind}.csv"
    return import_files.keep(actor=actor, kind=kind, name=name, content=BytesIO(body), **options)


def taken(actor: Actor, kind: str, body: bytes, **options: Any) -> Imported:
    """Keep a file, look at it and agree."""
    found = kept(actor, kind, body, **options)
    mark = import_plan.plan(actor=actor, imported=found).mark
    imported.take_over(actor=actor, imported=found, mark=mark)
    return found
