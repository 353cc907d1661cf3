# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Traces of an attack: recognising what they are by their content, and showing them harmless."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

IP, DOMAIN, URL, HASH, MAIL, FILE = "ip", "domain", "url", "hash", "mail", "file"
KINDS = (IP, DOMAIN, URL, HASH, MAIL, FILE)
LONGEST = 2_000
# Of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512, in hexadecimal signs.
HASH_LENGTHS = {32, 40, 56, 64, 96, 128}
SCHEMES = {"http", "https", "ftp", "ftps", "ws", "wss"}
# What ends like this is a file and no domain; endings that are both, such as .com and .zip, count
# as a domain unless somebody says otherwise.
FILE_ENDINGS = frozenset(
    "7z aspx bak bat bin cab chm cmd conf csv dat dll doc docm docx elf eml exe gz hta html img ini"
    " iso jar jpg js jse lnk log msi odt one ost pdf php png ppt pptm pptx ps1 pst rar reg rtf scr"
    " sys tar tmp txt vbe vbs vhd vhdx wsf xls xlsb xlsm xlsx xml".split()
)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_REFANG = (
    (re.compile(r"^h(?:xx|XX|\*\*)p", re.IGNORECASE), "http"),
    (re.compile(r"[\[({]\s*(?:\.|dot|punt)\s*[\])}]", re.IGNORECASE), "."),
    (re.compile(r"[\[({]\s*(?:@|at)\s*[\])}]", re.IGNORECASE), "@"),
    (re.compile(r"[\[({]\s*://\s*[\])}]"), "://"),
    (re.compile(r"[\[({]\s*:\s*[\])}]"), ":"),
)


def refang(text: str) -> str:
    """Return a trace as it really reads: hxxps://kwaad[.]example becomes https://kwaad.example."""
    found = text.strip().strip("\"'<>")
    for pattern, sign in _REFANG:
        found = pattern.sub(sign, found)
    return found


def defang(kind: str, value: str) -> str:
    """Return a trace so that nobody clicks on it and no program follows it."""
    if kind in (HASH, FILE):
        return value
    harmless = re.sub(r"^http", "hxxp", value, flags=re.IGNORECASE)
    if kind == URL:
        scheme, separator, rest = harmless.partition("://")
        host, slash, path = rest.partition("/")
        return scheme + separator + host.replace(".", "[.]") + slash + path
    return harmless.replace(".", "[.]").replace("@", "[@]").replace(":", "[:]", 1)


def recognise(text: str, kind: str = "") -> tuple[str, str] | None:
    """Return what a trace is and how it is written; None for what is not recognised.

    With a kind only that kind is tried. Case is kept where it matters (paths, file names).
    """
    value = refang(text)
    if not 0 < len(value) <= LONGEST or not value.isprintable():
        return None
    for one, reads in [(kind, READERS[kind])] if kind else BY_CONTENT:
        found = reads(value)
        if found:
            return one, found
    return None


def _ip(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        return ""


def _hash(value: str) -> str:
    is_hash = len(value) in HASH_LENGTHS and re.fullmatch(r"[0-9a-fA-F]+", value)
    return value.lower() if is_hash else ""


def _domain(value: str) -> str:
    try:
        name = value.rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        return ""
    labels = name.split(".")
    fits = len(name) <= 253 and len(labels) > 1 and _TOP.fullmatch(labels[-1])
    return name if fits and all(_LABEL.fullmatch(one) for one in labels) else ""


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return ""
    known = parts.scheme.lower() in SCHEMES and (_ip(host) or _domain(host))
    return value if known and port != 0 and " " not in value else ""


def _mail(value: str) -> str:
    local, at, host = value.rpartition("@")
    domain = _domain(host) if at and _LOCAL.fullmatch(local) else ""
    return f"{local}@{domain}" if domain else ""


def _known_file(value: str) -> str:
    ending = value.rpartition(".")[2].lower()
    return _file(value) if "." in value and ending in FILE_ENDINGS else ""


def _file(value: str) -> str:
    is_name = len(value) <= 255 and not set(value) & set('/\\:*?"<>|') and value.strip(". ")
    return value if is_name else ""


READERS = {IP: _ip, HASH: _hash, URL: _url, MAIL: _mail, DOMAIN: _domain, FILE: _file}
BY_CONTENT = (
    (IP, _ip), (HASH, _hash), (URL, _url), (MAIL, _mail), (FILE, _known_file), (DOMAIN, _domain),
)  # fmt: skip
