# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages outside an organisation: the way in, health, metrics and security.txt."""

from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from dijkring.core import clock, tenancy
from dijkring.core.web import memberships_in
from dijkring.incidents.selectors import watch
from dijkring.onboarding.services import first


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first organisation of the person, or to login."""
    if not request.user.is_authenticated:
        return redirect("begin" if first.is_open() else "account_login")
    memberships = memberships_in(request)
    if memberships:
        return redirect("accountability:today", organisation=memberships[0].slug)
    return render(request, "organisations/no_membership.html")


def organisation_home(request: HttpRequest, organisation: str) -> HttpResponse:
    """Lead to today's page of an organisation; the door stands there."""
    return redirect("accountability:today", organisation=organisation)


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process lives."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and protects its tables."""
    try:
        faults = tenancy.faults()
    except OperationalError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    if faults:
        return JsonResponse({"status": "unprotected", "faults": len(faults)}, status=503)
    return JsonResponse({"status": "ok"})


def watchz(request: HttpRequest) -> HttpResponse:
    """Say whether a worker still looks at the deadlines of incidents.

    Only a web server can say that the worker is dead; a monitor outside hears it here.
    """
    last, late = watch.last_look()
    told = {"status": "late" if late else "ok", "lastLook": last.isoformat() if last else None}
    return JsonResponse(told, status=503 if late else 200)


_COUNTS = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status ORDER BY status"


def metrics(request: HttpRequest) -> HttpResponse:
    """Show the jobs per status and when deadlines were looked at, in the text format of Prometheus.

    The moment is in seconds since 1970; 0 means never.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        lines = [
            f'dijkring_jobs{{status="{status}"}} {count}' for status, count in cursor.fetchall()
        ]
    looked, _late = watch.last_look()
    look = f"dijkring_deadlines_looked_at_seconds {looked.timestamp() if looked else 0:.0f}"
    kinds = ("# TYPE dijkring_jobs gauge", "# TYPE dijkring_deadlines_looked_at_seconds gauge")
    text = "\n".join([kinds[0], *lines, kinds[1], look, ""])
    return HttpResponse(text, content_type="text/plain; version=0.0.4")


def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness of this installation (RFC 9116)."""
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    address = settings.SECURITY_CONTACT
    lines = [f"Contact: {address}", f"Expires: {expires}", "Preferred-Languages: nl, en", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
