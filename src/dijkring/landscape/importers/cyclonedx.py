# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a CycloneDX list of parts (SBOM; ECMA-424), versions 1.0 to 1.7, in JSON or XML.

Parts inside parts are taken as well. What stands there twice with the same package, version and
licence counts once.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

from dijkring.documents.reading.problems import Problems, Refused

from . import json_text, trees
from .found import Component, Report
from .limits import MAX_COMPONENTS, MAX_LICENCE, MAX_NAME, MAX_PURL, MAX_VERSION
from .model import on_one_line
from .trees import Node

FAMILY = "http://cyclonedx.org/schema/bom/"
_VERSION = re.compile(r"1\.[0-7]")
_REF = re.compile(r'"bom-ref"\s*:\s*"([^"\\]*)"')
_PURL = re.compile(r"pkg:[A-Za-z0-9.+-]+/[^\s]+")


def recognises(root: object) -> bool:
    """Say whether a JSON document is a CycloneDX list."""
    return json_text.text(json_text.branch(root).get("bomFormat")) == "CycloneDX"


def read_json(text: str, root: object, report: Report, problems: Problems) -> None:
    """Put the parts of a JSON list into the report; Refused for another version."""
    top = json_text.branch(root)
    _check_version(json_text.text(top.get("specVersion")))
    report.name = json_text.text(top.get("serialNumber"))[:MAX_NAME]
    metadata = json_text.branch(top.get("metadata"))
    about = json_text.branch(metadata.get("component"))
    report.about = " ".join(
        filter(None, (json_text.text(about.get(key)) for key in ("name", "version")))
    )[:MAX_NAME]
    lines = _Lines(text)
    lines.of(json_text.text(about.get("bom-ref")))
    reader = _Reader(report, problems)
    for path, one in _json_parts(top.get("components"), "components"):
        reader.add(_json_words(one), path, lines.of(json_text.text(one.get("bom-ref"))))
    reader.done()


def read_xml(content: bytes, namespace: str, report: Report, problems: Problems) -> None:
    """Put the parts of an XML list into the report; Refused for another version."""
    _check_version(namespace.removeprefix(FAMILY))
    root = trees.load(content, lambda name, _attributes: name in ("hashes", "externalReferences"))
    report.name = root.get("serialNumber")[:MAX_NAME]
    metadata = root.first("metadata")
    about = metadata.first("component") if metadata else None
    if about is not None:
        report.about = " ".join(filter(None, (_inner(about, "name"), _inner(about, "version"))))[
            :MAX_NAME
        ]
    reader = _Reader(report, problems)
    for path, node in _xml_parts(root, "components"):
        reader.add(_xml_words(node), path, node.line)
    reader.done()


def _check_version(version: str) -> None:
    if not _VERSION.fullmatch(version):
        shown = version[:20] or "?"
        raise Refused(
            "CycloneDX", f"Versie {shown} van CycloneDX is onbekend.",
            f"Version {shown} of CycloneDX is unknown.",
        )  # fmt: skip


class _Lines:
    """The lines of the references, found in one walk through the text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, deque[int]] = defaultdict(deque)
        line, last = 1, 0
        for match in _REF.finditer(text):
            line += text.count("\n", last, match.start())
            last = match.start()
            self._lines[match[1]].append(line)

    def of(self, reference: str) -> int | None:
        """Return the line of a reference, the next one when it stands there again."""
        found = self._lines.get(reference)
        return found.popleft() if found else None


def _json_parts(value: object, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    for place, one in enumerate(json_text.branches(value), start=1):
        where = f"{path}[{place}]"
        yield where, one
        yield from _json_parts(one.get("components"), f"{where}.components")


def _xml_parts(parent: Node, path: str) -> Iterator[tuple[str, Node]]:
    for place, node in enumerate(parent.inside("components"), start=1):
        if node.name == "component":
            where = f"{path}[{place}]"
            yield where, node
            yield from _xml_parts(node, f"{where}.components")


def _json_words(one: dict[str, object]) -> dict[str, str]:
    group = json_text.text(one.get("group"))
    licences = [_json_licence(entry) for entry in json_text.branches(one.get("licenses"))]
    return {
        "name": _whole_name(group, json_text.text(one.get("name"))),
        "version": json_text.text(one.get("version")),
        "purl": json_text.text(one.get("purl")),
        "licence": ", ".join(filter(None, licences)),
        "kind": json_text.text(one.get("type")),
        "ref": json_text.text(one.get("bom-ref")),
    }


def _json_licence(entry: dict[str, object]) -> str:
    inner = json_text.branch(entry.get("license"))
    return (
        json_text.text(entry.get("expression"))
        or json_text.text(inner.get("id"))
        or json_text.text(inner.get("name"))
    )


def _inner(node: Node, name: str) -> str:
    found = node.first(name)
    return found.text.strip() if found is not None else ""


def _xml_words(node: Node) -> dict[str, str]:
    licences = [
        _inner(entry, "id") or _inner(entry, "name") or entry.text.strip()
        for entry in node.inside("licenses")
    ]
    return {
        "name": _whole_name(_inner(node, "group"), _inner(node, "name")),
        "version": _inner(node, "version"),
        "purl": _inner(node, "purl"),
        "licence": ", ".join(filter(None, licences)),
        "kind": node.get("type"),
        "ref": node.get("bom-ref"),
    }


def _whole_name(group: str, name: str) -> str:
    return f"{group}/{name}" if group and name else name


class _Reader:
    """Collects parts, each once."""

    def __init__(self, report: Report, problems: Problems) -> None:
        self._report = report
        self._problems = problems
        self._found: dict[tuple[Any, ...], Component] = {}
        self._refs: dict[str, str] = {}
        self._twice = 0
        self._count = 0

    def add(self, words: dict[str, str], path: str, line: int | None) -> None:
        """Take one part; refused without a name, and where its reference stood there before."""
        self._count += 1
        if self._count > MAX_COMPONENTS:
            raise Refused(
                "CycloneDX", f"Meer dan {MAX_COMPONENTS} onderdelen.",
                f"More than {MAX_COMPONENTS} parts.", line,
            )  # fmt: skip
        if words["ref"] and self._refs.setdefault(words["ref"], path) != path:
            self._problems.refuse(
                path, f"Deze bom-ref staat er al: {self._refs[words['ref']]}.",
                f"Duplicate bom-ref: {self._refs[words['ref']]}.", line,
            )  # fmt: skip
        name = self._word(words, "name", MAX_NAME, path, line)
        if not words["name"].strip():
            self._problems.refuse(path, "De naam ontbreekt.", "The name is missing.", line)
        part = Component(
            name=name,
            version=self._word(words, "version", MAX_VERSION, path, line),
            purl=self._purl(words, path, line),
            licence=_cut(words["licence"]),
            kind=words["kind"][:40],
            line=line,
        )
        key = (part.name, part.version, part.purl)
        self._twice += key in self._found
        self._found.setdefault(key, part)

    def _word(
        self, words: dict[str, str], name: str, limit: int, path: str, line: int | None
    ) -> str:
        return on_one_line(words[name], limit, f"{path} {name}", self._problems, line)

    def _purl(self, words: dict[str, str], path: str, line: int | None) -> str:
        purl = self._word(words, "purl", MAX_PURL, path, line)
        if purl and not _PURL.fullmatch(purl):
            self._problems.warn(
                path, f"'{purl[:60]}' is geen package-URL en is niet overgenomen.",
                f"'{purl[:60]}' is no package URL and is left out.", line,
            )  # fmt: skip
            return ""
        return purl

    def done(self) -> None:
        """Put the parts into the report."""
        self._report.components = list(self._found.values())
        if not self._found:
            self._problems.refuse("", "Er staan geen onderdelen in.", "There are no parts in it.")
        if self._twice:
            self._problems.warn(
                "", f"{self._twice} onderdelen stonden er vaker; ze tellen één keer.",
                f"{self._twice} parts stood there more than once; they count once.",
            )  # fmt: skip


def _cut(text: str) -> str:
    line = "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
    return line if len(line) <= MAX_LICENCE else line[: MAX_LICENCE - 1] + "…"
