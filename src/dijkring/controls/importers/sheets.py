# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns the rows of a sheet into requirements."""

from dataclasses import replace

from dijkring.documents.reading.problems import Problems, Refused
from dijkring.documents.reading.table import Row, Table

from .columns import ColumnChoice, locate
from .fields import printable, truth
from .limits import MAX_REF, MAX_TEXT, MAX_TITLE, MAX_VERSION
from .pack import LAYERS, Pack, Requirement
from .words import fingerprint, plain, slug, stem

_KINDS = {
    "group": "groep group hoofdstuk chapter categorie category domein domain",
    "theme": "thema theme",
    "control": "control beheersmaatregel",
    "measure": "maatregel overheidsmaatregel measure eis requirement",
    "article": "artikel article",
    "letter": "letter onderdeel",
    "duty": "plicht duty verplichting obligation",
    "clause": "clausule clause paragraaf bepaling",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def read(tables: list[Table], name: str, choice: ColumnChoice | None, problems: Problems) -> Pack:
    """Read the sheet that fits best into one framework, named after the file.

    Without a column for them: the parent is the longest known number before a dot or dash
    (5.01 of 5.01.02), a leaf is what has no children, and the version is a fingerprint of the
    content. Raises Refused when no sheet has a header row that fits.
    """
    try:
        table, header, columns = locate(tables, choice)
    except LookupError as error:
        raise Refused(
            "", "Geen rij met de kolommen nummer en titel of tekst. Kies de kolommen zelf.",
            "No header row found with an id and a title or text. Choose the columns yourself.",
        ) from error  # fmt: skip
    for remark in table.problems.refused:
        problems.refuse(remark.where, remark.reason["nl"], remark.reason["en"], remark.line)
    rows = [row for row in table.rows[header + 1 :] if not row.empty]
    sheet = _Sheet(table, columns, problems)
    title = stem(name)
    return Pack(
        framework_id=slug(title) or "framework",
        version=sheet.version(rows),
        title={"nl": title, "en": title},
        issuer="",
        published=None,
        source="",
        licence="",
        official=False,
        locale="nl",
        requirements=sheet.requirements(rows),
    )


class _Sheet:
    def __init__(self, table: Table, columns: dict[str, int], problems: Problems) -> None:
        self._table = table
        self._columns = columns
        self._problems = problems

    def version(self, rows: list[Row]) -> str:
        found: dict[str, int] = {}
        for row in rows:
            if version := self._word(row, "version", MAX_VERSION):
                found.setdefault(version, row.line)
        if not found:
            return fingerprint("\n".join("\t".join(row.cells) for row in rows))
        first, *others = found
        for other in others:
            self._problems.refuse(
                other, f"Eerder staat er versie {first}: één bestand is één versie.",
                f"Version {first} stands before: one file is one version.", found[other],
            )  # fmt: skip
        return first

    def requirements(self, rows: list[Row]) -> tuple[Requirement, ...]:
        found = [self._requirement(row, order) for order, row in enumerate(rows)]
        listed = [requirement for requirement in found if requirement is not None]
        if "parent" not in self._columns:
            refs = {requirement.ref for requirement in listed}
            listed = [replace(one, parent=_parent(one.ref, refs)) for one in listed]
        return tuple(self._finished(listed))

    def _requirement(self, row: Row, order: int) -> Requirement | None:
        ref = self._ref(row)
        if not ref:
            return None
        title = self._word(row, "title", MAX_TITLE)
        text = self._word(row, "text", MAX_TEXT)
        return Requirement(
            ref=ref,
            parent=self._word(row, "parent", MAX_REF) or None,
            kind=self._kind(row),
            title={"nl": title} if title else {"nl": ref, "en": ref},
            text={"nl": text} if text else {},
            leaf=self._leaf(row),
            status="active",
            moved_to=None,
            layers=(),
            order=order,
            source_line=row.line,
        )

    def _word(self, row: Row, name: str, limit: int) -> str:
        column = self._columns.get(name)
        if column is None:
            return ""
        where = self._table.address(column, row.line)
        return printable(row.cell(column), limit, where, self._problems, row.line)

    def _ref(self, row: Row) -> str:
        column = self._columns["id"]
        where = self._table.address(column, row.line)
        ref = " ".join(self._word(row, "id", MAX_REF).split())
        if not row.cell(column):
            self._problems.refuse(where, "Het nummer ontbreekt.", "The id is empty.", row.line)
        if column in row.dates:
            self._problems.refuse(
                where, "Van dit nummer is een datum gemaakt: maak de kolom tekst.",
                "This id was turned into a date: make the column text.", row.line,
            )  # fmt: skip
        if column in row.numbers:
            self._problems.warn(
                where, f"Dit nummer is een getal: {ref} kan ook {ref}0 geweest zijn.",
                f"This id is a number: {ref} may have been {ref}0.", row.line,
            )  # fmt: skip
        return ref

    def _kind(self, row: Row) -> str:
        word = self._word(row, "kind", MAX_TITLE)
        known = next((_KIND_OF[token] for token in plain(word).split() if token in _KIND_OF), "")
        if word and not known:
            self._problems.warn(
                self._table.address(self._columns["kind"], row.line),
                f"De soort '{word[:60]}' is onbekend.", f"Unknown kind '{word[:60]}'.", row.line,
            )  # fmt: skip
        return known

    def _leaf(self, row: Row) -> bool:
        known = truth(self._word(row, "leaf", MAX_TITLE))
        if known is None:
            self._problems.refuse(
                self._table.address(self._columns["leaf"], row.line),
                "Hier hoort ja of nee te staan.", "Yes or no expected.", row.line,
            )  # fmt: skip
        return bool(known)

    def _finished(self, listed: list[Requirement]) -> list[Requirement]:
        """Fill in what depends on the whole sheet: leaf, kind and layers."""
        parents = {requirement.parent for requirement in listed}
        finished = []
        for one in listed:
            leaf = one.leaf if "leaf" in self._columns else one.ref not in parents
            kind = one.kind or ("control" if leaf else "group")
            finished.append(replace(one, leaf=leaf, kind=kind, layers=LAYERS if leaf else ()))
        return finished


def _parent(ref: str, refs: set[str]) -> str | None:
    ends = (at for at in range(len(ref) - 1, 0, -1) if ref[at] in ".-")
    return next((ref[:at] for at in ends if ref[:at] in refs), None)
