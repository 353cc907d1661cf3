# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of cipher suites, groups and signatures (IANA registry of TLS parameters), and what the
NCSC guideline for TLS, edition 2025-05, thinks of them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

Level = Literal["good", "sufficient", "phase_out", "insufficient"]
AES, CAMELLIA, ARIA = "AES", "CAMELLIA", "ARIA"
SIX = ("RSA", "DH_DSS", "DH_RSA", "DHE_DSS", "DHE_RSA", "DH_anon")
FOUR = ("ECDHE_ECDSA", "ECDH_ECDSA", "ECDHE_RSA", "ECDH_RSA")


def _oldest() -> Iterator[tuple[int, str]]:
    """The suites of SSL 3.0 and TLS 1.0 (RFC 2246 appendix A.5)."""
    plain = ("NULL_MD5", "NULL_SHA", "40_RC4_MD5", "RC4_128_MD5", "RC4_128_SHA", "40_RC2_MD5")
    names = ["RSA_WITH_" + one for one in (*plain, "IDEA_CBC_SHA")]
    names[2], names[5] = "RSA_EXPORT_WITH_RC4_40_MD5", "RSA_EXPORT_WITH_RC2_CBC_40_MD5"
    for key in SIX[:5]:
        names += [f"{key}_EXPORT_WITH_DES40_CBC_SHA", f"{key}_WITH_DES_CBC_SHA"]
        names += [f"{key}_WITH_3DES_EDE_CBC_SHA"]
    names += ["DH_anon_EXPORT_WITH_RC4_40_MD5", "DH_anon_WITH_RC4_128_MD5"]
    names += ["DH_anon_EXPORT_WITH_DES40_CBC_SHA", "DH_anon_WITH_DES_CBC_SHA"]
    yield from enumerate([*names, "DH_anon_WITH_3DES_EDE_CBC_SHA"], 0x0001)


def _by_key(first: int, keys: tuple[str, ...], *ciphers: str) -> Iterator[tuple[int, str]]:
    """Consecutive codes: for each key exchange each of the ciphers."""
    names = [f"{key}_WITH_{cipher}" for key in keys for cipher in ciphers]
    return enumerate(names, first)


def _pair(cipher: str, mode: str) -> tuple[str, str]:
    return f"{cipher}_128_{mode}_SHA256", f"{cipher}_256_{mode}_SHA384"


def _table() -> Iterator[tuple[int, str]]:
    yield from _oldest()
    for first, cipher in ((0x2F, "AES_128"), (0x35, "AES_256"), (0x41, "CAMELLIA_128")):
        yield from _by_key(first, SIX, f"{cipher}_CBC_SHA")
    yield from _by_key(0x84, SIX, "CAMELLIA_256_CBC_SHA")
    yield from _by_key(0x96, SIX, "SEED_CBC_SHA")
    yield from _by_key(0x3B, ("RSA",), "NULL_SHA256", "AES_128_CBC_SHA256", "AES_256_CBC_SHA256")
    yield from _by_key(0x3E, SIX[1:4], "AES_128_CBC_SHA256")
    yield 0x67, "DHE_RSA_WITH_AES_128_CBC_SHA256"
    yield from _by_key(0x68, SIX[1:5], "AES_256_CBC_SHA256")
    yield from _by_key(0x6C, ("DH_anon",), "AES_128_CBC_SHA256", "AES_256_CBC_SHA256")
    gcm_order = ("RSA", "DHE_RSA", "DH_RSA", "DHE_DSS", "DH_DSS", "DH_anon")
    yield from _by_key(0x9C, gcm_order, *_pair(AES, "GCM"))
    for first, bits in ((0xBA, 128), (0xC0, 256)):
        yield from _by_key(first, SIX, f"CAMELLIA_{bits}_CBC_SHA256")
    elliptic = ("ECDH_ECDSA", "ECDHE_ECDSA", "ECDH_RSA", "ECDHE_RSA", "ECDH_anon")
    old = ("NULL_SHA", "RC4_128_SHA", "3DES_EDE_CBC_SHA", "AES_128_CBC_SHA", "AES_256_CBC_SHA")
    yield from _by_key(0xC001, elliptic, *old)
    yield from _by_key(0xC023, FOUR, *_pair(AES, "CBC"))
    yield from _by_key(0xC02B, FOUR, *_pair(AES, "GCM"))
    yield from _by_key(0xC03C, (*SIX, *FOUR), *_pair(ARIA, "CBC"))
    yield from _by_key(0xC050, (*gcm_order, *FOUR), *_pair(ARIA, "GCM"))
    yield from _by_key(0xC072, FOUR, *_pair(CAMELLIA, "CBC"))
    yield from _by_key(0xC07A, (*gcm_order, *FOUR), *_pair(CAMELLIA, "GCM"))
    for first, short in ((0xC09C, ""), (0xC0A0, "_8")):
        yield from _by_key(first, ("RSA", "DHE_RSA"), f"AES_128_CCM{short}", f"AES_256_CCM{short}")
    counted = ("AES_128_CCM", "AES_256_CCM", "AES_128_CCM_8", "AES_256_CCM_8")
    yield from _by_key(0xC0AC, ("ECDHE_ECDSA",), *counted)
    chacha = ("ECDHE_RSA", "ECDHE_ECDSA", "DHE_RSA")
    yield from _by_key(0xCCA8, chacha, "CHACHA20_POLY1305_SHA256")


MODERN = {
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
    0x1304: "TLS_AES_128_CCM_SHA256",
    0x1305: "TLS_AES_128_CCM_8_SHA256",
}
SUITES: dict[int, str] = {code: f"TLS_{name}" for code, name in _table()} | MODERN
MODERN_LEVELS: dict[str, Level] = {
    "TLS_AES_256_GCM_SHA384": "good",
    "TLS_CHACHA20_POLY1305_SHA256": "good",
    "TLS_AES_128_GCM_SHA256": "sufficient",
    "TLS_AES_128_CCM_SHA256": "sufficient",
    "TLS_AES_128_CCM_8_SHA256": "insufficient",
}
SUFFICIENT = re.compile(
    r"TLS_ECDHE_((ECDSA|RSA)_WITH_(AES_\d+_GCM|CHACHA20_POLY1305)_SHA\d+|ECDSA_WITH_AES_\d+_CCM)"
)
PHASE_OUT = re.compile(
    r"TLS_((ECDHE_(ECDSA|RSA)|DHE_RSA)_WITH_((AES|ARIA|CAMELLIA)_\d+_(CBC|GCM)|CHACHA20_POLY1305)"
    r"_SHA(256|384)|DHE_RSA_WITH_AES_\d+_CCM)"
)


def suite_name(code: int) -> str:
    """The IANA name of a suite, or its number for one that we never offer."""
    return SUITES.get(code, f"0x{code:04X}")


@cache
def suite_level(name: str) -> Level:
    """How the guideline rates a suite (appendix B): what it does not name is insufficient."""
    if name in MODERN_LEVELS:
        return MODERN_LEVELS[name]
    if SUFFICIENT.fullmatch(name):
        return "sufficient"
    return "phase_out" if PHASE_OUT.fullmatch(name) else "insufficient"


GROUPS = {
    0x001D: "x25519",
    0x001E: "x448",
    0x0017: "secp256r1",
    0x0018: "secp384r1",
    0x0019: "secp521r1",
    0x001A: "brainpoolP256r1",
    0x001B: "brainpoolP384r1",
    0x001C: "brainpoolP512r1",
    0x001F: "brainpoolP256r1",
    0x0020: "brainpoolP384r1",
    0x0021: "brainpoolP512r1",
    0x0015: "secp224r1",
    0x11EB: "SecP256r1MLKEM768",
    0x11EC: "X25519MLKEM768",
    0x11ED: "SecP384r1MLKEM1024",
    0x0100: "ffdhe2048",
    0x0101: "ffdhe3072",
    0x0102: "ffdhe4096",
    0x0103: "ffdhe6144",
    0x0104: "ffdhe8192",
}
# RFC 8422 and its predecessor: binary, Koblitz and short curves.
WEAK_CURVES = {
    **{code: f"sect{code}" for code in range(0x0001, 0x000F)},
    0x000F: "secp160k1",
    0x0010: "secp160r1",
    0x0011: "secp160r2",
    0x0012: "secp192k1",
    0x0013: "secp192r1",
    0x0014: "secp224k1",
    0x0016: "secp256k1",
}
GOOD_GROUPS = frozenset(
    (
        *("x25519", "x448", "secp256r1", "secp384r1", "secp521r1"),
        *("brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"),
        *("X25519MLKEM768", "SecP256r1MLKEM768", "SecP384r1MLKEM1024"),
    )
)
PHASE_OUT_GROUPS = frozenset(("secp224r1", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"))


def group_name(code: int) -> str:
    """The name of a group, or its number for an unknown one."""
    return GROUPS.get(code) or WEAK_CURVES.get(code) or f"0x{code:04x}"


def group_level(name: str) -> Level:
    """How the guideline rates the group of a key exchange (section 3.3.3)."""
    if name in GOOD_GROUPS:
        return "good"
    return "phase_out" if name in PHASE_OUT_GROUPS else "insufficient"


HASHES = {1: "md5", 2: "sha1", 3: "sha224", 4: "sha256", 5: "sha384", 6: "sha512"}
SCHEMES = {
    **{0x0804 + at: f"sha{size}" for at, size in enumerate((256, 384, 512))},
    **{0x0809 + at: f"sha{size}" for at, size in enumerate((256, 384, 512))},
    **{0x081A + at: f"sha{size}" for at, size in enumerate((256, 384, 512))},
    0x0807: "intrinsic",
    0x0808: "intrinsic",
}


def signature_hash(scheme: int) -> str:
    """The hash under a signature in the handshake, by its scheme (RFC 5246 7.4.1.4.1, RFC 8446)."""
    return SCHEMES.get(scheme) or HASHES.get(scheme >> 8, f"0x{scheme:04x}")
