# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The four documents together: each refers to the other by its file name."""

import io
import json
import zipfile

from .assessed import Assessment
from .components import component_definition
from .norms import catalog, file_name, profile
from .results import assessment_results
from .shapes import Json

WRITERS = {
    "catalog": catalog,
    "profile": profile,
    "component-definition": component_definition,
    "assessment-results": assessment_results,
}
# The same content gives the same bytes.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def documents(assessment: Assessment) -> dict[str, Json]:
    """Return the four documents, by their file names."""
    return {file_name(kind, assessment.norm): write(assessment) for kind, write in WRITERS.items()}


def as_bytes(document: Json) -> bytes:
    """Return a document as JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def packed(assessment: Assessment) -> bytes:
    """Return the four documents in one ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, document in documents(assessment).items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, as_bytes(document))
    return stream.getvalue()
