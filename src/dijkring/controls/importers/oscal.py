# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""OSCAL catalogs (NIST): groups, controls and enhancements, with parameters filled in."""

import re
from collections.abc import Iterator
from datetime import date

from dijkring.documents.reading.problems import Problems

from .fields import Fields
from .limits import MAX_ISSUER, MAX_REF, MAX_SOURCE, MAX_TEXT, MAX_TITLE, MAX_VERSION
from .pack import LAYERS, Pack, Requirement
from .tree import Branch, walk
from .words import shortened, slug

_INSERT = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s{}]+)\s*\}\}")
_EDITION = re.compile(r"\b(?:revision|rev\.?|version|v) ?[0-9]+(?:\.[0-9]+)*", re.IGNORECASE)
_OTHER_MODELS = (
    "profile", "component-definition", "system-security-plan", "mapping-collection",
    "assessment-plan", "assessment-results", "plan-of-action-and-milestones",
)  # fmt: skip


def recognises(root: Branch) -> bool:
    """Say whether this tree is an OSCAL catalog."""
    return isinstance(root.get("catalog"), Branch)


def other_model(root: Branch) -> str | None:
    """Name the OSCAL model of a tree that is OSCAL but no catalog."""
    return next((model for model in _OTHER_MODELS if isinstance(root.get(model), Branch)), None)


def read(root: Branch, problems: Problems) -> Pack:
    """Read a catalog; every control and enhancement that is not withdrawn is a leaf.

    A parameter shows its value, else its choices or label in square brackets. Of the parts the
    statement is the text; guidance and assessment parts and the back matter are not read. The
    published day falls back to the day of last change. The framework's id is its title without
    the edition, so that the next edition is a version of the same framework.
    """
    catalog = Fields(root, "", problems).inner("catalog")
    head = catalog.inner("metadata")
    locale = head.word("language", 5)[:2].lower() or "en"
    title = head.word("title")
    if not title or not head.word("version", MAX_VERSION):
        head.refuse("", "Titel of versie ontbreekt.", "Title or version is missing.")
    return Pack(
        framework_id=slug(_EDITION.sub(" ", title)) or "oscal",
        version=head.word("version", MAX_VERSION),
        title={locale: title},
        issuer=shortened(", ".join(_parties(head)), MAX_ISSUER),
        published=_published(head),
        source=catalog.word("uuid", MAX_SOURCE),
        licence=shortened(head.word("remarks", MAX_TEXT), MAX_SOURCE),
        official=False,
        locale=locale,
        requirements=tuple(_Reader(catalog, locale).requirements()),
    )


def _published(head: Fields) -> date | None:
    return head.day("published") or head.day("last-modified")


def _parties(head: Fields) -> Iterator[str]:
    for number, party in head.branches("parties"):
        name = Fields(party, f"parties[{number + 1}]", head.problems).word("name", MAX_ISSUER)
        if name:
            yield name


class _Reader:
    def __init__(self, catalog: Fields, locale: str) -> None:
        self._catalog = catalog
        self._locale = locale
        self._order = 0
        self._parameters = _Parameters(catalog)

    def requirements(self) -> Iterator[Requirement]:
        yield from self._inside(self._catalog, None)

    def _inside(self, holder: Fields, parent: str | None) -> Iterator[Requirement]:
        for key, kind in (("groups", "group"), ("controls", "control")):
            for number, branch in holder.branches(key):
                fields = Fields(branch, f"{holder.where} {key}[{number + 1}]", holder.problems)
                ref = self._ref(fields, kind)
                if ref:
                    fields.where = ref
                    yield self._requirement(fields, ref, parent, kind)
                    yield from self._inside(fields, ref)

    def _ref(self, fields: Fields, kind: str) -> str:
        ref = fields.ref("id")
        if not ref and kind == "group":  # OSCAL lets a group go without an id
            ref = slug(fields.word("title"))
        if not ref:
            fields.refuse("id", "Het nummer ontbreekt.", "The id is missing.")
        return ref

    def _requirement(self, fields: Fields, ref: str, parent: str | None, kind: str) -> Requirement:
        self._order += 1
        status, moved_to = _status(fields)
        leaf = kind == "control" and status == "active"
        text = self._parameters.filled(_statement(fields), fields)
        return Requirement(
            ref=ref,
            parent=parent,
            kind=kind,
            title={self._locale: fields.word("title", MAX_TITLE) or ref},
            text={self._locale: text} if text else {},
            leaf=leaf,
            status=status,
            moved_to=moved_to,
            layers=LAYERS if leaf else (),
            order=self._order - 1,
            source_line=fields.line,
        )


def _status(fields: Fields) -> tuple[str, str | None]:
    """Read a withdrawn control as moved when a link says where to, else as lapsed."""
    withdrawn = any(
        prop.get("name") == "status" and str(prop.get("value")).lower() == "withdrawn"
        for _, prop in fields.branches("props")
    )
    if not withdrawn:
        return "active", None
    for _, link in fields.branches("links"):
        href = link.get("href")
        if link.get("rel") in ("moved-to", "incorporated-into") and isinstance(href, str):
            return "moved", href.lstrip("#")[:MAX_REF] or None
    return "lapsed", None


def _statement(fields: Fields) -> str:
    """Give the prose of statement parts and their items, one per line, indented by depth."""
    lines: list[str] = []
    for _, part in fields.branches("parts"):
        if part.get("name") in ("statement", "overview"):
            lines.extend(_prose(part, fields.problems, fields.where))
    return "\n".join(lines)


def _prose(part: Branch, problems: Problems, where: str, depth: int = 0) -> Iterator[str]:
    fields = Fields(part, where, problems)
    label = next(
        (prop.get("value") for _, prop in fields.branches("props") if prop.get("name") == "label"),
        "",
    )
    words = fields.word("prose", MAX_TEXT)
    if words:
        yield "  " * max(0, depth - 1) + " ".join(filter(None, [str(label or ""), words]))
    for _, inner in fields.branches("parts"):
        if inner.get("name") in ("item", "statement"):
            yield from _prose(inner, problems, where, depth + 1)


class _Parameters:
    """The texts that stand for the parameters of a catalog, each worked out once."""

    def __init__(self, catalog: Fields) -> None:
        self._fields: dict[str, Fields] = {}
        self._known: dict[str, str] = {}
        for node, _ in walk(catalog.branch):
            if isinstance(node, Branch) and isinstance(node.get("params"), list):
                self._collect(Fields(node, str(node.get("id", ""))[:MAX_REF], catalog.problems))

    def _collect(self, holder: Fields) -> None:
        for number, branch in holder.branches("params"):
            fields = Fields(branch, f"{holder.where} params[{number + 1}]", holder.problems)
            identity = fields.ref("id")
            if identity in self._fields:
                fields.refuse("id", "Deze parameter staat er al.", "Duplicate parameter.")
            self._fields[identity] = fields

    def filled(self, text: str, asker: Fields) -> str:
        """Give the text with its parameters; refuse what grows beyond a field."""
        words = _INSERT.sub(lambda match: self._words(match[1]), text)
        if len(words) > MAX_TEXT:
            asker.refuse("", "De tekst wordt te lang.", "The text grows too long.")
            return ""
        return words

    def _words(self, identity: str) -> str:
        if identity not in self._fields:
            return f"[{identity}]"
        if identity not in self._known:
            # Set first: a parameter that asks for itself gets its own name.
            self._known[identity] = f"[{identity}]"
            fields = self._fields[identity]
            self._known[identity] = self.filled(_parameter(fields, identity), fields)
        return self._known[identity]


def _parameter(fields: Fields, identity: str) -> str:
    values = fields.words("values")
    if values:
        return ", ".join(values)
    select = fields.inner("select")
    choices = select.words("choice", MAX_TEXT)
    if not choices:
        return f"[{fields.word('label') or identity}]"
    lead = "one or more: " if select.word("how-many") == "one-or-more" else ""
    return f"[{lead}{'; '.join(choices)}]"
