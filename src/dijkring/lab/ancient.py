# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers of SSL 2.0 and SSL 3.0, as far as they are in the clear: enough to be found out.

No library speaks these any more. SSL 3.0 after RFC 6101, SSL 2.0 after the Netscape draft.
"""

import struct
from collections.abc import Sequence

from dijkring.lab.handmade_keys import HANDSHAKE, message

SSL_3 = 0x0300
# SSL_RSA_WITH_3DES_EDE_CBC_SHA, and SSL_CK_DES_192_EDE3_CBC_WITH_MD5.
SUITE_3, CIPHER_2 = 0x000A, bytes.fromhex("0700c0")
HELLO_2, CERTIFICATE_X509, LEAST_HEADER = 1, 1, 5


def is_hello_2(header: bytes) -> bool:
    """Tell whether the first five bytes begin a CLIENT-HELLO of SSL 2.0."""
    return len(header) == LEAST_HEADER and bool(header[0] & 0x80) and header[2] == HELLO_2


def flight_2(certificate: bytes, random: bytes) -> bytes:
    """The SERVER-HELLO of SSL 2.0 with a certificate and one cipher."""
    sizes = struct.pack("!HHH", len(certificate), len(CIPHER_2), len(random))
    body = struct.pack("!BBBH", 4, 0, CERTIFICATE_X509, 0x0002) + sizes
    body += certificate + CIPHER_2 + random
    return struct.pack("!H", 0x8000 | len(body)) + body


def flight_3(chain: Sequence[bytes], random: bytes) -> bytes:
    """What a server of SSL 3.0 sends up to ServerHelloDone, in one record."""
    hello = struct.pack("!H", SSL_3) + random + b"\0" + struct.pack("!HB", SUITE_3, 0)
    listed = b"".join(len(der).to_bytes(3, "big") + der for der in chain)
    certificates = len(listed).to_bytes(3, "big") + listed
    said = message(2, hello) + message(11, certificates) + message(14, b"")
    return struct.pack("!BHH", HANDSHAKE, SSL_3, len(said)) + said
