# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small text work that several importers share."""

import hashlib
import re
import unicodedata
from pathlib import PurePath

from .limits import MAX_FRAMEWORK_ID


def plain(value: str) -> str:
    """Give lower-case letters and digits without accents, other signs as one space each."""
    bare = unicodedata.normalize("NFKD", value.lower()).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def slug(value: str) -> str:
    """Give an identifier of a framework: lower case, dashes, at most 60 signs."""
    return plain(value).replace(" ", "-")[:MAX_FRAMEWORK_ID].strip("-")


def shortened(value: str, limit: int) -> str:
    """Give the text on one line, cut with an ellipsis when it is longer than the limit."""
    line = " ".join(value.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def stem(name: str) -> str:
    """Give the file name without folder and extension."""
    return PurePath(name).stem or "framework"


def fingerprint(content: str) -> str:
    """Give a version for a file that names none: the same content is the same version."""
    return "sha256-" + hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:12]
