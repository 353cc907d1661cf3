# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small packs for the tests, read by the real importer."""

from dijkring.controls.importers import Pack, read
from dijkring.controls.importers.tests.shared import accepted

HEAD = (
    'pack: {{id: {id}, version: "{version}", title: {{nl: Huisregels, en: House rules}}{more}}}\n'
)
LEAF = '  - {{ref: "{ref}", kind: measure, title: {{nl: "{title}"}}, text: {{nl: "{text}"}}}}\n'


def house(version: str = "1.0", *, rest: str = "", more: str = "", **texts: str) -> Pack:
    """Return a framework `huis` with three leaves; a text may be given anew, or None to drop it."""
    known = {"a1": "De deur is dicht.", "a2": "Het raam is dicht.", "a3": "Het hek is dicht."}
    leaves = {ref: text for ref, text in (known | texts).items() if text}
    body = "".join(LEAF.format(ref=ref, title=f"Eis {ref}", text=t) for ref, t in leaves.items())
    return pack(f"requirements:\n{body}{rest}", version=version, more=more)


def pack(body: str, *, id: str = "huis", version: str = "1.0", more: str = "") -> Pack:
    """Return what the importer makes of the body of a pack."""
    content = HEAD.format(id=id, version=version, more=more) + body
    return accepted(read(content.encode(), "proef.yaml"))
