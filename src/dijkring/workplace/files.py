# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing out a document as a file."""

from collections.abc import Callable
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from dijkring.documents import html, odt, pdf
from dijkring.documents.blocks import Document
from dijkring.workplace.selectors import house

WRITERS: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "html": (lambda document: html.to_html(document).encode(), "text/html; charset=utf-8"),
    "pdf": (pdf.to_pdf, "application/pdf"),
    "odt": (odt.to_odt, "application/vnd.oasis.opendocument.text"),
}


def hand_out(document: Document, kind: str, organisation_id: int) -> HttpResponse:
    """Return a document as PDF, ODT or HTML in the look of an organisation; Http404 otherwise."""
    if kind not in WRITERS:
        raise Http404
    write, media_type = WRITERS[kind]
    dressed = replace(document, house=house(organisation_id))
    response = HttpResponse(write(dressed), content_type=media_type)
    name = f"{slugify(document.title)}-{document.date.isoformat()}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
