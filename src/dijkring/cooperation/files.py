# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing out a document as a file."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from dijkring.documents import html, odt, pdf
from dijkring.documents.blocks import Document

WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "html": (lambda document: html.to_html(document).encode(), "text/html; charset=utf-8"),
    "pdf": (pdf.to_pdf, "application/pdf"),
    "odt": (odt.to_odt, "application/vnd.oasis.opendocument.text"),
}


def hand_out(document: Document, kind: str) -> HttpResponse:
    """Return a document as PDF, ODT or HTML; Http404 for another kind."""
    if kind not in WRITERS:
        raise Http404
    write, media_type = WRITERS[kind]
    response = HttpResponse(write(document), content_type=media_type)
    name = f"{slugify(document.title)}-{document.date.isoformat()}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
