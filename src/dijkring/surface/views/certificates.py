# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The calendar of certificates."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dijkring.core.web import page
from dijkring.surface.filters.certificates import CertificateFilter
from dijkring.surface.panels import certificates as panels
from dijkring.surface.selectors import certificates as selectors
from dijkring.surface.tables import certificates as tables
from dijkring.ui import pages
from dijkring.ui.pages import link


@page("surface.view")
def certificates(request: Any) -> HttpResponse:
    """List the certificates by the day on which they end, with the year as a chart."""
    rows = selectors.certificates(request.actor.organisation_id)
    sheet = request.GET.get("export")
    return pages.list_page(
        request,
        rows,
        table=tables.CertificateSheet if sheet else tables.CertificateTable,
        filters=CertificateFilter,  # type: ignore[arg-type]  # over rows, not a query
        title=_("Certificates"),
        purpose=_(
            "When the certificates of our websites and mail servers end, "
            "so that none ends unnoticed."
        ),
        trail=[(_("Internet measuring"), link(request, "surface:domains"))],
        extra={"template": "surface/certificates.html", **panels.overview(rows)},
        empty=pages.Empty(_("No certificate has been seen yet. Measure a name first.")),
    )
