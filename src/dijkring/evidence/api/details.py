# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an outside system may tell in the detail of a fact: little, flat, and fit to be shown."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

MOST = 30
LONGEST_NAME, LONGEST_TEXT, LARGEST = 60, 2000, 10**15
NAME = r"^[^\x00-\x1f\x7f]*$"
TEXT = r"^[^\x00-\x09\x0b-\x1f\x7f]*$"

_NAME = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "pattern": NAME}
_TEXT = {"type": "string", "maxLength": LONGEST_TEXT, "pattern": TEXT}
_NUMBER = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}


def _named(value: dict[str, Any]) -> dict[str, Any]:
    names = {"maxProperties": MOST, "propertyNames": _NAME}
    return {"type": "object", **names, "additionalProperties": value}


_TEXTS = {"type": "array", "maxItems": MOST, "items": _TEXT}
_SIMPLE = [_TEXT, _NUMBER, {"type": "boolean"}, {"type": "null"}]
SCHEMA = _named({"anyOf": [*_SIMPLE, _TEXTS, _named(_TEXT)]})


def check(detail: dict[str, Any]) -> dict[str, Any]:
    """Return the detail; PydanticCustomError with the name whose value cannot be kept."""
    if len(detail) > MOST:
        raise PydanticCustomError("detail_too_long", "too long", {"most": MOST})
    for name, value in detail.items():
        if not (_is_name(name) and _is_value(value)):
            raise PydanticCustomError("detail_value", "not a value", {"name": name[:LONGEST_NAME]})
    return detail


def _is_value(value: Any) -> bool:
    if isinstance(value, dict):
        parts = value.items()
        return len(value) <= MOST and all(_is_name(name) and _is_text(part) for name, part in parts)
    if isinstance(value, list):
        return len(value) <= MOST and all(_is_text(part) for part in value)
    if isinstance(value, int | float):
        return -LARGEST <= value <= LARGEST
    return value is None or _is_text(value)


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and _fits(NAME, name)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and _fits(TEXT, value)


def _fits(pattern: str, text: str) -> bool:
    # A lone surrogate passes as JSON but cannot be stored as UTF-8.
    whole = re.fullmatch(pattern.strip("^$"), text) is not None
    return whole and not any("\ud800" <= sign <= "\udfff" for sign in text)


Detail = Annotated[dict[str, Any], AfterValidator(check), WithJsonSchema(SCHEMA)]
