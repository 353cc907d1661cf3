# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keep what somebody types in a long form, so that nothing is lost; never a secret or a file."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from dijkring.core import clock
from dijkring.core.access import Actor
from dijkring.core.errors import Refused
from dijkring.core.web import pages
from dijkring.workplace.models import FormDraft
from dijkring.workplace.services.who import person

LONGEST_PATH, LARGEST = 300, 100_000
KEPT_FOR = timedelta(days=30)
SECRETS = ("password", "secret", "token", "csrf", "code")
Fields = Mapping[str, Sequence[str]]


def keep(*, actor: Actor, slug: str, path: str, fields: Fields) -> FormDraft:
    """Keep the fields of the form at an address; what was kept before gives way.

    Refused for an address where this person has no form to send, and for more than 100 kB. Drafts
    of more than thirty days ago are thrown away on the way.
    """
    user_id = person(actor)
    _check_path(actor, slug, path)
    kept = {name: list(values) for name, values in fields.items() if _may_be_kept(name)}
    if sum(len(value) for values in kept.values() for value in values) > LARGEST:
        raise Refused(_("This is too much to keep."))
    rows = FormDraft.objects.filter(organisation_id=actor.organisation_id, user_id=user_id)
    rows.filter(saved_at__lt=clock.now() - KEPT_FOR).delete()
    found, _new = FormDraft.objects.update_or_create(
        organisation_id=actor.organisation_id,
        user_id=user_id,
        path=path,
        defaults={"fields": kept, "saved_at": clock.now()},
    )
    return found


def forget(*, actor: Actor, path: str) -> None:
    """Throw away what was kept of the form at an address."""
    FormDraft.objects.filter(
        organisation_id=actor.organisation_id, user_id=person(actor), path=path[:LONGEST_PATH]
    ).delete()


def _may_be_kept(name: str) -> bool:
    return not any(word in name.casefold() for word in SECRETS)


def _check_path(actor: Actor, slug: str, path: str) -> None:
    """Refuse an address that is no form of this organisation which this person may send."""
    try:
        found = resolve(urlsplit(path).path) if len(path) <= LONGEST_PATH else None
    except Resolver404:
        found = None
    name = getattr(found.func, "page_name", "") if found else ""
    right = pages.rights.get(name, "") if name in pages.writing else ""
    ours = found is not None and found.kwargs.get("organisation") == slug
    if not (ours and right and actor.can(right)):
        raise Refused(_("There is no form at this address."))
