# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a page holds for a person: where its links lead, and what it says in English."""

import re
from collections.abc import Iterator

from django.db import connection
from lxml import html  # type: ignore[import-untyped]

from dijkring.core import tenancy
from dijkring.core.tenancy import transaction_for
from dijkring.organisations.models import Organisation
from dijkring.ui import messages

# Words that every Dutch sentence has, and that no English one has.
DUTCH = frozenset(
    "aan bij dat deze dit een en geen heeft het hebt kan maar moet naar niet nog ook onder om "
    "over te tot uit uw van voor waar wat welke wie wordt worden zijn zonder".split()
)
# What English shares with it: never enough by itself.
BOTH = frozenset("over om tot wie kan maar aan en te wat".split())
SPOKEN = ("aria-label", "title", "placeholder", "alt", "aria-description", "content")


def links(page: str) -> list[str]:
    """Return the addresses that a page lets one open."""
    found = html.document_fromstring(page).xpath("//a/@href")
    return [str(one) for one in found if one and not one.startswith(("#", "mailto:"))]


def said(page: str) -> list[str]:
    """Return what a page says in English, by its `lang` attributes."""
    return [text for text in _said(html.document_fromstring(page), "en") if text]


def _said(element: html.HtmlElement, outside: str) -> Iterator[str]:
    """Yield the texts of an element and of what follows it in the same parent."""
    if isinstance(element.tag, str):
        language = element.get("lang") or outside
        if language == "en":
            yield from _own(element)
        for child in element:
            yield from _said(child, language)
            if language == "en" and child.tail:
                yield " ".join(child.tail.split())


def _own(element: html.HtmlElement) -> Iterator[str]:
    if element.tag != "meta":
        yield from (value for name in SPOKEN if (value := element.get(name)))
    if element.text and element.tag not in {"script", "style"}:
        # In a field stand lines of several texts; elsewhere a line ends where it happens to.
        texts = element.text.splitlines() if element.tag == "textarea" else [element.text]
        yield from (" ".join(text.split()) for text in texts)


def dutch_labels() -> set[str]:
    """Return the Dutch of all catalogues that is no English of ours, in lower case."""
    dutch: set[str] = set()
    english: set[str] = set()
    for path in (messages.CATALOGUE, *messages.PACKAGE.glob("*/locale/nl/LC_MESSAGES/django.po")):
        for entry in messages.read_catalogue(path):
            dutch |= {text.casefold() for text in entry.translations or []}
            english |= {entry.text.casefold(), entry.plural.casefold()}
    return {text for text in dutch - english if len(text) > 3}


def is_dutch(text: str, labels: set[str]) -> bool:
    words = set(re.findall(r"[a-zà-ü]+", text.casefold())) & DUTCH
    return (len(words) > 1 and bool(words - BOTH)) or text.casefold().strip(" :.…") in labels


def typed() -> str:
    """Return all that people typed, in any organisation, and the names of bodies and people."""
    declared = tenancy.tables().items()
    tables = [name for name, one in declared if one and one.level in {"own", "history", "between"}]
    everybody = list(Organisation.objects.values_list("pk", flat=True))
    rows: list[str] = []
    with transaction_for(everybody), connection.cursor() as cursor:
        for table in (*tables, "organisations_organisation", "organisations_user"):
            cursor.execute(f"SELECT string_agg(r::text, E'\\n') FROM \"{table}\" r")  # noqa: S608
            rows.append(cursor.fetchone()[0] or "")
    return "\n".join(rows)
