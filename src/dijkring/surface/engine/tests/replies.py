# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers of a resolver as bytes, for what reads them."""

import struct

from dijkring.surface.engine import dnswire


def reply(name: str, rdtype: str, *datas: bytes, rcode: int = 0, flags: int = 0x8180) -> bytes:
    """An answer to a question with records of that type and these data, all under its name."""
    asked = dnswire.query(7, name, rdtype, edns=False)
    kind = dnswire.type_number(rdtype)
    head = struct.pack("!HHHHHH", 7, flags | rcode, 1, len(datas), 0, 0)
    records = (b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(data)) + data for data in datas)
    return head + asked[12:] + b"".join(records)
