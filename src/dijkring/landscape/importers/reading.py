# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a file of any known kind, which it recognises by its content."""

from collections.abc import Sequence

from dijkring.documents.reading import sheets as reader
from dijkring.documents.reading.problems import Problems, Refused

from . import archi, cyclonedx, exchange, json_text, meaning, sheets, trees
from .found import Report
from .limits import MAX_BYTES
from .model import Model
from .sheets import Asked
from .values import THREE_LEVELS

_ZIP = b"PK\x03\x04"
_MARKS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def read(
    content: bytes,
    name: str = "",
    levels: Sequence[str] = THREE_LEVELS,
    asked: Asked = Asked(),  # noqa: B008 -- frozen
) -> Report:
    """Read a file into a report, or say with line and reason why not.

    The name is only a label. `levels` are the words of the classification of the organisation,
    the lowest first. Never raises for what is in the file.
    """
    reading = _Reading(levels, asked)
    try:
        reading.read(content)
    except Refused as refused:
        reading.problems.stop(refused)
    report = reading.report
    report.name = report.name or name
    report.refused, report.warnings = reading.problems.refused, reading.problems.warnings
    return report


class _Reading:
    def __init__(self, levels: Sequence[str], asked: Asked) -> None:
        self.problems = Problems()
        self.report = Report()
        self._levels = levels
        self._asked = asked

    def read(self, content: bytes) -> None:
        if len(content) > MAX_BYTES:
            size = MAX_BYTES // 1_000_000
            raise Refused("", f"Groter dan {size} MB.", f"Larger than {size} MB.")
        if not content.strip():
            raise Refused("", "Het bestand is leeg.", "The file is empty.")
        if content.startswith(_ZIP) and (inner := archi.unzipped(content)) is not None:
            content = inner
        if content.lstrip().startswith(_MARKS):
            self._xml(content.lstrip())
        elif json_text.is_json(content):
            self._json(content)
        else:
            self.report.format = "sheet"
            sheets.read(content, self._levels, self._asked, self.report, self.problems)
            if not self.report.missing:
                self._something()

    def _xml(self, content: bytes) -> None:
        namespace, _root = trees.root_namespace(content)
        if namespace.startswith(cyclonedx.FAMILY):
            self.report.format = "cyclonedx-xml"
            cyclonedx.read_xml(content, namespace, self.report, self.problems)
        elif namespace.startswith(exchange.FAMILY):
            self.report.format = "archimate"
            exchange.check_version(namespace)
            self._model(exchange.read(content, self.problems))
        elif namespace == archi.NAMESPACE:
            self.report.format = "archi"
            self._model(archi.read(content, self.problems))
        else:
            raise Refused(
                "XML", "Dit is geen ArchiMate-model en geen CycloneDX.",
                "This is neither an ArchiMate model nor CycloneDX.", 1,
            )  # fmt: skip

    def _model(self, model: Model) -> None:
        self.report.key, self.report.name = model.key, model.name
        meaning.take(model, self._levels, self.report, self.problems)
        self._something()

    def _json(self, content: bytes) -> None:
        self.report.format = "cyclonedx-json"
        text = reader.decoded(content)
        root = json_text.load(text)
        if not cyclonedx.recognises(root):
            self.report.format = "unknown"
            raise Refused("JSON", "Dit is geen CycloneDX.", "This is not CycloneDX.")
        cyclonedx.read_json(text, root, self.report, self.problems)

    def _something(self) -> None:
        if not self.report.assets and not self.problems.refused:
            raise Refused(
                "", "Er staat niets in dat in het landschap hoort.",
                "There is nothing in it that belongs in the landscape.",
            )  # fmt: skip
