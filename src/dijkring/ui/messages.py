# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the interface: found in the sources, kept in one catalogue, compiled when needed.

Plain Python instead of the gettext programs, so that every machine that runs Dijkring can do it.
A message is known by its context (often none) and its English text. The catalogue is
`locale/nl/LC_MESSAGES/django.po`; its compiled form is not committed.
"""

import ast
import os
import re
import struct
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
# Which arguments of a call are context, message and plural.
_CALLS = {"_": (None, 0, None), "gettext": (None, 0, None), "gettext_lazy": (None, 0, None)} | {
    name + lazy: places
    for lazy in ("", "_lazy")
    for name, places in {
        "ngettext": (None, 0, 1),
        "pgettext": (0, 1, None),
        "npgettext": (0, 1, 2),
    }.items()
}
_TEMPLATE_CALL = re.compile(r"\b(n?p?gettext|_)\(")
_STRING = re.compile(r"\s*u?('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A text to translate, in English, and where it was found first."""

    context: str
    text: str
    plural: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


@dataclass(slots=True)
class Entry:
    """A text of the catalogue with its translations: one, or one per plural form."""

    context: str = ""
    text: str = ""
    plural: str = ""
    translations: list[str] | None = None
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text

    @property
    def complete(self) -> bool:
        """Tell whether every form is translated and nobody doubts it."""
        forms = self.translations or []
        return not self.fuzzy and len(forms) == (2 if self.plural else 1) and all(forms)


def find_messages(package: Path = PACKAGE) -> dict[tuple[str, str], Message]:
    """Return every message in the Python sources and templates under a folder, tests left out."""
    found: dict[tuple[str, str], Message] = {}
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html"), *package.rglob("*.txt")]):
        if "tests" in path.relative_to(package).parts:
            continue
        read = messages_of_python if path.suffix == ".py" else messages_of_template
        for message in read(path.read_text(), str(path.relative_to(package))):
            found.setdefault(message.key, message)
    return found


def messages_of_python(source: str, place: str) -> Iterator[Message]:
    """Give the messages of Python source; only texts written out in the call count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            if name in _CALLS:
                yield from _message(name, texts, f"{place}:{node.lineno}")


def _message(name: str, texts: Sequence[object], place: str) -> Iterator[Message]:
    at_context, at_text, at_plural = _CALLS[name]
    picked = [
        texts[at] if at is not None and at < len(texts) else ""
        for at in (at_context, at_text, at_plural)
    ]
    context, text, plural = picked
    if isinstance(text, str) and text and isinstance(context, str) and isinstance(plural, str):
        yield Message(context, text, plural, place)


def messages_of_template(source: str, place: str) -> Iterator[Message]:
    """Give the messages of a template, through Django's own reading of its tags."""
    readable = templatize(source, origin=place)
    for call in _TEMPLATE_CALL.finditer(readable):
        texts: list[object] = []
        at = call.end()
        while match := _STRING.match(readable, at):
            texts.append(ast.literal_eval(match[1]))
            at = match.end()
        line = readable.count("\n", 0, call.start()) + 1
        yield from _message(call[1], texts, f"{place}:{line}")


def read_catalogue(path: Path = CATALOGUE) -> list[Entry]:
    """Read a .po file; ValueError with the line for what is none."""
    entries: list[Entry] = []
    entry, target = Entry(), ""
    for number, line in enumerate([*path.read_text().splitlines(), ""], 1):
        if not line.strip():
            if entry.translations is not None:
                entries.append(entry)
            entry, target = Entry(), ""
        elif line.startswith("#"):
            entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
        else:
            target = _read_line(entry, target, line, f"{path}:{number}")
    return entries


_FIELDS = {"msgctxt": "context", "msgid": "text", "msgid_plural": "plural"}


def _read_line(entry: Entry, target: str, line: str, place: str) -> str:
    keyword, quote, rest = line.partition('"')
    target = keyword.strip() or target
    if not quote or not rest.endswith('"'):
        raise ValueError(f"{place} is not a line of a catalogue")
    text = str(ast.literal_eval(f'"{rest}'))
    if target in _FIELDS:
        setattr(entry, _FIELDS[target], getattr(entry, _FIELDS[target]) + text)
    else:
        _add_translation(entry, keyword.strip(), text)
    return target


def _add_translation(entry: Entry, keyword: str, text: str) -> None:
    forms = entry.translations = entry.translations or []
    if keyword:
        forms.append(text)
    else:
        forms[-1] += text


def faults(path: Path = CATALOGUE, package: Path = PACKAGE) -> list[str]:
    """Return a line for each message that is not, not wholly or doubtfully translated."""
    whole = {entry.key for entry in _entries(path, package) if entry.complete}
    return [
        f"{message.place}: {message.text!r}"
        for key, message in find_messages(package).items()
        if key not in whole
    ]


def _entries(path: Path, package: Path) -> Iterator[Entry]:
    """Yield what the catalogue and those of the rooms hold; Django reads them as one."""
    yield from read_catalogue(path)
    for room in sorted(package.glob("*/locale/nl/LC_MESSAGES/django.po")):
        yield from read_catalogue(room)


def add_missing(path: Path = CATALOGUE, package: Path = PACKAGE) -> int:
    """Append the messages that the catalogue lacks, untranslated; return how many."""
    known = {entry.key for entry in _entries(path, package)}
    missing = [message for key, message in find_messages(package).items() if key not in known]
    with path.open("a") as file:
        file.writelines(_written(message) for message in missing)
    return len(missing)


def _written(message: Message) -> str:
    lines = [f"#: {message.place.rpartition(':')[0]}"]
    if message.context:
        lines.append(f"msgctxt {_quoted(message.context)}")
    lines.append(f"msgid {_quoted(message.text)}")
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}", 'msgstr[0] ""', 'msgstr[1] ""']
    else:
        lines.append('msgstr ""')
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compile_catalogues(package: Path = PACKAGE) -> list[Path]:
    """Compile each catalogue under a folder that is newer than its compiled form.

    Returns what was written. A read-only installation keeps what was compiled when it was built.
    """
    stale = [path for path in package.glob("**/locale/*/LC_MESSAGES/*.po") if _is_stale(path)]
    writable = [path for path in stale if os.access(path.parent, os.W_OK)]
    for path in writable:
        _replace(path.with_suffix(".mo"), compiled(read_catalogue(path)))
    return [path.with_suffix(".mo") for path in writable]


def _is_stale(path: Path) -> bool:
    result = path.with_suffix(".mo")
    return not result.exists() or result.stat().st_mtime_ns < path.stat().st_mtime_ns


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step: web and worker may start at the same moment."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def compiled(entries: list[Entry]) -> bytes:
    """Return what is translated in the .mo form (GNU gettext manual, 'GNU MO Files')."""
    pairs = sorted(_pair(entry) for entry in entries if entry.complete)
    sources = b"".join(source + b"\0" for source, _target in pairs)
    targets = b"".join(target + b"\0" for _source, target in pairs)
    table, start = 28, 28 + 16 * len(pairs)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), table, table + 8 * len(pairs), 0, start)
    tables = _table([s for s, _ in pairs], start) + _table(
        [t for _, t in pairs], start + len(sources)
    )
    return head + tables + sources + targets


def _pair(entry: Entry) -> tuple[bytes, bytes]:
    source = f"{entry.text}\0{entry.plural}" if entry.plural else entry.text
    context = f"{entry.context}\4" if entry.context else ""
    return (context + source).encode(), "\0".join(entry.translations or []).encode()


def _table(texts: list[bytes], start: int) -> bytes:
    rows = []
    for text in texts:
        rows.append(struct.pack("<2I", len(text), start))
        start += len(text) + 1
    return b"".join(rows)
