# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The BIO2 part 2 as its publisher writes it: Markdown with a heading per government measure."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from dijkring.documents.reading.problems import Problems, Refused

from .fields import printable
from .limits import MAX_REQUIREMENTS, MAX_TEXT
from .pack import LAYERS, Pack, Requirement, Text, WasBecomes
from .words import fingerprint

_ID = "bio2"
_HEADING = re.compile(r"#{2,4}[ \t]+([0-9]+\.[0-9]+\.[0-9]+)\b[ \t]*(.*)")
_TELLTALE = re.compile(r"^#{2,4}[ \t]+[0-9]\.[0-9]{2}\.[0-9]{2}\b", re.MULTILINE)
_NUMBER = re.compile(r"[0-9]\.[0-9]{2}\.[0-9]{2}")
_VERSION = re.compile(r"versie\s+([0-9]+(?:\.[0-9]+)+)", re.IGNORECASE)
_DATED = re.compile(
    _VERSION.pattern + r"\s+van\s+([0-9]{1,2})\s+([a-z]+)\s+([0-9]{4})", re.IGNORECASE
)
_NONE = re.compile(r"geen overheidsmaatregel\b", re.IGNORECASE)
_LAPSED = re.compile(r"vervallen\.?", re.IGNORECASE)
_MOVED = re.compile(r"verplaatst naar ([0-9]+(?:\.[0-9]+)+)\.?", re.IGNORECASE)
_REFERENCE = re.compile(r"zie overheidsmaatregel ([0-9]+(?:\.[0-9]+)+)\.?", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PREFACE = 20_000  # version and date stand before the measures
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()

# Own labels: the titles of the norm behind it belong to NEN.
_CHAPTERS: dict[str, Text] = {
    "5": {"nl": "Organisatie", "en": "Organisation"},
    "6": {"nl": "Mensen", "en": "People"},
    "7": {"nl": "Gebouw en ruimte", "en": "Buildings and rooms"},
    "8": {"nl": "Techniek", "en": "Technology"},
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One heading with its text; `status` is that of a requirement, or `none` without measure."""

    ref: str
    line: int
    text: str
    status: str
    target: str | None = None


def recognises(text: str) -> bool:
    """Say whether this is Markdown with headings such as `## 5.01.01`."""
    return _TELLTALE.search(text) is not None


def read(text: str, problems: Problems) -> tuple[Pack, dict[str, int]]:
    """Read the measures into chapter, control and measure; also count the headings by kind.

    Leaves are the measures with a text and the controls that have no such measure (BIO2 part 2,
    introduction: those are weighed by risk). Titles and the marks 'outside the Cbw' are not in
    the file. Moved and lapsed numbers stay, without counting, so that old references end
    somewhere.
    """
    entries = _entries(text, problems)
    version, published = _edition(text[:_PREFACE], problems)
    pack = Pack(
        framework_id=_ID,
        version=version,
        title={
            "nl": "Baseline Informatiebeveiliging Overheid 2",
            "en": "Baseline Information Security for Government 2",
        },
        issuer="Ministerie van Binnenlandse Zaken en Koninkrijksrelaties",
        published=published,
        source="https://github.com/MinBZK/Baseline-Informatiebeveiliging-Overheid",
        licence="",
        official=True,
        locale="nl",
        requirements=_tree(entries),
        was_becomes=_was_becomes(entries),
    )
    return pack, _counts(entries, pack)


def _counts(entries: list[_Entry], pack: Pack) -> dict[str, int]:
    names = {"active": "measure", "none": "no_measure"}
    counts: dict[str, int] = defaultdict(int)
    for entry in entries:
        counts[names.get(entry.status, entry.status)] += 1
    counts["control"] = sum(requirement.kind == "control" for requirement in pack.requirements)
    counts["group"] = sum(requirement.kind == "group" for requirement in pack.requirements)
    return dict(counts)


def _edition(text: str, problems: Problems) -> tuple[str, date | None]:
    """Give version and date; 'versie 1.2 … vervangen door versie 1.3 van 9 januari' means 1.3."""
    for version, day, month, year in _DATED.findall(text):
        try:
            return version[:40], date(int(year), _MONTHS.index(month.lower()) + 1, int(day))
        except ValueError:
            continue
    versions = _VERSION.findall(text)
    problems.warn(
        "versie", "De datum van deze versie staat niet in het bestand.",
        "The date of this version is not in the file.",
    )  # fmt: skip
    return versions[0][:40] if versions else fingerprint(text), None


def _entries(text: str, problems: Problems) -> list[_Entry]:
    entries: list[_Entry] = []
    heading: tuple[str, int] | None = None
    body: list[str] = []
    for line, words in enumerate([*text.split("\n"), "# end"], start=1):
        if not words.startswith("#"):
            body.append(words)
            continue
        if heading is not None:
            entries.append(_entry(*heading, "\n".join(body), problems))
        if len(entries) > MAX_REQUIREMENTS:
            raise Refused("", "Te veel nummers.", "Too many ids.", line)
        match = _HEADING.fullmatch(words.rstrip())
        heading, body = ((match[1], line), [match[2]]) if match else (None, [])
    return _well_numbered(entries, problems)


def _well_numbered(entries: list[_Entry], problems: Problems) -> list[_Entry]:
    for entry in entries:
        if not _NUMBER.fullmatch(entry.ref):
            problems.refuse(
                entry.ref[:80], "Dit is geen nummer van een overheidsmaatregel (X.YY.ZZ).",
                "Not the number of a government measure (X.YY.ZZ).", entry.line,
            )  # fmt: skip
    return [entry for entry in entries if _NUMBER.fullmatch(entry.ref)]


def _entry(ref: str, line: int, body: str, problems: Problems) -> _Entry:
    words = printable(body, MAX_TEXT, ref[:80], problems, line)
    text = re.sub(r"\n{3,}", "\n\n", _BREAK.sub("\n", words)).strip()
    if not body.strip():
        problems.refuse(ref[:80], "Dit nummer heeft geen tekst.", "This id has no text.", line)
    for pattern, status in ((_MOVED, "moved"), (_REFERENCE, "reference")):
        if match := pattern.fullmatch(text):
            return _Entry(ref, line, text, status, match[1])
    if _LAPSED.fullmatch(text):
        return _Entry(ref, line, text, "lapsed")
    return _Entry(ref, line, text, "none" if _NONE.match(text) else "active")


def _tree(entries: list[_Entry]) -> tuple[Requirement, ...]:
    measured = {entry.ref[:4] for entry in entries if entry.status == "active"}
    made: dict[str, Requirement] = {}
    measures: list[Requirement] = []
    for entry in entries:
        chapter, control = entry.ref[0], entry.ref[:4]
        made.setdefault(chapter, _group(chapter, entry.line))
        made.setdefault(control, _control(control, control not in measured, entry.line))
        if entry.status != "none":
            measures.append(_measure(entry))
    in_order = sorted([*made.values(), *measures], key=lambda requirement: requirement.ref)
    return tuple(replace(requirement, order=order) for order, requirement in enumerate(in_order))


def _group(ref: str, line: int) -> Requirement:
    title = _CHAPTERS.get(ref, {"nl": ref, "en": ref})
    return Requirement(
        ref, None, "group", title, {}, False, "active", None, (), 0, line
    )  # fmt: skip


def _control(ref: str, leaf: bool, line: int) -> Requirement:
    title = {"nl": ref, "en": ref}
    layers = LAYERS if leaf else ()
    return Requirement(
        ref, ref[0], "control", title, {}, leaf, "active", None, layers, 0, line
    )  # fmt: skip


def _measure(entry: _Entry) -> Requirement:
    active = entry.status == "active"
    return Requirement(
        ref=entry.ref,
        parent=entry.ref[:4],
        kind="measure",
        title={"nl": entry.ref, "en": entry.ref},
        text={"nl": entry.text} if entry.text else {},
        leaf=active,
        status=entry.status,
        moved_to=entry.target,
        layers=LAYERS if active else (),
        order=0,
        source_line=entry.line,
    )


def _was_becomes(entries: list[_Entry]) -> tuple[WasBecomes, ...]:
    """Give what moved or lapsed; a target that does not exist counts as gone, with a note."""
    known = {entry.ref for entry in entries}
    found = []
    for entry in entries:
        if entry.status in ("moved", "lapsed"):
            becomes = ((_ID, entry.target),) if entry.target in known and entry.target else ()
            found.append(WasBecomes((_ID, entry.ref), becomes, {"nl": entry.text}))
    return tuple(found)
