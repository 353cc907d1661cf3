# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which part of an address may be kept: of a list its filters and order, nothing else."""

from urllib.parse import parse_qsl, urlencode

from django.core import signing
from django.utils.translation import gettext as _

from dijkring.core.errors import Refused

SALT, A_DAY = "dijkring.workplace.list", 60 * 60 * 24
LONGEST, MOST_VALUES = 1000, 40
# What says nothing about which rows are shown.
PASSING = frozenset({"page", "export", "all", "csrfmiddlewaretoken"})


def below(slug: str, path: str) -> str:
    """Return the part of a path below the address of an organisation."""
    return path.removeprefix(f"/o/{slug}/")


def above(slug: str, path: str, query: str) -> str:
    """Return the whole address of a kept list."""
    return f"/o/{slug}/{path}?{query}"


def seal(*, user_id: int | None, organisation_id: int, path: str, title: str) -> str:
    """Seal the address of a list that is being shown, so that only such a list can be kept."""
    return signing.dumps([user_id, organisation_id, path, title[:120]], salt=SALT, compress=True)


def unseal(sealed: str, *, user_id: int | None, organisation_id: int) -> tuple[str, str]:
    """Return path and title of a sealed list; Refused when it is not of this person's."""
    try:
        user, organisation, path, title = signing.loads(sealed, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused(_("Open the list again and keep its filters there.")) from error
    if (user, organisation) != (user_id, organisation_id):
        raise Refused(_("Open the list again and keep its filters there."))
    return str(path), str(title)


def clean_query(query: str) -> str:
    """Return the filters and the order of an address; Refused when there are none or too many."""
    try:
        pairs = parse_qsl(query.removeprefix("?"), max_num_fields=MOST_VALUES)
    except ValueError as error:
        raise Refused(_("These are too many filters to keep.")) from error
    kept = urlencode([(key, value) for key, value in pairs if key not in PASSING and value])
    if not kept:
        raise Refused(_("First choose filters or an order, then keep them."))
    if len(kept) > LONGEST or "%00" in kept:
        raise Refused(_("These are too many filters to keep."))
    return kept
