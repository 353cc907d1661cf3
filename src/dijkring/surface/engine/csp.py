# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a Content-Security-Policy, by the criteria of Internet.nl."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

FALLBACK = {
    "frame-src": ("child-src", "default-src"),
    "object-src": ("default-src",),
    "script-src": ("default-src",),
}
UNSAFE = {
    "'unsafe-inline'": "csp_unsafe_inline",
    "'unsafe-eval'": "csp_unsafe_eval",
    "'unsafe-hashes'": "csp_unsafe_hashes",
}
# Directives whose values are sources; the values of others (report-to, sandbox) are words.
SOURCES = re.compile(r".+-src(?:-elem|-attr)?|base-uri|form-action|frame-ancestors|navigate-to")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
HOST = re.compile(r"(?:([a-z][a-z0-9+.-]*)://)?([^/:']+)(?::(?:\d+|\*))?(?:/.*)?", re.I)


@dataclass(frozen=True)
class Policy:
    """The directives of one policy, names and values in lower case; the first of a name counts."""

    directives: dict[str, tuple[str, ...]]

    def values(self, name: str) -> tuple[str, ...]:
        """The values in force for a directive, through its fallbacks."""
        for one in (name, *FALLBACK.get(name, ())):
            if one in self.directives:
                return self.directives[one]
        return ()


def parse(header: str) -> list[Policy]:
    """Read a header into its policies (comma-separated); one without directives is dropped."""
    policies = []
    for text in header.split(","):
        directives: dict[str, tuple[str, ...]] = {}
        for part in text.split(";"):
            words = part.lower().split()
            if words:
                directives.setdefault(words[0], tuple(words[1:]))
        if directives:
            policies.append(Policy(directives))
    return policies


def problems(header: str, domain: str) -> list[str]:
    """The problems of the best policy in a header, empty when it is good.

    Browsers enforce every policy given, so one good policy is enough.
    """
    policies = parse(header)
    if not policies:
        return ["csp_empty"]
    return min((_problems(policy, domain) for policy in policies), key=len)


def _problems(policy: Policy, domain: str) -> list[str]:
    found = [problem for name in policy.directives for problem in _of_values(policy, name)]
    if any("data:" in policy.values(name) for name in ("object-src", "script-src")):
        found.append("csp_data")
    if not _is_own(policy.values("default-src"), domain):
        found.append("csp_default_src")
        if not _names_someone(policy.values("frame-src")):
            found.append("csp_frame_src")
    if not _is_own(policy.values("base-uri"), domain):
        found.append("csp_base_uri")
    if not _names_someone(policy.values("form-action")):
        found.append("csp_form_action")
    if not {"'self'", "'none'"} & set(policy.values("frame-ancestors")):
        found.append("csp_frame_ancestors")
    return list(dict.fromkeys(found))


def _of_values(policy: Policy, name: str) -> list[str]:
    if not SOURCES.fullmatch(name):
        return []
    found = [_of_source(value) for value in policy.directives[name]]
    return [problem for problem in found if problem]


def _of_source(value: str) -> str | None:
    """What is wrong with one source on its own."""
    if value.startswith("'"):
        return UNSAFE.get(value)
    if SCHEME.fullmatch(value):
        return {"http:": "csp_http", "https:": "csp_bare_https"}.get(value)
    host = HOST.fullmatch(value)
    if host and host[2] in ("*", "127.0.0.1"):
        return "csp_any_host"
    if host and host[1] in ("http", "*"):
        return "csp_http"
    return "csp_host_without_scheme" if host and not host[1] else None


def _is_own(values: tuple[str, ...], domain: str) -> bool:
    """'none' alone, or 'self' with at most hosts of the site's own domain beside it."""
    if values == ("'none'",):
        return True
    others = [value for value in values if value not in ("'self'", "'report-sample'")]
    return "'self'" in values and all(_is_related(value, domain) for value in others)


def _is_related(value: str, domain: str) -> bool:
    found = HOST.fullmatch(value)
    if not found or value.startswith("'"):
        return False
    host = found[2].removeprefix("*.")
    return host == domain or host.endswith(f".{domain}") or domain.endswith(f".{host}")


def _names_someone(values: tuple[str, ...]) -> bool:
    """'self', 'none' or at least one host."""
    return any(
        value in ("'self'", "'none'") or (not value.startswith("'") and bool(_host_of(value)))
        for value in values
    )


def _host_of(value: str) -> str:
    if SCHEME.fullmatch(value):
        return ""
    return urlsplit(value if "//" in value else f"//{value}").netloc
