# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""SPF records (RFC 7208): which names they lead to, and what they come down to."""

import ipaddress
import re
from dataclasses import dataclass

from dijkring.surface.engine.errors import ProbeError
from dijkring.surface.engine.observations import Lookup

MOST_LOOKUPS = 10  # RFC 7208 section 4.6.4
LOOKUP_TERMS = frozenset({"include", "a", "mx", "ptr", "exists"})
MECHANISM = re.compile(
    r"([+\-~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^ ]+?))?((?:/\d+){0,2})", re.I
)
MECHANISM_CIDR = re.compile(r"([+\-~?]?)(a|mx)(?::([^ /]+))?(?:/(\d{1,2}))?(?://(\d{1,3}))?", re.I)
MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=([^ ]*)")


@dataclass(frozen=True)
class Term:
    """One term of a record; modifiers have no qualifier."""

    qualifier: str
    name: str
    value: str


class SpfSyntaxError(ValueError):
    """A term that RFC 7208 does not know; the whole record then counts as permanent error."""


def is_spf(text: str) -> bool:
    """Tell whether a TXT record is an SPF record (RFC 7208 section 4.5)."""
    return text.lower() == "v=spf1" or text.lower().startswith("v=spf1 ")


def parse(record: str) -> list[Term]:
    """Split a record into terms; SpfSyntaxError names the first bad one."""
    return [_term(text) for text in record.split(" ")[1:] if text]


def _term(text: str) -> Term:
    if modifier := MODIFIER.fullmatch(text):
        name, value = modifier[1].lower(), modifier[2]
        if name in ("redirect", "exp") and not value:
            raise SpfSyntaxError(text)
        return Term("", f"{name}=", value.lower().rstrip("."))
    found = MECHANISM_CIDR.fullmatch(text) or MECHANISM.fullmatch(text)
    if not found:
        raise SpfSyntaxError(text)
    name, value = found[2].lower(), (found[3] or "").lower()
    if not _value_fits(name, value, text):
        raise SpfSyntaxError(text)
    return Term(found[1] or "+", name, value.rstrip("."))


def _value_fits(name: str, value: str, text: str) -> bool:
    if name == "all":
        return not value and "/" not in text
    if name in ("include", "exists"):
        return bool(value)
    if name in ("ip4", "ip6"):
        return _is_network(text.partition(":")[2], 4 if name == "ip4" else 6)
    return name in ("a", "mx") or "/" not in text


def _is_network(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_network(text, strict=False).version == version
    except ValueError:
        return False


def targets(record: str) -> list[str]:
    """The names a record includes or redirects to; none when it cannot be read."""
    try:
        terms = parse(record)
    except SpfSyntaxError:
        return []
    return [term.value for term in terms if term.name in ("include", "redirect=")]


@dataclass
class Evaluation:
    """Walks a record and all it leads to; `lookups` counts as RFC 7208 section 4.6.4 does."""

    records: dict[str, Lookup]
    lookups: int = 0

    def verdict(self, domain: str) -> tuple[str, str]:
        """Reason ("spf_strict" when good) and the name or term it is about.

        Raises ProbeError when a record on the way could not be looked up.
        """
        return self._walk(domain, included=False, missing="spf_missing")

    def _walk(self, name: str, included: bool, missing: str) -> tuple[str, str]:
        record = self._record(name)
        if record is None:
            return missing, name
        try:
            terms = parse(record)
        except SpfSyntaxError as error:
            return "spf_syntax", str(error)
        ends = [at for at, term in enumerate(terms) if term.name == "all"]
        before = terms[: ends[0]] if ends else terms
        for term in before:
            reason, about = self._term(term)
            if reason != "spf_strict":
                return reason, about
        if ends:
            return _judge_all(terms[ends[0]], name, included)
        return self._redirect(terms, name, included)

    def _term(self, term: Term) -> tuple[str, str]:
        if term.name in LOOKUP_TERMS:
            self.lookups += 1
            if self.lookups > MOST_LOOKUPS:
                return "spf_too_many_lookups", term.value
        if term.name == "include" and "%" not in term.value:
            return self._walk(term.value, included=True, missing="spf_include_missing")
        return "spf_strict", term.value

    def _redirect(self, terms: list[Term], name: str, included: bool) -> tuple[str, str]:
        found = [term.value for term in terms if term.name == "redirect="]
        if not found:
            return ("spf_strict" if included else "spf_no_all"), name
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            return "spf_too_many_lookups", found[0]
        if "%" in found[0]:
            return "spf_strict", name
        return self._walk(found[0], included, missing="spf_redirect_missing")

    def _record(self, name: str) -> str | None:
        found = self.records.get(name)
        if found is None:
            return None
        if found.outcome == "failed":
            trouble = found.trouble
            raise ProbeError(trouble.reason if trouble else "dns_timeout", name)
        records = [text for text in found.records if is_spf(text)]
        return records[0] if len(records) == 1 else None


def _judge_all(term: Term, name: str, included: bool) -> tuple[str, str]:
    """~all and -all are strict; in an included record ?all does no harm, +all does."""
    open_ended = "+" if included else "+?"
    return ("spf_too_open" if term.qualifier in open_ended else "spf_strict"), name
