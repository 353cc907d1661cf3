# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""The guides of the documentation, to read in Dijkring itself.

A comment `<!-- about: surface landscape:graph -->` under a heading names the rooms, or their pages,
that the section is about. Of HTML in a guide nothing reaches the page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.text import slugify
from django.utils.translation import get_language
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dijkring.core.access import Role

FOLDER = settings.ROOT / "docs"
# Where a guide lies in each of its languages, in the order of the list.
PLACES: dict[str, dict[str, str]] = {
    **{
        name: {"nl": f"gebruik/{name}.md", "en": f"use/{name}.md"}
        for name in (
            "ciso", "beheerder", "bestuur", "oov", "privacy", "auditor", "proceseigenaar",
            "inkoper", "raadslid", "veiligheidsregio", "wat-als-natellen",
        )
    },
    **{name: {"en": f"{name}.md"} for name in ("glossary", "uitwisselen", "administration", "api")},
}  # fmt: skip
OF_ROLE = {
    Role.CISO: "ciso",
    Role.ADMINISTRATOR: "beheerder",
    Role.SECRETARY: "bestuur",
    Role.BOARD: "bestuur",
    Role.PUBLIC_ORDER: "oov",
    Role.PRIVACY_OFFICER: "privacy",
    Role.AUDITOR: "auditor",
    Role.PROCESS_OWNER: "proceseigenaar",
    Role.BUYER: "inkoper",
    Role.READER: "raadslid",
}
_ABOUT = re.compile(r"<!-- about: ([a-z_: ]+) -->")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, in plain words, and what it is about."""

    id: str
    title: str
    level: int
    text: str
    about: tuple[str, ...]

    def named(self, words: Sequence[str]) -> bool:
        """Tell whether the title holds the beginning of every word."""
        return _begins(self.title, words)

    def holds(self, words: Sequence[str]) -> bool:
        """Tell whether title and text together hold the beginning of every word."""
        return _begins(f"{self.title} {self.text}", words)


def _begins(text: str, words: Sequence[str]) -> bool:
    return all(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words)


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole guide; `html` holds all but its title."""

    name: str
    title: str
    language: str
    html: str
    sections: tuple[Section, ...]

    def about(self, *names: str) -> str:
        """Return the id of the section about the first name that has one; empty where none has."""
        found = {name: one.id for one in reversed(self.sections) for name in one.about}
        return next((found[name] for name in names if name in found), "")


def all_guides() -> list[Guide]:
    """Return every guide in the language of the moment, those of roles first."""
    return [guide(name) for name in PLACES]


def guide(name: str) -> Guide:
    """Return a guide in the language of the moment, or in the only one that it has.

    Raises KeyError for a name that is no guide.
    """
    now, languages = get_language(), tuple(PLACES[name])
    return read(name, now if now in languages else languages[0])


@lru_cache
def read(name: str, language: str) -> Guide:
    """Read a guide once, because it belongs to the version that runs.

    Raises KeyError for a name that is no guide, or a language that it has not.
    """
    place = PLACES[name][language]
    tokens = _MARKDOWN.parse((FOLDER / place).read_text(encoding="utf-8"))
    title, *sections = _sections(tokens)
    html = _MARKDOWN.renderer.render(_body(tokens), _MARKDOWN.options, {})
    return Guide(name, title.title, language, html, tuple(sections))


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """Yield the title and each section, and give every heading its id."""
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    ids: set[str] = set()
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        title = _plain(tokens[start + 1])
        id = slugify(title, allow_unicode=True)
        while id in ids:
            id += "-"
        ids.add(id)
        tokens[start].attrSet("id", id)
        inside = tokens[start + 2 : end]
        text = " ".join(_plain(token) for token in inside if token.type == "inline")
        about = [_ABOUT.search(token.content) for token in inside if token.type == "html_block"]
        names = tuple(name for found in about if found for name in found[1].split())
        yield Section(id, title, int(tokens[start].tag[1]), text, names)


def _body(tokens: Sequence[Token]) -> list[Token]:
    """Return what comes after the title."""
    end = next(at for at, token in enumerate(tokens) if token.type == "heading_close")
    return list(tokens[end + 1 :])


def _plain(token: Token) -> str:
    parts = (one.content or " " * (one.type == "softbreak") for one in token.children or ())
    return "".join(parts)


# --- what stands in the HTML ------------------------------------------------------------------


def _link(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Let a link to another guide lead there; one to a file that is no guide is only words."""
    href = str(tokens[at].attrGet("href"))
    if href.startswith(("#", "https://", "http://")):
        return f'<a href="{escape(href)}">'
    path, mark, section = href.partition("#")
    name = Path(path).stem
    env["open"] = name in PLACES
    return f'<a href="../{name}/{mark}{escape(section)}">' if env["open"] else ""


def _link_end(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</a>" if env.pop("open", True) else ""


def _picture(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    address = static(f"guides/{Path(str(tokens[at].attrGet('src'))).name}")
    return f'<img src="{escape(address)}" alt="{escape(tokens[at].content)}" loading="lazy">'


def _code(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'


def _table(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    titles = [at for at, one in enumerate(tokens[:at]) if one.type == "heading_open"]
    label = escape(_plain(tokens[titles[-1] + 1])) if titles else ""
    return (
        f'<div class="table-wrap" tabindex="0" role="region" aria-label="{label}">'
        '<table class="utrecht-table table">'
    )


def _table_end(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _nothing(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return ""


_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
for _kind, _rule in {
    "link_open": _link,
    "link_close": _link_end,
    "image": _picture,
    "fence": _code,
    "code_block": _code,
    "table_open": _table,
    "table_close": _table_end,
    "html_block": _nothing,
    "html_inline": _nothing,
}.items():
    _MARKDOWN.add_render_rule(_kind, _rule)
