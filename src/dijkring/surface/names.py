# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which names can be registered: what the engine can measure, and what somebody can own."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from publicsuffixlist import PublicSuffixList

from dijkring.core.errors import Refused
from dijkring.surface.engine import InputError, parse_domain

# Names without a place in the public DNS: RFC 6761, 6762, 7686, 8375, 9476 and ICANN's `internal`,
# with what networks use for themselves.
PRIVATE = frozenset(
    "alt arpa corp home internal intranet invalid lan local localdomain localhost onion private "
    "test".split()
)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def checked(text: str) -> str:
    """Return the ASCII form of a name that can be registered; Refused in words for another."""
    try:
        name = parse_domain(text)
    except InputError as error:
        raise Refused(said(error), "names") from error
    if name.rpartition(".")[2] in PRIVATE:
        raise Refused(
            _("'%(name)s' does not exist on the public internet.") % {"name": name}, "names"
        )
    if _suffixes().publicsuffix(name) == name:
        words = _("'%(name)s' is shared by many owners. Register your own name below it.")
        raise Refused(words % {"name": name}, "names")
    return name


def said(error: InputError) -> str:
    """Return what the engine says of wrong input, in the language of the page."""
    return error.english if (get_language() or "nl").startswith("en") else error.dutch


def stands_alone(name: str) -> bool:
    """Tell whether a name lies directly below a public suffix, as mail domains mostly do."""
    return bool(_suffixes().privatesuffix(name) == name)


def above(name: str) -> list[str]:
    """Return the names above a name that have one owner, the nearest first."""
    top = str(_suffixes().privatesuffix(name) or name)
    found = []
    while name != top and "." in name:
        name = name.partition(".")[2]
        found.append(name)
    return found


def shown(name: str) -> str:
    """Return a name as people write it: A-labels decoded where that can be done."""
    try:
        return name.encode("ascii").decode("idna")
    except UnicodeError:
        return name
