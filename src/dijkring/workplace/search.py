# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finding the sections of guides."""

from dijkring.core.search import Asked, Found, Hit
from dijkring.workplace import guides


def sections(asked: Asked) -> Found:
    """Find sections that hold the beginning of every word, first those whose title does."""
    found = [
        (one, section)
        for one in guides.all_guides()
        for section in one.sections
        if section.holds(asked.words)
    ]
    found.sort(key=lambda pair: not pair[1].named(asked.words))
    hits = [
        Hit(section.title, "workplace:guide", (one.name,), one.title, section=section.id)
        for one, section in found[: asked.limit]
    ]
    return Found(hits, len(found))
