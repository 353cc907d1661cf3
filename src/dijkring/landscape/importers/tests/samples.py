# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Real files, and small makers of models and lists of parts."""

from pathlib import Path

import pytest

from dijkring.landscape.importers import Report

DATA = Path(__file__).resolve().parents[6] / "shared" / "data"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<model xmlns="http://www.opengroup.org/xsd/archimate/'
    '3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m"><name>Proef</name>'
)


def real(path: str) -> bytes:
    """Return a file of the shared data, or skip the test with a clear message."""
    file = DATA / path
    if not file.is_file():
        pytest.skip(f"the shared data file {path} is not on this machine")
    return file.read_bytes()


def element(key: str, kind: str, name: str = "", inside: str = "") -> str:
    """Return one element of an exchange file, on its own line."""
    name = f"<name>{name or key}</name>"
    return f'\n<element identifier="{key}" xsi:type="{kind}">{name}{inside}</element>'


def relation(key: str, kind: str, source: str, target: str, inside: str = "") -> str:
    """Return one relation of an exchange file, on its own line."""
    ends = f'source="{source}" target="{target}"'
    return f'\n<relationship identifier="{key}" {ends} xsi:type="{kind}">{inside}</relationship>'


def said(**values: str) -> str:
    """Return the properties of an element, defined as p-name."""
    inside = (
        f'<property propertyDefinitionRef="p-{name}"><value xml:lang="nl">{value}</value>'
        "</property>"
        for name, value in values.items()
    )
    return f"<properties>{''.join(inside)}</properties>"


def model(elements: str, relations: str = "", **names: str) -> bytes:
    """Return an exchange file; `names` are the names of the properties."""
    defined = "".join(
        f'<propertyDefinition identifier="p-{key}" type="string"><name>{name}</name>'
        "</propertyDefinition>"
        for key, name in names.items()
    )
    return (
        f"{_HEAD}<elements>{elements}</elements><relationships>{relations}</relationships>"
        f"<propertyDefinitions>{defined}</propertyDefinitions></model>"
    ).encode()


def needs(report: Report) -> set[tuple[str, str, str]]:
    """Return the dependencies as (name, how, name)."""
    names = {one.key: one.name for one in report.assets}
    return {(names[one.dependent], one.how, names[one.provider]) for one in report.dependencies}


def refusals(report: Report) -> list[tuple[int | None, str]]:
    """Return line and English reason of what must have been refused, in both languages."""
    assert report.refused
    assert all(remark.reason["nl"] and remark.reason["en"] for remark in report.refused)
    return [(remark.line, remark.reason["en"]) for remark in report.refused]
